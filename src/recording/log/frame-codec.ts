import { blendshapeNames } from '../../core/blendshapes.ts';
import { LimnError } from '../../core/errors.ts';
import { isMask, type PersonMask } from '../../core/mask.ts';
import {
  allPosesOf,
  type KeypointSetId,
  type Person,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { encodeNotes, withNotes } from './frame-notes.ts';

/*
 * Frames as columns of typed arrays, little-endian, every column aligned to its element size:
 *
 *     u32   piece         which piece of the video these frames belong to
 *     u32   flags         bits: 1 the piece ends with these frames, 2 notes follow the columns
 *     u32   frames, people, poses, numbers    the lengths of the columns
 *     f64   time          per frame, seconds
 *     u32   index         per frame, its number in the source
 *     u32   people        per frame, how many
 *     i32   id            per person; −1: not known yet. Until pieces are joined, the model's own number of them
 *     f32   score         per person
 *     u32   parts         per person, bits: 1 body, 2 left hand, 4 right hand, 8 face, 16 lifted, 32 placed in the room,
 *                         64 has a mask
 *     u32   set           per pose, position in KEYPOINT_SETS
 *     u32   keypoints     per pose, how many
 *     u32   extras        per pose, bits: 1 world, 2 handedness left, 4 handedness right, 8 marks, 16 blendshapes
 *     f32   handedness    per pose, score
 *     f32   numbers       x, y, score per keypoint, then x, y, z, score of the world keypoints, then a mark each,
 *                         then a score per blendshape;
 *                         pose after pose; behind somebody's poses their place, x, y, z, if they have one,
 *                         and their mask: left, top, width, height, columns, rows, how many bytes its runs have, and
 *                         these, three to a number, as whole numbers with the first byte lowest
 *     …     notes         UTF-8 JSON, if there are any: what single frames say beyond that, by position, and numbers and ids
 *                         that take more than 32 bits
 */

/** Part of the format: only append. */
const KEYPOINT_SETS: readonly KeypointSetId[] = [
  'blazepose-33',
  'coco-17',
  'body-25',
  'coco-18',
  'mpi-15',
  'hand-21',
  'face-70',
  'face-478',
  'h36m-17',
  'coco-23',
  'halpe-26',
  'coco-133',
];
const HEAD_WORDS = 6;
const WORD = 4;
const LONG = 8;
const BODY = 1;
const LEFT_HAND = 2;
const RIGHT_HAND = 4;
const FACE = 8;
const LIFTED = 16;
const PLACED = 32;
const MASKED = 64;
const PLACE_NUMBERS = 3;
const MASK_NUMBERS = 7;
/** Whole numbers of so many bytes are exact in single precision. */
const BYTES_A_NUMBER = 3;
const WORLD = 1;
const LEFT = 2;
const RIGHT = 4;
const MARKED = 8;
const EXPRESSIVE = 16;
const IS_LAST = 1;
const HAS_NOTES = 2;
const PERSON_COLUMNS = 3;
const POSE_COLUMNS = 4;
const FRAME_BYTES = LONG + 2 * WORD;

/** Consecutive frames of one piece. */
export interface FrameBatch {
  readonly piece: number;
  /** The piece ends with these frames. */
  readonly isLast: boolean;
  readonly frames: readonly TrackedFrame[];
}

export function encodeBatch({ piece, isLast, frames }: FrameBatch): Uint8Array<ArrayBuffer> {
  const people = frames.flatMap((frame) => frame.people);
  const poses = people.flatMap(allPosesOf);
  const placed = people.filter(({ place }) => place).length;
  const masked = people.reduce((sum, { mask }) => sum + (mask ? maskLength(mask.runs.length) : 0), 0);
  const numberCount = poses.reduce(
    (sum, { points, world, marks, blendshapes }) =>
      sum + points.length + (world?.length ?? 0) + (marks?.length ?? 0) + (blendshapes?.length ?? 0),
    placed * PLACE_NUMBERS + masked,
  );
  const notes = encodeNotes(frames);
  const columnsLength = batchLength(frames.length, people.length, poses.length, numberCount);
  const buffer = new ArrayBuffer(columnsLength + notes.length);
  new Uint8Array(buffer).set(notes, columnsLength);
  const columns = new Columns(buffer, 0);
  columns
    .words(HEAD_WORDS)
    .set([piece, flagsOf(isLast, notes), frames.length, people.length, poses.length, numberCount]);
  columns.longs(frames.length).set(frames.map(({ time }) => time));
  columns.words(frames.length).set(frames.map(({ index }) => index));
  columns.words(frames.length).set(frames.map((frame) => frame.people.length));
  columns.integers(people.length).set(people.map(({ id }) => id));
  columns.floats(people.length).set(people.map(({ score }) => score));
  columns.words(people.length).set(people.map(partsOf));
  columns.words(poses.length).set(poses.map(({ set }) => KEYPOINT_SETS.indexOf(set)));
  columns.words(poses.length).set(poses.map(({ points }) => points.length / POINT_STRIDE));
  columns.words(poses.length).set(poses.map(extrasOf));
  columns.floats(poses.length).set(poses.map(({ handedness }) => handedness?.score ?? 0));
  const numbers = columns.floats(numberCount);
  let at = 0;
  const write = (values: ArrayLike<number> | null | undefined): void => {
    if (values) numbers.set(values, at);
    at += values?.length ?? 0;
  };
  for (const person of people) {
    for (const { points, world, marks, blendshapes } of allPosesOf(person))
      for (const each of [points, world, marks, blendshapes]) write(each);
    write(person.place);
    if (person.mask) write(maskNumbers(person.mask));
  }
  return new Uint8Array(buffer);
}

/**
 * @param isShared poses are views of the bytes themselves, where these are all of their buffer: for whoever is done with the
 * frames before the bytes change hands
 * @throws {LimnError} if the lengths don't fit the bytes or one another
 */
export function decodeBatch(bytes: Uint8Array, isShared = false): FrameBatch {
  if (bytes.byteLength < HEAD_WORDS * WORD) throw damaged('it is too short');
  // Columns need their alignment; a copy also keeps poses from holding on to a larger buffer.
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  const buffer = isShared && isWhole ? bytes.buffer : bytes.slice().buffer;
  const columns = new Columns(buffer, 0);
  const [piece = 0, flags = 0, frameCount = 0, personCount = 0, poseCount = 0, numberCount = 0] =
    columns.words(HEAD_WORDS);
  const columnsLength = batchLength(frameCount, personCount, poseCount, numberCount);
  const hasNotes = (flags & HAS_NOTES) !== 0;
  if (hasNotes ? bytes.byteLength < columnsLength : bytes.byteLength !== columnsLength) {
    throw damaged('its length is not the one it states');
  }
  const times = columns.longs(frameCount);
  const indices = columns.words(frameCount);
  const peopleOfFrame = columns.words(frameCount);
  const ids = columns.integers(personCount);
  const scores = columns.floats(personCount);
  const parts = columns.words(personCount);
  const poses = new PoseReader(columns, poseCount, numberCount);
  let person = 0;
  const readPerson = (): Person => {
    if (person >= personCount) throw damaged('it names more people than it holds');
    const has = parts[person] ?? 0;
    const id = ids[person] ?? -1;
    const score = scores[person] ?? 0;
    person++;
    return {
      id,
      score,
      body: has & BODY ? poses.next() : null,
      leftHand: has & LEFT_HAND ? poses.next() : null,
      rightHand: has & RIGHT_HAND ? poses.next() : null,
      ...(has & FACE && { face: poses.next() }),
      ...(has & LIFTED && { lifted: poses.next() }),
      ...(has & PLACED && { place: poses.nextPlace() }),
      ...(has & MASKED && { mask: poses.nextMask() }),
    };
  };
  const frames = Array.from({ length: frameCount }, (_, i): TrackedFrame => {
    const count = peopleOfFrame[i] ?? 0;
    if (count > personCount) throw damaged('it names more people than it holds');
    return { index: indices[i] ?? 0, time: times[i] ?? 0, people: Array.from({ length: count }, readPerson) };
  });
  const noted = hasNotes ? notedFrames(frames, bytes.subarray(columnsLength)) : frames;
  return { piece, isLast: (flags & IS_LAST) !== 0, frames: noted };
}

/** Writes the ids of these people over those that an encoded batch of them has. @returns the batch */
export function setIds(
  batch: Uint8Array<ArrayBuffer>,
  { frames }: Pick<FrameBatch, 'frames'>,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  let at = HEAD_WORDS * WORD + frames.length * FRAME_BYTES;
  for (const { people } of frames) {
    for (const { id } of people) {
      view.setInt32(at, id, true);
      at += WORD;
    }
  }
  return batch;
}

/** Piece, number of frames, first and last time, without decoding the rest. @throws {LimnError} as `decodeBatch` */
export function summarizeBatch(bytes: Uint8Array): BatchSummary {
  const frames = countFrames(bytes);
  if (bytes.byteLength < summaryLength(frames)) throw damaged('it is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const timeAt = (i: number): number => view.getFloat64(HEAD_WORDS * WORD + i * LONG, true);
  return {
    piece: view.getUint32(0, true),
    isLast: (view.getUint32(WORD, true) & IS_LAST) !== 0,
    frames,
    firstTime: frames > 0 ? timeAt(0) : Number.NaN,
    lastTime: frames > 0 ? timeAt(frames - 1) : Number.NaN,
  };
}

/** How many frames a batch has, by its first bytes. @throws {LimnError} if there are too few of them */
export function countFrames(bytes: Uint8Array): number {
  if (bytes.byteLength < HEAD_WORDS * WORD) throw damaged('it is too short');
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(2 * WORD, true);
}

export interface BatchSummary {
  readonly piece: number;
  readonly isLast: boolean;
  readonly frames: number;
  /** Seconds; NaN if there is no frame. */
  readonly firstTime: number;
  readonly lastTime: number;
}

/** How many bytes at the head of a batch `summarizeBatch` reads, at most. */
export function summaryLength(frames: number): number {
  return HEAD_WORDS * WORD + frames * LONG;
}

function batchLength(frames: number, people: number, poses: number, numbers: number): number {
  return (
    HEAD_WORDS * WORD +
    frames * FRAME_BYTES +
    (people * PERSON_COLUMNS + poses * POSE_COLUMNS + numbers) * WORD
  );
}

function partsOf({ body, leftHand, rightHand, face, lifted, place, mask }: Person): number {
  const found = (body ? BODY : 0) | (leftHand ? LEFT_HAND : 0) | (rightHand ? RIGHT_HAND : 0);
  return found | (face ? FACE : 0) | (lifted ? LIFTED : 0) | (place ? PLACED : 0) | (mask ? MASKED : 0);
}

/** Numbers that a mask takes. @param bytes of its runs */
function maskLength(bytes: number): number {
  return MASK_NUMBERS + Math.ceil(bytes / BYTES_A_NUMBER);
}

function maskNumbers({ left, top, width, height, columns, rows, runs }: PersonMask): Float32Array {
  const numbers = new Float32Array(maskLength(runs.length));
  numbers.set([left, top, width, height, columns, rows, runs.length]);
  for (let at = MASK_NUMBERS, i = 0; at < numbers.length; at++, i += BYTES_A_NUMBER) {
    numbers[at] = (runs[i] ?? 0) | ((runs[i + 1] ?? 0) << 8) | ((runs[i + 2] ?? 0) << 16);
  }
  return numbers;
}

function extrasOf({ world, handedness, marks, blendshapes }: Pose): number {
  const side = handedness?.side;
  const hand = side === 'left' ? LEFT : side === 'right' ? RIGHT : 0;
  return (world ? WORLD : 0) | hand | (marks ? MARKED : 0) | (blendshapes ? EXPRESSIVE : 0);
}

function flagsOf(isLast: boolean, notes: Uint8Array): number {
  return (isLast ? IS_LAST : 0) | (notes.length > 0 ? HAS_NOTES : 0);
}

function notedFrames(frames: readonly TrackedFrame[], bytes: Uint8Array): TrackedFrame[] {
  const noted = withNotes(frames, bytes);
  if (!noted) throw damaged('what it notes of frames is no JSON of its kind');
  return noted;
}

function damaged(why: string): LimnError {
  return new LimnError(`A part of the recording is damaged: ${why}. What lies before it is whole.`);
}

/** Takes columns off a buffer one after the other. */
class Columns {
  readonly #buffer: ArrayBufferLike;
  #at: number;

  constructor(buffer: ArrayBufferLike, at: number) {
    this.#buffer = buffer;
    this.#at = at;
  }

  words(length: number): Uint32Array {
    return new Uint32Array(this.#buffer, this.#take(length * WORD), length);
  }

  integers(length: number): Int32Array {
    return new Int32Array(this.#buffer, this.#take(length * WORD), length);
  }

  floats(length: number): Float32Array {
    return new Float32Array(this.#buffer, this.#take(length * WORD), length);
  }

  longs(length: number): Float64Array {
    return new Float64Array(this.#buffer, this.#take(length * LONG), length);
  }

  #take(length: number): number {
    const at = this.#at;
    this.#at += length;
    return at;
  }
}

class PoseReader {
  readonly #sets: Uint32Array;
  readonly #keypoints: Uint32Array;
  readonly #extras: Uint32Array;
  readonly #handedness: Float32Array;
  readonly #numbers: Float32Array;
  #pose = 0;
  #number = 0;

  constructor(columns: Columns, poses: number, numbers: number) {
    this.#sets = columns.words(poses);
    this.#keypoints = columns.words(poses);
    this.#extras = columns.words(poses);
    this.#handedness = columns.floats(poses);
    this.#numbers = columns.floats(numbers);
  }

  next(): Pose {
    const i = this.#pose++;
    const set = KEYPOINT_SETS[this.#sets[i] ?? -1];
    if (!set) throw damaged('it names keypoints that this version does not know');
    const keypoints = this.#keypoints[i] ?? 0;
    const extras = this.#extras[i] ?? 0;
    const points = this.#take(keypoints * POINT_STRIDE);
    const world = extras & WORLD ? this.#take(keypoints * WORLD_STRIDE) : null;
    const marks = extras & MARKED ? Uint8Array.from(this.#take(keypoints)) : null;
    const blendshapes = extras & EXPRESSIVE ? this.#take(blendshapeNames.length) : null;
    const score = this.#handedness[i] ?? 0;
    const side = extras & LEFT ? 'left' : extras & RIGHT ? 'right' : null;
    return {
      set,
      points,
      world,
      handedness: side && { side, score },
      ...(marks && { marks }),
      ...(blendshapes && { blendshapes }),
    };
  }

  nextPlace(): readonly [number, number, number] {
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = this.#take(PLACE_NUMBERS);
    return [x, y, z];
  }

  nextMask(): PersonMask {
    const [left = 0, top = 0, width = 0, height = 0, columns = 0, rows = 0, bytes = 0] =
      this.#take(MASK_NUMBERS);
    if (!Number.isInteger(bytes) || bytes < 0) throw damaged('it holds a mask of no size');
    const numbers = this.#take(Math.ceil(bytes / BYTES_A_NUMBER));
    const runs = Uint8Array.from({ length: bytes }, (_, i) => {
      const number = numbers[Math.floor(i / BYTES_A_NUMBER)] ?? 0;
      return (number >> (8 * (i % BYTES_A_NUMBER))) & 0xff;
    });
    const mask = { left, top, width, height, columns, rows, runs };
    if (!isMask(mask)) throw damaged('it holds something else than a mask');
    return mask;
  }

  #take(length: number): Float32Array {
    const end = this.#number + length;
    if (end > this.#numbers.length) throw damaged('it names more keypoints than it holds');
    const taken = this.#numbers.subarray(this.#number, end);
    this.#number = end;
    return taken;
  }
}
