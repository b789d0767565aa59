import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { isLongInteger } from '../../core/texts/exact-json.ts';
import { JsonScan, type JsonShape } from '../json/json-scan.ts';
import { parseFrameName } from '../reading/frame-numbers.ts';
import { count } from '../recording-info.ts';

/** Null, as ControlNet writes parts that were not found, is nothing; null in a list, and NaN, is a number that is missing. */
const numbers = v.pipe(
  v.nullish(v.array(v.nullable(v.number())), []),
  v.transform((list): number[] => list.map((value) => value ?? Number.NaN)),
);
/** 3 for `[3]`, `3`, `"3"`; other texts as they are; `null`: nobody has been told apart. */
const personId = v.pipe(
  v.nullish(v.union([v.number(), v.string(), v.array(v.nullable(v.union([v.number(), v.string()])))]), -1),
  v.transform((given): number | string | null => {
    const id: number | string | null = Array.isArray(given) ? (given[0] ?? null) : given;
    // Those beyond 2^53 stay texts: as numbers, two would be one.
    if (typeof id === 'string' && isLongInteger(id)) return id.startsWith('-') ? null : id;
    const number = typeof id === 'string' && id.trim() !== '' ? Number(id) : id;
    if (typeof number !== 'number' || Number.isNaN(number)) return id === '' ? null : id;
    if (number < 0) return null;
    return number <= Number.MAX_SAFE_INTEGER ? Math.trunc(number) : String(id);
  }),
);

/**
 * Every key may be missing, and unknown ones are passed over, as readers in use do. Without `_2d`: OpenPose up to 1.3;
 * `joints`: its version 0.1, and AlphaPose's `--format cmu`. `body_keypoints_3d` is what OpenPose's documentation calls what
 * it writes as `pose_keypoints_3d`.
 */
const personSchema = v.object({
  person_id: personId,
  pose_keypoints_2d: numbers,
  pose_keypoints: numbers,
  joints: numbers,
  face_keypoints_2d: numbers,
  face_keypoints: numbers,
  hand_left_keypoints_2d: numbers,
  hand_left_keypoints: numbers,
  hand_right_keypoints_2d: numbers,
  hand_right_keypoints: numbers,
  pose_keypoints_3d: numbers,
  body_keypoints_3d: numbers,
  face_keypoints_3d: numbers,
  hand_left_keypoints_3d: numbers,
  hand_right_keypoints_3d: numbers,
});
const size = v.nullish(v.pipe(v.number(), v.minValue(1)));
const frameSchema = v.pipe(
  v.object({
    people: v.nullish(v.array(personSchema)),
    bodies: v.nullish(v.array(personSchema)),
    part_candidates: v.nullish(
      v.array(v.record(v.pipe(v.string(), v.digits()), v.array(v.nullable(v.number())))),
    ),
    canvas_width: size,
    canvas_height: size,
    /** Of ControlNet's detector of animals. */
    animals: v.nullish(v.array(v.unknown()), []),
    /** Limn's own, in JSON Lines: the number of the frame, where it isn't that of the line. */
    frame: v.nullish(count),
  }),
  v.check(({ people, bodies }) => Boolean(people ?? bodies), 'it has no "people"'),
);

/** Flat lists of numbers, of one person: x, y, score … in pixels, or x, y, z, score … */
export interface OpenPosePerson {
  readonly id: number | string | null;
  readonly body: readonly number[];
  readonly face: readonly number[];
  readonly leftHand: readonly number[];
  readonly rightHand: readonly number[];
  readonly body3d: readonly number[];
  readonly face3d: readonly number[];
  readonly leftHand3d: readonly number[];
  readonly rightHand3d: readonly number[];
}

/** A frame as its file has it. */
export interface OpenPoseFrame {
  /** For sentences, and what its take and number are read from. */
  readonly name: string;
  /** What the document says itself; `null`: its name has to. */
  readonly number: number | null;
  readonly people: readonly OpenPosePerson[];
  /** All peaks of each keypoint. */
  readonly partCandidates: readonly (readonly number[])[] | null;
  /** How many animals there are beside. */
  readonly animals: number;
  /** Pixels; `null`: not said. */
  readonly canvas: { readonly width: number; readonly height: number } | null;
}

/** Does a JSON file look like OpenPose's, or like what others write in its form? */
export function isOpenPoseShape({ kind, keys, innerKeys }: JsonShape): boolean {
  const hasPeople = (each: readonly string[]): boolean => each.includes('people') || each.includes('bodies');
  return hasPeople(keys) || (kind === 'object' && hasPeople(innerKeys));
}

/**
 * The frames of a file: of OpenPose's one; of JSON Lines those of all lines; of ComfyUI's list all in it; of AlphaPose's
 * `--format cmu` and `open` one a picture, by its name.
 *
 * @throws {LimnError} naming file and fault
 */
export function readOpenPoseDocument(file: NamedBytes): readonly OpenPoseFrame[] {
  const scan = new JsonScan(file);
  const documents = [...scan.values()].flatMap((span): [name: string | null, value: unknown][] => {
    if (scan.isArray(span)) return [...scan.elements(span.start)].map((each) => [null, scan.parse(each)]);
    const value = scan.parse(span);
    if (typeof value !== 'object' || value === null || 'people' in value || 'bodies' in value) {
      return [[null, value]];
    }
    return Object.entries(value);
  });
  const isOne = documents.length === 1;
  return documents.map(([key, value], i) => {
    if (key !== null) return toFrame(value, `${file.name}, ${key}`, parseFrameName(key).number);
    return toFrame(value, isOne ? file.name : `${file.name}, frame ${i + 1}`, isOne ? null : i);
  });
}

function toFrame(value: unknown, name: string, number: number | null): OpenPoseFrame {
  const parsed = v.safeParse(frameSchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const where = v.getDotPath(issue) ?? 'the top';
    throw new LimnError(`${name} is not OpenPose JSON, at ${where}: ${issue.message}.`);
  }
  const { people, bodies, animals, part_candidates: candidates, frame } = parsed.output;
  const { canvas_width, canvas_height } = parsed.output;
  const [lists] = candidates ?? [];
  return {
    name,
    number: frame ?? number,
    people: (people ?? bodies ?? []).map(toPerson),
    partCandidates: lists
      ? Object.keys(lists).map((_, part) => (lists[part] ?? []).map((each) => each ?? 0))
      : null,
    animals: animals?.length ?? 0,
    canvas: canvas_width && canvas_height ? { width: canvas_width, height: canvas_height } : null,
  };
}

function toPerson(person: v.InferOutput<typeof personSchema>): OpenPosePerson {
  return {
    id: person.person_id,
    body: firstOf(person.pose_keypoints_2d, person.pose_keypoints, person.joints),
    face: firstOf(person.face_keypoints_2d, person.face_keypoints),
    leftHand: firstOf(person.hand_left_keypoints_2d, person.hand_left_keypoints),
    rightHand: firstOf(person.hand_right_keypoints_2d, person.hand_right_keypoints),
    body3d: firstOf(person.pose_keypoints_3d, person.body_keypoints_3d),
    face3d: person.face_keypoints_3d,
    leftHand3d: person.hand_left_keypoints_3d,
    rightHand3d: person.hand_right_keypoints_3d,
  };
}

function firstOf(...lists: readonly (readonly number[])[]): readonly number[] {
  return lists.find(({ length }) => length > 0) ?? [];
}
