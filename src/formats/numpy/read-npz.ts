import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import {
  type KeypointSetId,
  meanScore,
  type Person,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { skeletonOf, skeletons } from '../../skeletons/registry.ts';
import { readDetectron } from '../detectron/read.ts';
import { readVideoPoseDataset } from '../detectron/videopose-dataset.ts';
import type { RecordingReader } from '../reader.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf, nameWithoutEnding } from '../reading/foreign.ts';
import { checkOwnTimes } from '../reading/times.ts';
import { recordingInfoSchema } from '../recording-info.ts';
import { unzipEntries } from '../zip/read.ts';
import { holdsObjects, type NpyArray, readNpy } from './read-array.ts';
import { readArray } from './read-file.ts';

const WANTED = [
  'keypoints',
  'world',
  'left_hand',
  'right_hand',
  'face',
  'keypoints_marks',
  'left_hand_marks',
  'right_hand_marks',
  'face_marks',
  'times',
  'frames',
  'people',
];
const INFO = 'info.json';
/** Frames, people, keypoints, and their three numbers. */
const FULL_AXES = 4;

function arrayName(name: string): string {
  return name.replace(/\.npy$/, '');
}

/** Which set is meant by so many keypoints, where the file doesn't say. */
const SETS_BY_COUNT: ReadonlyMap<number, KeypointSetId> = new Map([
  [133, 'coco-133'],
  [33, 'blazepose-33'],
  [26, 'halpe-26'],
  [25, 'body-25'],
  [18, 'coco-18'],
  [17, 'coco-17'],
  [15, 'mpi-15'],
]);

const FACES_BY_COUNT: ReadonlyMap<number, KeypointSetId> = new Map([
  [70, 'face-70'],
  [478, 'face-478'],
]);

const infoSchema = v.object({
  info: recordingInfoSchema,
  sets: v.record(v.string(), v.picklist(skeletons.map(({ id }) => id))),
});

/**
 * NumPy arrays as the exporter of the same name writes them, or `keypoints` only; or a single array of any name and shape that
 * a `.npy` file may have; or what VideoPose3D has of Detectron, and its data sets.
 */
export const npzReader: RecordingReader = {
  id: 'npz',
  label: 'NPZ',
  recognizes: ({ name }) => /\.npz$/i.test(name),
  read: (files) => files.flatMap(readFile),
};

function readFile(file: NamedBytes): readonly Recording[] {
  const entries = unzipEntries(file, (name) => name === INFO || name.endsWith('.npy'));
  const bytesOf = (array: string): Uint8Array | null =>
    entries.find(({ name }) => name === `${array}.npy`)?.bytes ?? null;
  const areObjects = (array: string): boolean => {
    const bytes = bytesOf(array);
    return bytes !== null && holdsObjects(bytes, `${array} in ${file.name}`);
  };
  if (areObjects('positions_2d')) return readVideoPoseDataset(file.name, bytesOf);
  if (areObjects('keypoints')) return [readDetectron(file.name, bytesOf)];
  return [readArrays(file, entries)];
}

function readArrays(file: NamedBytes, entries: readonly NamedBytes[]): Recording {
  const read = ({ name, bytes }: NamedBytes): NpyArray =>
    readNpy(bytes, `${arrayName(name)} in ${file.name}`);
  const files = entries.filter(({ name }) => name !== INFO);
  const [only] = files;
  const isUnnamed = files.length === 1 && only !== undefined && !WANTED.includes(arrayName(only.name));
  const single = isUnnamed ? only : files.find(({ name }) => arrayName(name) === 'keypoints');
  const array = single ? read(single) : null;
  if (array && (isUnnamed || array.shape.length < FULL_AXES)) {
    return readArray(array, file.name);
  }
  const wanted = files.filter(({ name }) => WANTED.includes(arrayName(name)));
  const arrays = new Map(
    wanted.map((each) => [arrayName(each.name), each === single && array ? array : read(each)]),
  );
  const info = entries.find(({ name }) => name === INFO);
  if (arrays.size === 0 && files.length > 0) {
    const names = files.map(({ name }) => arrayName(name)).join(', ');
    throw new LimnError(`${file.name} has no array named keypoints, but ${names}.`);
  }
  return toRecording(arrays, info ? readInfo(info.bytes) : null, file.name);
}

type Described = v.InferOutput<typeof infoSchema>;

/** What an array's keypoints are, as the file says, or by their number. */
function setOf(name: string, described: Described | null, count: number): KeypointSetId | undefined {
  if (name.endsWith('hand')) return 'hand-21';
  if (name === 'face') return described?.sets.face ?? FACES_BY_COUNT.get(count);
  return described?.sets.keypoints ?? SETS_BY_COUNT.get(count);
}

/** What the file says of itself; `null`: nothing that is understood, then its shapes must do. */
function readInfo(bytes: Uint8Array): Described | null {
  try {
    const parsed = v.safeParse(infoSchema, JSON.parse(strFromU8(bytes)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** An array of poses, its axes, and what its keypoints are. */
interface Part {
  readonly array: NpyArray;
  readonly set: KeypointSetId;
  readonly count: number;
}

function toRecording(
  arrays: ReadonlyMap<string, NpyArray>,
  described: Described | null,
  fileName: string,
): Recording {
  const keypoints = arrays.get('keypoints') ?? arrays.get('left_hand') ?? arrays.get('right_hand');
  const [frameCount = 0, peopleCount = 0] = keypoints?.shape ?? [];
  if (!keypoints) throw hasNoKeypoints(arrays, fileName);
  // Axes are bounded by the numbers that there are, and by nothing else.
  if (keypoints.values.length === 0) {
    throw new LimnError(
      `${fileName} holds no keypoints: its array is empty (${keypoints.shape.join(' × ')}). Export it again.`,
    );
  }
  const partOf = (name: string): Part | null => {
    const array = arrays.get(name);
    if (!array) return null;
    const [frames, people, count = 0, width] = array.shape;
    const set = setOf(name, described, count);
    const isRight =
      array.shape.length === 4 && frames === frameCount && people === peopleCount && width === POINT_STRIDE;
    if (!isRight || !set || skeletonOf(set).keypoints.length !== count) {
      throw new LimnError(
        `${name} in ${fileName} is an array of ${array.shape.join(' × ')}; it must be frames × people × keypoints × 3, of a set that Limn knows.`,
      );
    }
    return { array, set, count };
  };
  const marksOf = (name: string): NpyArray | null => {
    const array = arrays.get(name);
    const matching = arrays.get(name.replace('_marks', ''))?.shape.slice(0, -1);
    return array && String(array.shape) === String(matching) ? array : null;
  };
  const [body, world, left, right, faces] = ['keypoints', 'world', 'left_hand', 'right_hand', 'face'].map(
    partOf,
  );
  const [bodyMarks = null, leftMarks = null, rightMarks = null, faceMarks = null] = [
    'keypoints_marks',
    'left_hand_marks',
    'right_hand_marks',
    'face_marks',
  ].map(marksOf);
  const vector = (name: string, length: number, otherwise: (i: number) => number): number[] => {
    const values = arrays.get(name)?.values;
    if (values && values.length !== length) {
      throw new LimnError(`${name} in ${fileName} has ${values.length} numbers, not ${length}.`);
    }
    return Array.from({ length }, (_, i) => values?.[i] ?? otherwise(i));
  };
  const times = vector('times', frameCount, (i) => i / ASSUMED_FRAME_RATE);
  checkOwnTimes(times, fileName);
  const wholes = (name: string, length: number): number[] => {
    const values = vector(name, length, (i) => i);
    const odd = values.find((value) => !Number.isSafeInteger(value));
    if (odd === undefined) return values;
    throw new LimnError(
      `${name} in ${fileName} has the number ${odd}: these must be whole, and less than 2^53, beyond which they can't be told apart.`,
    );
  };
  const indices = wholes('frames', frameCount);
  const ids = wholes('people', peopleCount);
  const frames = times.map((time, row): TrackedFrame => {
    const people = ids.map((id, column): Person | null => {
      const at = row * peopleCount + column;
      const poses = {
        body: body ? toPose(body, at, world ?? null, bodyMarks) : null,
        leftHand: left ? toPose(left, at, null, leftMarks) : null,
        rightHand: right ? toPose(right, at, null, rightMarks) : null,
      };
      const main = poses.body ?? poses.leftHand ?? poses.rightHand;
      const face = faces ? toPose(faces, at, null, faceMarks) : null;
      return main && { id, score: meanScore(main), ...poses, ...(face && { face }) };
    });
    return { index: indices[row] ?? row, time, people: people.filter((person) => person !== null) };
  });
  const name = nameWithoutEnding(fileName, /\.npz$/i, 'NumPy');
  const hands = left !== null || right !== null;
  // JSON has no keys that are undefined.
  const info =
    (described?.info as Recording['info'] | undefined) ??
    describeForeign({ name, hands, ...extentOf(frames), isTimed: arrays.has('times') });
  return new Recording(info, frames);
}

function hasNoKeypoints(arrays: ReadonlyMap<string, NpyArray>, fileName: string): LimnError {
  const what = arrays.has('times') ? ': nobody was found when it was made' : '';
  return new LimnError(`${fileName} has no array named keypoints${what}.`);
}

/** The pose of one person in one frame; `null`: not there. */
function toPose(
  { array, set, count }: Part,
  at: number,
  world: Part | null,
  allMarks: NpyArray | null,
): Pose | null {
  const points = new Float32Array(count * POINT_STRIDE);
  let isThere = false;
  for (let i = 0; i < count; i++) {
    const start = (at * count + i) * POINT_STRIDE;
    const [x = Number.NaN, y = Number.NaN, score = Number.NaN] = array.values.subarray(
      start,
      start + POINT_STRIDE,
    );
    const isMissing = Number.isNaN(x) || Number.isNaN(y) || !(score > 0);
    points.set(isMissing ? [Number.NaN, Number.NaN, 0] : [x, y, Math.min(1, score)], i * POINT_STRIDE);
    isThere ||= !isMissing;
  }
  if (!isThere) return null;
  const marks = Uint8Array.from(allMarks?.values.subarray(at * count, (at + 1) * count) ?? []);
  return {
    set,
    points,
    world: world?.set === set ? toWorld(world, at, points) : null,
    handedness: null,
    ...(marks.some((mark) => mark > 0) && { marks }),
  };
}

/** World keypoints have the scores of those in the picture. */
function toWorld({ array, count }: Part, at: number, points: Float32Array): Float32Array | null {
  const world = new Float32Array(count * WORLD_STRIDE);
  let isThere = false;
  for (let i = 0; i < count; i++) {
    const start = (at * count + i) * POINT_STRIDE;
    const place = array.values.subarray(start, start + POINT_STRIDE);
    const isMissing = place.some(Number.isNaN);
    const score = isMissing ? 0 : (points[i * POINT_STRIDE + 2] ?? 0);
    world.set(isMissing ? [Number.NaN, Number.NaN, Number.NaN, 0] : [...place, score], i * WORLD_STRIDE);
    isThere ||= !isMissing;
  }
  return isThere ? world : null;
}
