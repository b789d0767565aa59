import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { LimnError } from '../core/errors.ts';
import { type KeypointSetId, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../core/pose.ts';
import { type OpenPoseExtras, Recording, type TrackedFrame } from '../core/recording.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf } from './foreign.ts';
import { parseJson } from './json.ts';
import type { NamedBytes, RecordingReader } from './reader.ts';

/** Parts beside the body: how many numbers their flat 2-D arrays have. */
const HAND = { set: 'hand-21', name: 'hand', length: 63 } as const;
const FACE = { set: 'face-70', name: 'face', length: 210 } as const;
/** The body's keypoint set by the length of its flat 2-D array. */
const BODY_SETS: ReadonlyMap<number, KeypointSetId> = new Map([
  [75, 'body-25'],
  [54, 'coco-18'],
  [45, 'mpi-15'],
]);
const FILE_NAME = /_keypoints\.json$/i;
const HEAD_LENGTH = 200;

const numbers = v.optional(v.array(v.number()), []);
/** Every key may be missing (an empty array then), and unknown ones are passed over, as readers in use do. */
const frameSchema = v.object({
  people: v.array(
    v.object({
      person_id: numbers,
      pose_keypoints_2d: numbers,
      face_keypoints_2d: numbers,
      hand_left_keypoints_2d: numbers,
      hand_right_keypoints_2d: numbers,
      pose_keypoints_3d: numbers,
      hand_left_keypoints_3d: numbers,
      hand_right_keypoints_3d: numbers,
    }),
  ),
  part_candidates: v.optional(v.array(v.record(v.pipe(v.string(), v.digits()), v.array(v.number())))),
});

type OpenPoseFrame = v.InferOutput<typeof frameSchema>;
type FramePeople = OpenPoseFrame['people'];

/** OpenPose's own JSON: a ZIP, a folder of frame files, a single one, or one JSON Lines file. */
export const openPoseReader: RecordingReader = {
  id: 'openpose',
  label: 'OpenPose JSON',
  recognizes: ({ name, bytes }) =>
    FILE_NAME.test(name) || /"people"\s*:/.test(strFromU8(bytes.subarray(0, HEAD_LENGTH), true)),
  read: (files) => [toRecording(files.flatMap(readFrames).sort((a, b) => compareNames(a.name, b.name)))],
};

interface NamedFrame {
  readonly name: string;
  readonly content: OpenPoseFrame;
}

/** By the numbers in them, so that 10 comes behind 9. */
function compareNames(a: string, b: string): number {
  return frameNumber(a) - frameNumber(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The last number in a name; 0 if there is none. */
function frameNumber(name: string): number {
  return Number(/(\d+)(?!.*\d)/.exec(name.replace(FILE_NAME, ''))?.[1] ?? 0);
}

function readFrames(file: NamedBytes): NamedFrame[] {
  const lines = /\.jsonl$/i.test(file.name) ? splitLines(file) : [file];
  return lines.map(readFrame);
}

function splitLines(file: NamedBytes): NamedBytes[] {
  const encoder = strFromU8(file.bytes).split('\n');
  return encoder
    .filter((line) => line.trim() !== '')
    .map((line, i) => ({ name: `${file.name}, line ${i + 1}`, bytes: toBytes(line) }));
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

function readFrame(file: NamedBytes): NamedFrame {
  const parsed = v.safeParse(frameSchema, parseJson(file));
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const where = v.getDotPath(issue) ?? 'the top';
    throw new LimnError(`${file.name} is not OpenPose JSON, at ${where}: ${issue.message}.`);
  }
  return { name: file.name, content: parsed.output };
}

function toRecording(frames: readonly NamedFrame[]): Recording {
  const first = frames[0]?.name ?? '';
  const name = first.replace(/^.*[/\\]/, '').replace(/_?\d*_keypoints\.json$|, line 1$|\.jsonl.*$/i, '');
  const tracked = frames.map((frame, i): TrackedFrame => {
    const people = frame.content.people
      .map((person, at) => readPerson(person, at, frame.name))
      .filter((p) => p !== null);
    const openPose = extrasOf(frame.content);
    return { index: i, time: i / ASSUMED_FRAME_RATE, people, ...(openPose && { openPose }) };
  });
  const hands = tracked.some((frame) => frame.people.some((person) => person.leftHand || person.rightHand));
  return new Recording(
    describeForeign({ name: name || 'OpenPose', model: 'openpose', hands, ...extentOf(tracked) }),
    tracked,
  );
}

/** What there is beside the people and has to be written again; `null`: nothing. */
function extrasOf({ people, part_candidates: lists }: OpenPoseFrame): OpenPoseExtras | null {
  const isAnonymous = people.length > 0 && people.every(({ person_id: [id = -1] }) => id < 0);
  const [candidates] = lists ?? [];
  if (!isAnonymous && !candidates) return null;
  const partCandidates = candidates && Object.keys(candidates).map((_, part) => candidates[part] ?? []);
  return { ...(isAnonymous && { isAnonymous }), ...(partCandidates && { partCandidates }) };
}

function readPerson(person: FramePeople[number], position: number, fileName: string): Person | null {
  const body2d = person.pose_keypoints_2d;
  const set = BODY_SETS.get(body2d.length);
  if (body2d.length > 0 && !set) {
    throw new LimnError(
      `${fileName} has a body of ${body2d.length} numbers. BODY_25 has 75, COCO 54 and MPI 45: it may be cut off or of another model.`,
    );
  }
  const body = set ? toPose(set, body2d, person.pose_keypoints_3d) : null;
  const leftHand = toPart(HAND, person.hand_left_keypoints_2d, person.hand_left_keypoints_3d, fileName);
  const rightHand = toPart(HAND, person.hand_right_keypoints_2d, person.hand_right_keypoints_3d, fileName);
  const face = toPart(FACE, person.face_keypoints_2d, [], fileName);
  const main = body ?? leftHand ?? rightHand;
  if (!main) return null;
  const scores = main.points.filter((_, i) => i % POINT_STRIDE === POINT_STRIDE - 1);
  const score = scores.reduce((sum, value) => sum + value, 0) / scores.length;
  const id = person.person_id[0] ?? -1;
  return { id: id >= 0 ? Math.trunc(id) : position, score, body, leftHand, rightHand, ...(face && { face }) };
}

function toPart(
  { set, name, length }: typeof HAND | typeof FACE,
  flat2d: readonly number[],
  flat3d: readonly number[],
  fileName: string,
): Pose | null {
  if (flat2d.length === 0) return null;
  if (flat2d.length !== length) {
    throw new LimnError(
      `${fileName} has a ${name} of ${flat2d.length} numbers, not ${length}: it may be cut off.`,
    );
  }
  // OpenPose writes zeros for what it looked for and didn't find.
  return flat2d.some((value) => value !== 0) ? toPose(set, flat2d, flat3d) : null;
}

function toPose(set: KeypointSetId, flat2d: readonly number[], flat3d: readonly number[]): Pose {
  const count = flat2d.length / POINT_STRIDE;
  const has3d = flat3d.length === count * WORLD_STRIDE;
  return {
    set,
    points: withMissing(flat2d, POINT_STRIDE),
    world: has3d ? withMissing(flat3d, WORLD_STRIDE) : null,
    handedness: null,
  };
}

/** Zero score means missing, which inside of Limn has NaN coordinates; scores are held to 0 … 1. */
function withMissing(flat: readonly number[], stride: number): Float32Array {
  return Float32Array.from(flat, (value, i) => {
    const isScore = i % stride === stride - 1;
    const score = flat[i - (i % stride) + stride - 1] ?? 0;
    if (isScore) return Math.min(1, Math.max(0, value));
    return score > 0 ? value : Number.NaN;
  });
}
