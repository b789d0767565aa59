import { strToU8 } from 'fflate';
import { type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Exporter } from '../exporter.ts';
import { ensureFits } from '../writing/capacity.ts';
import { idsOf } from '../writing/ids.ts';
import { otherBodies } from '../writing/left-out.ts';
import { describeMaking } from '../writing/making.ts';
import { describeOtherSizes } from '../writing/one-size.ts';
import { firstBodySet } from '../writing/who-fits.ts';
import { zipEntries } from '../zip/write.ts';
import { writeNpy } from './write-array.ts';

/**
 * NumPy arrays in a ZIP, as `numpy.load` reads them. Frames that lack a person, and keypoints that are missing,
 * are NaN.
 *
 *     keypoints             float32, frames × people × K × 3: x, y in pixels, score
 *     world                 float32, frames × people × K × 3: x, y, z in metres; only if the model gives them
 *     left_hand, right_hand float32, frames × people × 21 × 3, only if there are hands
 *     face                  float32, frames × people × K × 3, only if there are faces
 *     …_marks               uint8, as the first of these but × K only: 1 corrected by hand, 2 filled in; only if any
 *     times                 float64, frames: seconds
 *     frames                int32, frames: number in the source; int64 if that takes it
 *     people                int32, people: their ids; int64 if that takes it
 *     info.json             how it was made, and the keypoints' names
 */
export const npz: Exporter = {
  id: 'npz',
  label: 'NumPy arrays (NPZ)',
  extension: '.npz',
  mediaType: 'application/zip',
  leftOut: otherBodies,
  write(recording) {
    const { frames, info } = recording;
    const ids = idsOf(recording);
    const entries: Record<string, Uint8Array> = {
      'times.npy': writeNpy(
        Float64Array.from(frames, ({ time }) => time),
        [frames.length],
      ),
      'frames.npy': writeNpy(toIntegers(frames.map(({ index }) => index)), [frames.length]),
      'people.npy': writeNpy(toIntegers(ids), [ids.length]),
    };
    const sets: Record<string, string> = {};
    for (const { name, poseOf } of PARTS) {
      const set = name === 'keypoints' ? firstBodySet(recording) : findSet(recording, poseOf);
      if (!set) continue;
      sets[name] = set;
      const count = skeletonOf(set).keypoints.length;
      ensureFits(frames.length * ids.length * count * POINT_STRIDE * 4, this.label);
      const layout: Layout = { frames, ids, count, poseOf: (person) => ofSet(poseOf(person), set) };
      entries[`${name}.npy`] = writeNpy(
        gather(layout, ({ points }) => points, POINT_STRIDE),
        [frames.length, ids.length, count, POINT_STRIDE],
      );
      const marks = gatherMarks(layout);
      if (marks) {
        entries[`${name}_marks.npy`] = writeNpy(marks, [frames.length, ids.length, count]);
      }
      if (name !== 'keypoints' || !hasWorld(recording)) continue;
      entries['world.npy'] = writeNpy(
        gather(layout, ({ world }) => world, WORLD_STRIDE),
        [frames.length, ids.length, count, POINT_STRIDE],
      );
    }
    const keypointNames = Object.fromEntries(
      Object.entries(sets).map(([name, set]) => [name, skeletonOf(set as Pose['set']).keypoints]),
    );
    entries['info.json'] = strToU8(
      `${JSON.stringify({ ...describeMaking(recording), sets, keypointNames }, null, 2)}\n`,
    );
    const files = Object.entries(entries).map(([name, bytes]) => ({ name, bytes }));
    const { extension, mediaType } = this;
    const notes = describeOtherSizes(recording);
    return { extension, mediaType, parts: zipEntries(files, info.created), notes };
  },
};

/** In 32 bits if all fit, as most programs have them. */
function toIntegers(values: readonly number[]): Int32Array | BigInt64Array {
  const isShort = values.every((value) => value === (value | 0));
  return isShort ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
}

const PARTS: readonly { readonly name: string; readonly poseOf: (person: Person) => Pose | null }[] = [
  { name: 'keypoints', poseOf: ({ body }) => body },
  { name: 'left_hand', poseOf: ({ leftHand }) => leftHand },
  { name: 'right_hand', poseOf: ({ rightHand }) => rightHand },
  { name: 'face', poseOf: ({ face }) => face ?? null },
];

interface Layout {
  readonly frames: readonly TrackedFrame[];
  /** Ids in the order of the people's axis. */
  readonly ids: readonly number[];
  /** Keypoints of a pose. */
  readonly count: number;
  readonly poseOf: (person: Person) => Pose | null;
}

/** The first three numbers of every keypoint of everybody in every frame. */
function gather(
  { frames, ids, count, poseOf }: Layout,
  valuesOf: (pose: Pose) => Float32Array | null,
  stride: number,
): Float32Array {
  const columnOf = new Map(ids.map((id, column) => [id, column]));
  const result = new Float32Array(frames.length * ids.length * count * POINT_STRIDE).fill(Number.NaN);
  for (const [row, { people }] of frames.entries()) {
    for (const person of people) {
      const pose = poseOf(person);
      const values = pose && valuesOf(pose);
      if (!values) continue;
      const start = (row * ids.length + (columnOf.get(person.id) ?? 0)) * count * POINT_STRIDE;
      for (let i = 0; i < count; i++) {
        // A missing keypoint's score is 0 and its place NaN: here all of it is NaN.
        if (!((values[i * stride + stride - 1] ?? 0) > 0)) continue;
        result.set(values.subarray(i * stride, i * stride + POINT_STRIDE), start + i * POINT_STRIDE);
      }
    }
  }
  return result;
}

/** The marks of every keypoint of everybody in every frame; `null`: there are none. */
function gatherMarks({ frames, ids, count, poseOf }: Layout): Uint8Array | null {
  const result = new Uint8Array(frames.length * ids.length * count);
  for (const [row, { people }] of frames.entries()) {
    for (const person of people) {
      const marks = poseOf(person)?.marks;
      if (marks) result.set(marks, (row * ids.length + ids.indexOf(person.id)) * count);
    }
  }
  return result.some((mark) => mark > 0) ? result : null;
}

/** The keypoint set of the first pose of a part; poses of other sets are left out of the array. */
function findSet({ frames }: Recording, poseOf: Layout['poseOf']): Pose['set'] | null {
  for (const { people } of frames) {
    for (const person of people) {
      const pose = poseOf(person);
      if (pose) return pose.set;
    }
  }
  return null;
}

function ofSet(pose: Pose | null, set: Pose['set']): Pose | null {
  return pose?.set === set ? pose : null;
}

function hasWorld({ frames }: Recording): boolean {
  return frames.some(({ people }) => people.some(({ body }) => body?.world));
}
