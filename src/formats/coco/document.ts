import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import type { CocoDocument } from '../../core/recording.ts';
import { isLongInteger, labelOfId, toExactJson } from '../../core/texts/exact-json.ts';
import { parseJsonText } from '../json/json.ts';
import { JsonScan, type JsonShape, type Span } from '../json/json-scan.ts';
import type { GivenId } from '../reading/unique-ids.ts';
import { LIST_KEYPOINTS, WHOLE_BODY_LISTS, type WholeBodyNumbers } from './whole-body.ts';

/** Somebody, or something, in an image. */
export interface CocoEntry {
  readonly imageId: number | string;
  readonly categoryId: number | string | null;
  /** x, y and a third number for each keypoint, NaN for what is none; `null`: there are none, or none is labelled. */
  readonly keypoints: readonly number[] | null;
  /** COCO-WholeBody's lists beside them; empty: there are none. */
  readonly lists: WholeBodyNumbers;
  readonly score: number | null;
  readonly trackId: GivenId;
  /** As it stands in the file, without what Limn writes beside. */
  readonly text: string;
  /** For sentences: where it stands. */
  readonly place: string;
}

export interface CocoImage {
  readonly id: number | string;
  readonly fileName: string | null;
  /** Pixels; `null`: not said. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** Seconds; `null`: not said, only Limn does. */
  readonly time: number | null;
  /** Of which video it is a frame, and its number in it; `null`: not said. */
  readonly video: string | null;
  readonly frame: number | null;
  /** As it stands in the file; `null`: results have none. */
  readonly text: string | null;
}

export interface CocoFile {
  readonly document: CocoDocument;
  readonly images: readonly CocoImage[];
  readonly entries: readonly CocoEntry[];
  /** The names of keypoints by their category. */
  readonly names: ReadonlyMap<number | string, readonly string[]>;
  /** How Limn made it; `null`: it didn't. */
  readonly making: unknown;
}

const id = v.union([v.number(), v.string()]);
/** Who it is, by COCO's data sets with tracks (PoseTrack) and by AlphaPose (`idx`, a number or a list of one). */
const trackId = v.nullish(v.union([id, v.array(v.unknown())]));
const entrySchema = v.object({
  image_id: id,
  category_id: v.nullish(id),
  /** Checked by `toNumbers`: there may be millions. */
  keypoints: v.optional(v.unknown()),
  foot_kpts: v.optional(v.unknown()),
  face_kpts: v.optional(v.unknown()),
  lefthand_kpts: v.optional(v.unknown()),
  righthand_kpts: v.optional(v.unknown()),
  score: v.nullish(v.number()),
  track_id: trackId,
  idx: trackId,
  limn: v.optional(v.unknown()),
});
const size = v.nullish(v.pipe(v.number(), v.minValue(1)));
const text = v.nullish(id);
/** Numbers beyond 2^53 count nanoseconds, or are ids: neither seconds nor frames. */
const orLong = <Schema extends v.GenericSchema<number>>(schema: Schema) =>
  v.nullish(
    v.union([
      schema,
      v.pipe(
        v.custom<string>(isLongInteger),
        v.transform(() => null),
      ),
    ]),
  );
const imageSchema = v.object({
  id,
  file_name: v.nullish(v.string()),
  width: size,
  height: size,
  time: orLong(v.pipe(v.number(), v.finite())),
  video_id: text,
  vid_id: text,
  video: text,
  frame_number: orLong(v.number()),
  frame_index: orLong(v.number()),
  frame_id: orLong(v.number()),
});
const categorySchema = v.object({ id, keypoints: v.nullish(v.array(v.string())) });
const infoSchema = v.looseObject({ limn: v.optional(v.unknown()) });

/** Does a JSON file look like COCO's? */
export function isCocoShape({ kind, keys }: JsonShape): boolean {
  const has = (...wanted: readonly string[]): boolean => wanted.every((key) => keys.includes(key));
  if (kind === 'array')
    return has('image_id') && keys.some((key) => ['keypoints', 'category_id', 'bbox'].includes(key));
  return has('images', 'annotations') || has('annotations', 'categories') || has('images', 'categories');
}

/** Reads a file one entry after the other. @throws {LimnError} naming file and fault */
export function readCocoDocument(file: NamedBytes): CocoFile {
  const scan = new JsonScan(file);
  const { start } = scan;
  return scan.isArray({ start }) ? readList(scan, start, file.name) : readAnnotations(scan, start, file.name);
}

/** Results; or annotations without the document around them, which say how many keypoints are labelled. */
function readList(scan: JsonScan, start: number, name: string): CocoFile {
  let making: unknown = null;
  let isAnnotated = false;
  const entries = [...scan.elements(start)].map((span, i) => {
    const value = scan.parse(span);
    const read = readEntry(value, scan.text(span), name, String(i));
    making ??= read.making;
    isAnnotated ||=
      typeof value === 'object' && value !== null && 'num_keypoints' in value && 'iscrowd' in value;
    return read.entry;
  });
  const thirds = isAnnotated ? describeThirds(entries) : ({ thirds: 'score' } as const);
  return { document: { kind: 'results', ...thirds }, images: [], entries, names: new Map(), making };
}

function readAnnotations(scan: JsonScan, start: number, name: string): CocoFile {
  const images: CocoImage[] = [];
  const entries: CocoEntry[] = [];
  const names = new Map<number | string, readonly string[]>();
  const head: string[] = [];
  let making: unknown = null;
  for (const { key, ...span } of scan.members(start)) {
    const list = (): Iterable<[number, Span]> => {
      if (scan.isArray(span)) return [...scan.elements(span.start)].entries();
      throw notCoco(name, key, 'it is no list');
    };
    let kept = scan.text(span);
    if (key === 'images') {
      for (const [i, each] of list()) images.push(readImage(scan.parse(each), scan.text(each), name, i));
      kept = '[]';
    } else if (key === 'annotations') {
      for (const [i, each] of list()) {
        entries.push(readEntry(scan.parse(each), scan.text(each), name, `annotations.${i}`).entry);
      }
      kept = '[]';
    } else if (key === 'categories') {
      for (const [i, each] of list()) {
        const category = check(categorySchema, scan.parse(each), name, `categories.${i}`);
        names.set(category.id, category.keypoints ?? []);
      }
    } else if (key === 'info') {
      const info = v.safeParse(infoSchema, scan.parse(span));
      if (info.success && info.output.limn !== undefined) {
        const { limn, ...others } = info.output;
        making = limn;
        kept = toExactJson(others);
      }
    }
    head.push(
      `${JSON.stringify(key)}:${NO_NUMBER.test(kept) ? toExactJson(parseJsonText(kept, name)) : kept}`,
    );
  }
  const document = { kind: 'annotations', ...describeThirds(entries), head: `{${head.join(',')}}` } as const;
  return { document, images, entries, names, making };
}

/** What annotations mean by their third numbers, those of COCO-WholeBody's lists by themselves. */
function describeThirds(entries: readonly CocoEntry[]): Pick<CocoDocument, 'thirds' | 'listThirds'> {
  const thirds = thirdsOf(entries.flatMap(({ keypoints }) => (keypoints ? [keypoints] : [])));
  const listThirds: Record<string, CocoDocument['thirds']> = {};
  for (const list of WHOLE_BODY_LISTS) {
    const given = entries.flatMap(({ lists }) => (lists[list] ? [lists[list]] : []));
    const own = given.length > 0 ? thirdsOf(given) : thirds;
    if (own !== thirds) listThirds[list] = own;
  }
  return { thirds, ...(Object.keys(listThirds).length > 0 && { listThirds }) };
}

/** 0, 1 and 2, flags of 0 and 1, or scores, as of predictions put into annotations. */
function thirdsOf(lists: readonly (readonly number[])[]): CocoDocument['thirds'] {
  let highest = 0;
  for (const numbers of lists) {
    for (let at = 2; at < numbers.length; at += 3) {
      const third = numbers[at] ?? 0;
      if (!Number.isInteger(third) && !Number.isNaN(third)) return 'score';
      highest = Math.max(highest, third);
    }
  }
  return highest === 1 ? 'flag' : 'visibility';
}

function readEntry(
  value: unknown,
  original: string,
  name: string,
  place: string,
): { entry: CocoEntry; making: unknown } {
  const parsed = check(entrySchema, value, name, place);
  const { image_id, category_id, score, track_id, idx, limn } = parsed;
  const numbers = toNumbers(parsed.keypoints, name, `${place}.keypoints`);
  const isLabelled = numbers.some((each, at) => at % 3 === 2 && each > 0);
  const entry = {
    imageId: image_id,
    categoryId: category_id ?? null,
    keypoints: isLabelled ? numbers : null,
    score: score ?? null,
    lists: readLists(parsed, name, place),
    trackId: toId(track_id) ?? toId(idx),
    text: limn === undefined ? toJson(original, value) : withoutLimn(value),
    place,
  };
  return { entry, making: limn ?? null };
}

/** The numbers of a list, or, as some write it, of a list of lists; NaN for `null`. */
function toNumbers(list: unknown, name: string, place: string): number[] {
  const numbers: number[] = [];
  const wrong = (why: string): LimnError => notCoco(name, place, why);
  const add = (value: unknown): void => {
    if (typeof value !== 'number' && value !== null) throw wrong('these are no numbers');
    numbers.push(value ?? Number.NaN);
  };
  if (list === undefined || list === null) return numbers;
  if (!Array.isArray(list)) throw wrong('these are no numbers');
  for (const each of list as readonly unknown[]) {
    if (Array.isArray(each)) each.forEach(add);
    else add(each);
  }
  if (numbers.length % 3 !== 0) {
    throw wrong(
      `there are ${numbers.length} numbers, not three for each keypoint (x, y, and a visibility or score): it may be cut off, or have only x and y`,
    );
  }
  return numbers;
}

/** Lists that are there, and aren't empty. @throws {LimnError} if one has another number of keypoints */
function readLists(entry: v.InferOutput<typeof entrySchema>, name: string, place: string): WholeBodyNumbers {
  const lists: Record<string, readonly number[]> = {};
  for (const list of WHOLE_BODY_LISTS) {
    const numbers = toNumbers(entry[list], name, `${place}.${list}`);
    if (numbers.length === 0) continue;
    const [given, wanted] = [numbers.length / 3, LIST_KEYPOINTS[list]];
    if (given !== wanted) {
      throw notCoco(name, `${place}.${list}`, `there are ${given} keypoints, not COCO-WholeBody’s ${wanted}`);
    }
    lists[list] = numbers;
  }
  return lists;
}

function withoutKey(value: unknown, left: string): unknown {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(members.filter(([key]) => key !== left));
}

function withoutLimn(value: unknown): string {
  return toExactJson(withoutKey(value, 'limn'));
}

/** 3 for 3, "3", [3] and [[3]]; other texts as they are; `null`: none is given. */
function toId(given: unknown): GivenId {
  const [value] = [given].flat(2);
  if (typeof value === 'string') {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return Number.isSafeInteger(number) ? number : value;
  }
  return typeof value === 'number' && value >= 0 ? value : null;
}

function readImage(value: unknown, original: string, name: string, position: number): CocoImage {
  const image = check(imageSchema, value, name, `images.${position}`);
  const { width, height } = image;
  const video = image.video_id ?? image.vid_id ?? image.video;
  return {
    id: image.id,
    fileName: image.file_name ?? null,
    size: width && height ? { width, height } : null,
    time: image.time ?? null,
    video: video === null || video === undefined ? null : labelOfId(video),
    frame: image.frame_number ?? image.frame_index ?? image.frame_id ?? null,
    text: toJson(original, value),
  };
}

/** What Python and C++ write for numbers that are none, which isn't JSON. */
const NO_NUMBER = /\b(nan|inf)/i;

/** The text as it stands, where it is sure to be JSON. */
function toJson(original: string, value: unknown): string {
  return NO_NUMBER.test(original) ? toExactJson(value) : original;
}

function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  name: string,
  place: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw notCoco(name, path ? `${place}.${path}` : place, issue.message);
}

function notCoco(name: string, place: string, why: string): LimnError {
  return new LimnError(`${name} is not COCO's keypoints, at ${place}: ${why}.`);
}
