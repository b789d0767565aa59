import { addToGroup } from '../../core/groups.ts';
import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { bareName } from '../../core/texts/file-name.ts';
import { listNames } from '../../core/texts/list-names.ts';
import { pictureNameOf } from '../../evaluation/evaluated-pictures.ts';
import { standsForTruth } from '../../evaluation/truth.ts';
import { inPictureOrder, SECONDS_PER_PICTURE } from '../../sources/pictures/picture-set.ts';
import type { LaidBeside } from './lay-beside.ts';

/**
 * Annotated or corrected frames of those pictures that are at hand, each with the place that its picture has among them, so that
 * a model's recording of the same pictures has the same times. Which annotated pictures aren't there, `incomplete` says; which
 * pictures aren't annotated, the notes.
 *
 * @param pictures their names, with or without folders
 * @returns `null`: the recording isn't one that says who is there, or it is of other pictures
 */
export function layOnPictures({ info, frames }: Recording, pictures: readonly string[]): LaidBeside | null {
  if (!standsForTruth(info)) return null;
  const named = inPictureOrder(pictures, (name) => name).map(bareName);
  const byName = new Map<string, TrackedFrame[]>();
  for (const frame of frames) {
    const name = pictureNameOf(frame);
    if (name !== null) addToGroup(byName, name, frame);
  }
  const places = new Map<string, number[]>();
  for (const [index, name] of named.entries()) addToGroup(places, name, index);
  const laid = [...places].flatMap(([name, [index = 0, ...more]]): TrackedFrame[] => {
    const [frame, another] = byName.get(name) ?? [];
    // Which of several with one name it is, nobody can say.
    if (!frame || another || more.length > 0) return [];
    return [{ ...frame, name, index, time: index * SECONDS_PER_PICTURE }];
  });
  if (laid.length === 0) return null;
  const matched = new Set(laid.map(({ name }) => name));
  const missing = [...byName.keys()].filter((name) => !matched.has(name));
  const others = named.filter((name) => !matched.has(name));
  const notes = [...(info.notes ?? []), ...describeOthers(others)];
  const incomplete = [...(info.incomplete ? [info.incomplete] : []), ...describeMissing(missing)];
  return {
    info: {
      ...info,
      ...(notes.length > 0 && { notes }),
      ...(incomplete.length > 0 && { incomplete: incomplete.join(' ') }),
    },
    frames: laid,
  };
}

function describeMissing(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    names.length === 1
      ? `One annotated picture isn’t among those that were opened, and doesn’t count: ${listNames(names)}.`
      : `${names.length} annotated pictures aren’t among those that were opened, and don’t count: ${listNames(names)}.`,
  ];
}

function describeOthers(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    names.length === 1
      ? `One picture isn’t annotated, and doesn’t count: ${listNames(names)}.`
      : `${names.length} pictures aren’t annotated, and don’t count: ${listNames(names)}.`,
  ];
}
