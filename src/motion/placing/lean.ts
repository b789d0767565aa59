import { mapPoses, type Person, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { medianOf } from '../../core/quantiles.ts';
import { type Quaternion, rotate } from '../../core/quaternion.ts';
import { Recording } from '../../core/recording.ts';
import { add, scale, subtract, type Vector3 } from '../../core/vector.ts';
import { LandmarkReader } from '../kinematics/rig.ts';
import { spatialPose } from './spatial-pose.ts';

/**
 * MediaPipe's bodies in the world lean towards a level camera by so much, in radians: 11.9° to 13.2° on three demo actors
 * with `mediapipe-pose-full`. So much of a lean says nothing of the camera.
 */
const MEDIAPIPE_LEAN = (12 * Math.PI) / 180;
const LEANING = 'blazepose-33';

/** How far somebody's body leans towards the viewer, at the median over a recording, in radians in the axes given. */
export function medianLean({ frames }: Recording): number {
  const readers = new Map<string, LandmarkReader>();
  const leans: number[] = [];
  for (const { people } of frames) {
    for (const person of people) {
      const pose = spatialPose(person);
      if (!pose) continue;
      const reader = readers.get(pose.set) ?? new LandmarkReader(pose.set);
      readers.set(pose.set, reader);
      const [left, right] = [reader.read(pose.world, 'leftAnkle'), reader.read(pose.world, 'rightAnkle')];
      const chest = reader.read(pose.world, 'chest');
      // Of who is seen only down to the hips, the trunk has to do.
      const low = left && right ? scale(add(left, right), 0.5) : reader.read(pose.world, 'hips');
      if (!low || !chest) continue;
      const along = subtract(chest, low);
      leans.push(Math.atan2(along[2], along[1]));
    }
  }
  return medianOf(leans) ?? 0;
}

/** How much of a lean may be MediaPipe's own; 0 of bodies that other networks have made. */
export function ownLean(recording: Recording, lean: number): number {
  const isMediaPipe = recording.frames.some(({ people }) =>
    people.some((person) => spatialPose(person)?.set === LEANING),
  );
  return isMediaPipe ? Math.min(MEDIAPIPE_LEAN, Math.max(0, lean)) : 0;
}

/** MediaPipe's bodies set upright by an angle about the camera's x; hands go with them, lifted joints stay. */
export function setUpright(recording: Recording, angle: number): Recording {
  if (angle === 0) return recording;
  const turn: Quaternion = [-Math.sin(angle / 2), 0, 0, Math.cos(angle / 2)];
  return new Recording(
    recording.info,
    recording.frames.map((frame) => ({
      ...frame,
      people: frame.people.map((person) =>
        person.body?.set === LEANING ? turnWorld(person, turn, (part) => part !== 'lifted') : person,
      ),
    })),
  );
}

/** Somebody's world keypoints turned about their origin. */
export function turnWorld(
  person: Person,
  rotation: Quaternion,
  isMeant: (part: string) => boolean = () => true,
): Person {
  return mapPoses(person, (pose, part) =>
    isMeant(part) ? mapWorld(pose, (at) => rotate(rotation, at)) : pose,
  );
}

export function mapWorld(pose: Pose, change: (at: Vector3) => Vector3): Pose {
  if (!pose.world) return pose;
  const world = pose.world.slice();
  for (let at = 0; at < world.length; at += WORLD_STRIDE) {
    world.set(
      change([world[at] ?? Number.NaN, world[at + 1] ?? Number.NaN, world[at + 2] ?? Number.NaN]),
      at,
    );
  }
  return { ...pose, world };
}
