import { addToGroup } from '../../core/groups.ts';

/** Pictures that are frames of one film, by the numbers in their names. */
export interface NumberedPictures {
  /** Positions among the names given, in the order of the numbers. */
  readonly order: readonly number[];
  /** By that order, the frame's number counted from the first one: 0, then growing, with gaps where pictures are missing. */
  readonly indices: readonly number[];
}

/** Fewer may be anything. */
const FEWEST = 3;
/** Of the steps between the first number and the last, so many have to be there: photos that were picked are further apart. */
const LEAST_DENSITY = 0.1;
/**
 * Names that cameras give to photos, one number after the other (DCF 2.0 §3.2.2: four characters and four digits, in
 * capitals), and those of phones and screenshots.
 */
const PHOTO_NAME =
  /(^|[/\\])(DSC[FN_]?|_DSC|IMG_(E)?|_MG_|_IMG|PICT|DCP_|CIMG|IMGP|P\d{3}|PXL_|MVIMG_|GOPR|G[OHXP]\d\d|DJI_|SAM_|HPIM|SNV\d|WP_|Screenshot|Screen Shot|Bildschirmfoto)[ _-]?\d+\.\w+$/;

/**
 * Are pictures numbered frames (`frame_0001.png` …), rather than single photos? They are if their names differ in their
 * numbers only, most of the numbers in between are there, and they aren't called as cameras call photos. Frames of several
 * films, in several folders or with several beginnings, are told apart.
 *
 * @param names with the folders that they lie in
 * @returns one a film, in the order of their names; none: they are single photos
 */
export function findNumbered(names: readonly string[]): readonly NumberedPictures[] {
  if (names.every((name) => PHOTO_NAME.test(name))) return [];
  const films = filmsIn(names).map((positions) => numberFilm(names, positions));
  return films.every((film) => film !== null && isDense(film)) ? films.filter((film) => film !== null) : [];
}

/** Pictures as frames of one film, whatever they are called: by their numbers if they have any, else one after the other. */
export function numberAnyhow(names: readonly string[]): NumberedPictures {
  const [positions = [], ...others] = filmsIn(names);
  const film = others.length === 0 ? numberFilm(names, positions) : null;
  const order = names.map((_, i) => i).sort((a, b) => compareNames(names[a] ?? '', names[b] ?? ''));
  return film ?? { order, indices: order.map((_, i) => i) };
}

/** As people sort names: numbers by their values. */
export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Positions of names that are alike but for the last number that differs. */
function filmsIn(names: readonly string[]): number[][] {
  const films = new Map<string, number[]>();
  for (const alike of groupBy(names, (name) => name.toLowerCase().replaceAll(/\d+/g, '#')).values()) {
    const changing = lastChanging(alike.map((position) => splitName(names[position] ?? '')));
    for (const position of alike) {
      const parts = splitName(names[position] ?? '');
      const key = parts.map((part, i) => (i === changing ? '#' : part)).join('');
      addToGroup(films, key, position);
    }
  }
  return [...films.values()].sort((a, b) => compareNames(names[a[0] ?? 0] ?? '', names[b[0] ?? 0] ?? ''));
}

function groupBy(names: readonly string[], keyOf: (name: string) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [position, name] of names.entries()) addToGroup(groups, keyOf(name), position);
  return groups;
}

/** Text and numbers in turns; numbers are at every second place. */
function splitName(name: string): string[] {
  return name.toLowerCase().split(/(\d+)/);
}

/** The place of the last part that isn't the same in all; −1: there is none. */
function lastChanging(parts: readonly (readonly string[])[]): number {
  const [sample = []] = parts;
  return sample.findLastIndex((part, i) => parts.some((each) => each[i] !== part));
}

/** `null`: too few, or two with the same number. */
function numberFilm(names: readonly string[], positions: readonly number[]): NumberedPictures | null {
  const parts = positions.map((position) => splitName(names[position] ?? ''));
  const place = lastChanging(parts);
  const numbers = new Map(positions.map((position, i) => [position, Number(parts[i]?.[place])]));
  const numberOf = (position: number): number => numbers.get(position) ?? Number.NaN;
  const isNumbered = [...numbers.values()].every(Number.isSafeInteger);
  if (positions.length < FEWEST || !isNumbered || new Set(numbers.values()).size < positions.length)
    return null;
  const order = [...positions].sort((a, b) => numberOf(a) - numberOf(b));
  const first = numberOf(order[0] ?? 0);
  return { order, indices: order.map((position) => numberOf(position) - first) };
}

function isDense({ indices }: NumberedPictures): boolean {
  const step = indices.reduce(greatestCommonDivisor, 0);
  return indices.length / ((indices.at(-1) ?? 0) / step + 1) >= LEAST_DENSITY;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
