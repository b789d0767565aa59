import type { Vector3 } from '../../core/numbers/vector.ts';
import {
  type Handedness,
  type KeypointSetId,
  MARKS,
  type PersonPart,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { Recording, type RecordingInfo } from '../../core/recording.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** A number over frames; NaN: missing. */
export type Column = Float64Array | Float32Array;

/** Somebody's body, hand, face or lifted joints, from the first frame that they are in to the last: a row a frame. */
export interface Track {
  readonly personId: number;
  readonly part: PersonPart;
  readonly set: KeypointSetId;
  /** The frame of the first row. */
  readonly first: number;
  /** Rows. */
  readonly length: number;
  /** By keypoint: x, y in pixels, score. */
  readonly points: readonly (readonly Column[])[];
  /** By keypoint: x, y, z in metres, score; `null`: the model gives none. */
  readonly world: readonly (readonly Column[])[] | null;
  /** By keypoint, one of `MARKS` a row. */
  readonly marks: readonly Uint8Array[];
  /** By row, what there is, bits of `THERE`: where there is nothing, coordinates are missing. */
  readonly there: Uint8Array;
  /** By row; `null`: there is none in any. */
  readonly handedness: (Handedness | null)[] | null;
}

export const THERE = { pose: 1, world: 2 } as const;

/** What a track is of, and how long it is. */
export interface TrackShape extends Pick<Track, 'personId' | 'part' | 'set' | 'first' | 'length'> {
  readonly hasWorld: boolean;
  readonly hasHandedness: boolean;
}

/** A track in which nothing is there yet: coordinates are missing, scores 0. */
export function createTrack({ hasWorld, hasHandedness, ...shape }: TrackShape): Track {
  const { set, length } = shape;
  const keypoints = skeletonOf(set).keypoints.length;
  const marks = new Uint8Array(keypoints * length);
  return {
    ...shape,
    points: createColumns(keypoints, POINT_STRIDE, length),
    world: hasWorld ? createColumns(keypoints, WORLD_STRIDE, length) : null,
    marks: Array.from({ length: keypoints }, (_, i) => marks.subarray(i * length, (i + 1) * length)),
    there: new Uint8Array(length),
    handedness: hasHandedness ? new Array<Handedness | null>(length).fill(null) : null,
  };
}

/** One buffer for all: what is in poses has 32 bits. */
function createColumns(keypoints: number, stride: number, length: number): Float32Array[][] {
  const block = new Float32Array(keypoints * stride * length).fill(Number.NaN);
  return Array.from({ length: keypoints }, (_, keypoint) =>
    Array.from({ length: stride }, (__, axis) => {
      const start = (keypoint * stride + axis) * length;
      const column = block.subarray(start, start + length);
      return axis === stride - 1 ? column.fill(0) : column;
    }),
  );
}

/** Puts a pose into a row. */
export function setPose({ points, world, marks, there, handedness }: Track, row: number, pose: Pose): void {
  const read = (target: readonly (readonly Column[])[], source: Float32Array, stride: number): void => {
    for (let keypoint = 0; keypoint < target.length; keypoint++) {
      const axes = target[keypoint] ?? [];
      for (let axis = 0; axis < axes.length; axis++) {
        const column = axes[axis];
        if (column) column[row] = source[keypoint * stride + axis] ?? Number.NaN;
      }
    }
  };
  read(points, pose.points, POINT_STRIDE);
  there[row] = THERE.pose;
  if (world && pose.world) {
    read(world, pose.world, WORLD_STRIDE);
    there[row] = THERE.pose | THERE.world;
  }
  if (pose.marks) for (const [keypoint, column] of marks.entries()) column[row] = pose.marks[keypoint] ?? 0;
  if (handedness) handedness[row] = pose.handedness;
}

/** Takes so many numbers of a larger buffer, or makes one. */
export type Allocate = (length: number) => Float32Array;

/** The pose of a frame as it is now; `null`: there is none. */
export function poseAt(
  { first, set, points, world, marks, there, handedness }: Track,
  frame: number,
  allocate: Allocate = (length) => new Float32Array(length),
): Pose | null {
  const row = frame - first;
  const has = there[row] ?? 0;
  if (!(has & THERE.pose)) return null;
  const write = (source: readonly (readonly Column[])[], stride: number): Float32Array => {
    const target = allocate(source.length * stride);
    for (let keypoint = 0; keypoint < source.length; keypoint++) {
      const axes = source[keypoint] ?? [];
      for (let axis = 0; axis < axes.length; axis++) {
        target[keypoint * stride + axis] = axes[axis]?.[row] ?? Number.NaN;
      }
    }
    return target;
  };
  const isMarked = marks.some((column) => (column[row] ?? MARKS.measured) !== MARKS.measured);
  return {
    set,
    points: write(points, POINT_STRIDE),
    world: world && has & THERE.world ? write(world, WORLD_STRIDE) : null,
    handedness: handedness?.[row] ?? null,
    ...(isMarked && { marks: Uint8Array.from(marks, (column) => column[row] ?? MARKS.measured) }),
  };
}

/** Every keypoint's coordinates: those in the picture, then those in the world. A change of one is written into it. */
export function* coordinatesOf({ points, world }: Pick<Track, 'points' | 'world'>): Generator<{
  readonly keypoint: number;
  readonly space: 'picture' | 'world';
  readonly axes: readonly Column[];
  readonly score: Column;
}> {
  for (const [space, keypoints] of [
    ['picture', points],
    ['world', world ?? []],
  ] as const) {
    for (const [keypoint, columns] of keypoints.entries()) {
      const score = columns.at(-1);
      if (score) yield { keypoint, space, axes: columns.slice(0, -1), score };
    }
  }
}

/** Three columns' numbers in one row; NaN: missing, or beyond the columns. */
export function vectorAt(columns: readonly Column[] | undefined, row: number): Vector3 {
  const [x, y, z] = columns ?? [];
  return [x?.[row] ?? Number.NaN, y?.[row] ?? Number.NaN, z?.[row] ?? Number.NaN];
}

/** Stretches of numbers without a gap, as positions: from inclusive, to exclusive. */
export function* stretchesOf(column: ArrayLike<number>): Generator<readonly [from: number, to: number]> {
  let from = -1;
  for (let i = 0; i <= column.length; i++) {
    const isThere = i < column.length && !Number.isNaN(column[i]);
    if (isThere && from < 0) from = i;
    if (!isThere && from >= 0) {
      yield [from, i];
      from = -1;
    }
  }
}

/** What has times: a recording, or frames without their people. */
interface Timed {
  readonly info: RecordingInfo;
  readonly frames: readonly { readonly time: number }[];
}

/** Seconds of frames. */
export function timesOf({ frames }: Timed): Float64Array {
  return Float64Array.from(frames, ({ time }) => time);
}

/**
 * Seconds of what happened, from any moment on: for speeds and frequencies, and what is told by them. In slow motion they are
 * fewer than those of the video.
 */
export function realTimesOf({ info, frames }: Timed): Float64Array {
  const slowness = slownessOf(info);
  return Float64Array.from(frames, ({ time }) => time / slowness);
}

/** With a sentence more on what was done to it. */
export function noted(info: RecordingInfo, sentence: string): RecordingInfo {
  return { ...info, processing: [...(info.processing ?? []), sentence] };
}

/** The recording with a sentence more on what was done to it. */
export function withProcessing({ info, frames }: Recording, sentence: string): Recording {
  return new Recording(noted(info, sentence), frames);
}
