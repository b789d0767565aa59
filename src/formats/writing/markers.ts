import { LimnError } from '../../core/errors.ts';
import { type KeypointSetId, keypointCount } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { spatialPose } from '../../motion/placing/spatial-pose.ts';
import { standPeople } from '../../motion/placing/standing.ts';
import { type ConventionId, toConvention } from '../convention.ts';
import { markersByFirstSet } from './who-fits.ts';

/** A person's keypoints in space, frame by frame of the recording. */
export interface MarkerPerson {
  readonly id: number;
  readonly set: KeypointSetId;
  /** By frame: x, y, z per keypoint, NaN where missing; `null`: the person is not there. */
  readonly frames: readonly (Float32Array | null)[];
}

const STRIDE = 4;
const AXES = 3;

/**
 * The bodies of all people in the room, feet on the floor.
 *
 * @param convention units and axes of their places
 * @throws {LimnError} if there are no world keypoints
 */
export function findMarkers(recording: Recording, convention: ConventionId): MarkerPerson[] {
  const { info, frames } = recording;
  const people = new Map<number, { set: KeypointSetId; frames: (Float32Array | null)[] }>();
  const hasMarkers = markersByFirstSet();
  for (const [position, frame] of frames.entries()) {
    const { width = info.width, height = info.height } = frame;
    const standing = standPeople(frame.people.filter(hasMarkers), width, height);
    for (const { id, poses } of standing) {
      const body = poses.find(({ pose }) => pose.set !== 'hand-21');
      if (!body) continue;
      const { set } = body.pose;
      const person = people.get(id) ?? { set, frames: new Array<null>(frames.length).fill(null) };
      people.set(id, person);
      const places = new Float32Array(keypointCount(body.pose) * AXES).fill(Number.NaN);
      for (let i = 0; i < keypointCount(body.pose); i++) {
        if (!((body.positions[i * STRIDE + AXES] ?? 0) > 0)) continue;
        const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = body.positions.subarray(i * STRIDE);
        places.set(toConvention([x, y, z], convention), i * AXES);
      }
      person.frames[position] = places;
    }
  }
  if (people.size === 0) throw lacksWorld();
  return [...people.entries()]
    .sort(([a], [b]) => a - b)
    .map(([id, { set, frames: places }]) => ({ id, set, frames: places }));
}

/** @param recording nobody of which has a rig's pose */
export function lacksRig({ frames }: Recording): LimnError {
  const hasSpace = frames.some(({ people }) => people.some(spatialPose));
  if (!hasSpace) return lacksWorld();
  return new LimnError(
    'A skeleton is posed by hips and shoulders, and nobody in this recording has them in 3-D. Choose C3D or TRC, which hold each keypoint by itself.',
  );
}

export function lacksWorld(): LimnError {
  return new LimnError(
    'This format holds people in space, and this recording has no keypoints in 3-D. Track with a model that gives them (MediaPipe Pose), or choose a format for 2-D.',
  );
}
