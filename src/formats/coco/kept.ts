import * as v from 'valibot';
import { type Person, POINT_STRIDE, type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';
import type { CocoDocument } from '../../core/recording.ts';
import { parseExactJson, toExactJson } from '../../core/texts/exact-json.ts';
import { scoreOfThird, thirdOf } from '../../skeletons/coco-keypoints.ts';
import { findCocoPlaces, OWN_PLACES } from '../../skeletons/coco-names.ts';
import { cocoLayoutOf, partsOf } from '../../skeletons/keypoint-layouts.ts';
import { coco17 } from '../../skeletons/sets/coco.ts';
import { round } from '../writing/round.ts';
import { listedIn, listedMarks, marksIn } from './marks.ts';
import type { ListedPart } from './whole-body.ts';

const NUMBERS_PER_KEYPOINT = 3;
const objectSchema = v.record(v.string(), v.unknown());
const categorySchema = v.looseObject({
  id: v.union([v.number(), v.string()]),
  keypoints: v.nullish(v.array(v.string())),
});
const numbersSchema = v.pipe(
  v.array(v.unknown()),
  v.transform((list) => list.flat().map((each) => (typeof each === 'number' ? each : Number.NaN))),
);

/** The objects that kept JSON texts hold; empty: they are none. */
export function parseKept(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const parsed = v.safeParse(objectSchema, parseExactJson(text ?? '{}'));
    return parsed.success ? parsed.output : {};
  } catch {
    // NaN and the like, which aren't JSON: then it is written anew.
    return {};
  }
}

type Id = number | string;
type Category = v.InferOutput<typeof categorySchema>;

/** What a COCO file says beside its images and annotations, read once for all that is written of it. */
export interface KeptHead {
  /** In the order of the file; none: no such file was read. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly categories: readonly Category[];
}

export function readKeptHead(document: CocoDocument | undefined): KeptHead {
  const members = parseKept(document?.head);
  const parsed = v.safeParse(v.array(categorySchema), members.categories);
  return { members, categories: parsed.success ? parsed.output : [] };
}

/**
 * The category of people whose keypoints are COCO's 17 in their order.
 *
 * @returns `isNew`: the file has none, and this id is free
 */
export function findPersonCategory({ categories }: KeptHead): { id: Id; isNew: boolean } {
  const own = categories.find(({ keypoints }) => keypoints?.join() === coco17.keypoints.join());
  // Where names are missing, 17 keypoints are COCO's.
  const found = own ?? categories.find(({ keypoints }) => (keypoints ?? []).length === 0);
  if (found) return { id: found.id, isNew: false };
  const highest = categories.reduce(
    (most, { id }) => (typeof id === 'number' ? Math.max(most, id) : most),
    0,
  );
  return { id: highest + 1, isNew: true };
}

/** Writes people again whose entries were kept. */
export class KeptEntries {
  readonly #document: CocoDocument;
  /** By category, where COCO's keypoints are in its lists. */
  readonly #places = new Map<unknown, readonly (number | null)[]>();

  constructor(document: CocoDocument, { categories }: KeptHead) {
    this.#document = document;
    for (const { id, keypoints } of categories) {
      const found = keypoints && keypoints.length > 0 ? findCocoPlaces(keypoints) : null;
      if (found) this.#places.set(id, found.places);
    }
  }

  /**
   * Somebody's entry: as it was, byte for byte, if they are; else with their id, and those keypoints, that have been changed.
   *
   * @param pose their COCO's 17 keypoints as they are now; `null`: they have none
   * @param hasId they are told apart; else their id isn't written
   * @returns JSON text; `null`: nothing was kept that can be read
   */
  write(person: Person, pose: Pose | null, hasId: boolean): string | null {
    const { id, extras } = person;
    if (!extras?.coco) return null;
    const { entry: text, id: previousId } = extras.coco;
    const entry = parseKept(text);
    const parsed = v.safeParse(numbersSchema, entry.keypoints);
    if (!parsed.success) return pose ? null : text;
    const parts = this.#partsOf(person, pose, entry.category_id, parsed.output.length);
    const lists = this.#changedLists(person, entry);
    if (parts.length === 0 && !lists) return text;
    const marks = marksIn([{ parts, start: 0 }, ...listedMarks(person, entry)]);
    const isMarked = Object.keys(marks).length > 0 || 'corrected' in entry || 'filled' in entry;
    const keypoints = this.#changed(parsed.output, parts, this.#document.thirds);
    const isOther = hasId && id !== previousId;
    if (!keypoints && !lists && !isMarked && !isOther) return text;
    const { corrected, filled, ...rest } = entry;
    const written = keypoints ?? parsed.output;
    return toExactJson({
      ...rest,
      keypoints: written,
      ...('num_keypoints' in entry && { num_keypoints: countLabelled(written) }),
      ...lists,
      ...(isOther && { track_id: id }),
      ...marks,
    });
  }

  /** What of somebody stands in a list of so many numbers; parts that they haven't got are as they were. */
  #partsOf(person: Person, pose: Pose | null, categoryId: unknown, length: number): ListedPart[] {
    const named = this.#places.get(categoryId);
    const layout = cocoLayoutOf(length / NUMBERS_PER_KEYPOINT, person.body?.set);
    if (named || !layout) return pose ? [{ pose, places: named ?? OWN_PLACES }] : [];
    return partsOf(layout).flatMap(({ part, places }) => {
      const own = part === 'body' && person.body?.set !== layout.body ? pose : person[part];
      return own ? [{ pose: own, places }] : [];
    });
  }

  /** Those lists of COCO-WholeBody's in which somebody's keypoints differ; `null`: in none. */
  #changedLists(
    person: Person,
    entry: Readonly<Record<string, unknown>>,
  ): Record<string, readonly number[]> | null {
    const changed: Record<string, readonly number[]> = {};
    const { thirds, listThirds = {} } = this.#document;
    for (const [list, part] of listedIn(person, entry)) {
      const parsed = v.safeParse(numbersSchema, entry[list]);
      const numbers = parsed.success
        ? this.#changed(parsed.output, [part], listThirds[list] ?? thirds)
        : null;
      if (numbers) changed[list] = numbers;
    }
    return Object.keys(changed).length > 0 ? changed : null;
  }

  /** The list with the keypoints that differ from the poses'; `null`: none does. */
  #changed(
    numbers: readonly number[],
    parts: readonly ListedPart[],
    thirds: CocoDocument['thirds'],
  ): number[] | null {
    const result = numbers.map((each) => (Number.isNaN(each) ? 0 : each));
    let isChanged = false;
    for (const [keypoint, place, pose] of parts.flatMap(keypointsOf)) {
      const at = place * NUMBERS_PER_KEYPOINT;
      const [x = Number.NaN, y = Number.NaN, third = 0] = numbers.slice(at, at + NUMBERS_PER_KEYPOINT);
      const wasThere = scoreOfThird(third, thirds) > 0 && !Number.isNaN(x + y);
      const [nowX, nowY, score] = [
        pointX(pose, keypoint),
        pointY(pose, keypoint),
        pointScore(pose, keypoint),
      ];
      const isThere = score > 0 && !Number.isNaN(nowX + nowY);
      const isAtItsPlace = Math.fround(x) === nowX && Math.fround(y) === nowY;
      const isSame = wasThere
        ? isThere && isAtItsPlace && Math.fround(scoreOfThird(third, thirds)) === score
        : !isThere;
      if (isSame) continue;
      isChanged = true;
      const now = isThere ? [round(nowX), round(nowY), round(thirdOf(score, thirds))] : [0, 0, 0];
      for (const [i, value] of now.entries()) result[at + i] = value;
    }
    return isChanged ? result : null;
  }
}

function keypointsOf({ pose, places }: ListedPart): [keypoint: number, place: number, pose: Pose][] {
  return places.flatMap((place, keypoint) => (place === null ? [] : [[keypoint, place, pose]]));
}

/** Keypoints whose third number is over 0. @param numbers three for each */
export function countLabelled(numbers: readonly number[]): number {
  return numbers.filter((value, at) => at % POINT_STRIDE === POINT_STRIDE - 1 && value > 0).length;
}
