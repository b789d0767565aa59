import { invert, rotate } from '../../core/numbers/quaternion.ts';
import { type Person, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';
import { human36m17 } from '../../skeletons/sets/human36m17.ts';
import type { Exporter } from '../exporter.ts';
import { ensureFits } from '../writing/capacity.ts';
import { idsOf } from '../writing/ids.ts';
import { lacksWorld } from '../writing/markers.ts';
import { writePersonFiles } from '../writing/per-person.ts';
import { writeNpy } from './write-array.ts';

const JOINTS = human36m17.keypoints.length;
const AXES = 3;

/**
 * What VideoPose3D's `--viz-export` writes: an array (frames, 17, 3) of float32 a person, Human3.6M's joints in metres with
 * the camera's axes (x to the right, y down, z away from it), from the hip. A frame for every frame of the recording; NaN
 * where somebody isn't there. What was lifted comes first, else the model's own world keypoints are mapped to those joints.
 *
 * Format: facebookresearch/VideoPose3D, run.py.
 */
export const vizNpy: Exporter = {
  id: 'viz-npy',
  label: 'VideoPose3D joints (.npy)',
  extension: '.npy',
  mediaType: 'application/octet-stream',
  clock: 'none',
  isPerPerson: true,
  leftOut: () => ({
    isLeftOut: (person) => !spatialBody(person),
    why: 'they have no body in 3-D that gives Human3.6M’s joints',
  }),
  write(recording) {
    ensureFits(idsOf(recording).length * recording.frames.length * JOINTS * AXES * 4, this.label);
    const people = [...readJoints(recording)].sort(([a], [b]) => a - b);
    if (people.length === 0) throw lacksWorld();
    const shape = [recording.frames.length, JOINTS, AXES];
    return writePersonFiles(recording, {
      ...this,
      files: people.map(([id, values]) => ({ id, write: () => [writeNpy(values, shape)] })),
      singleExtension: '_3d.npy',
      zipExtension: '_3d.zip',
      singleNotes: [
        'An .npy file has no room to say how it was made, or when its frames were: Limn JSON has.',
      ],
    });
  },
};

/** The body that somebody's joints are of; `null`: there is none. */
function spatialBody({ lifted, body }: Person): Pose | null {
  if (lifted?.world) return lifted;
  return body?.world && canConvert(body.set, human36m17.id) ? body : null;
}

/** Somebody's joints; `null`: they have none. */
function jointsOf(person: Person): Pose | null {
  const pose = spatialBody(person);
  return pose && pose !== person.lifted ? convertPose(pose, human36m17.id) : pose;
}

/** By person x, y, z by frame and joint. */
function readJoints({ info, frames }: Recording): Map<number, Float32Array> {
  const people = new Map<number, Float32Array>();
  const length = frames.length * JOINTS * AXES;
  // Who has been placed has the room's axes.
  const toCamera = info.camera ? invert(info.camera.rotation) : null;
  for (const [i, frame] of frames.entries()) {
    for (const person of frame.people) {
      const world = jointsOf(person)?.world;
      if (!world) continue;
      const values = people.get(person.id) ?? new Float32Array(length).fill(Number.NaN);
      people.set(person.id, values);
      const at = (joint: number): readonly [number, number, number] => {
        const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = world.subarray(joint * WORLD_STRIDE);
        return toCamera ? rotate(toCamera, [x, y, z]) : [x, y, z];
      };
      const [hx, hy, hz] = at(0);
      for (let joint = 0; joint < JOINTS; joint++) {
        const [x, y, z] = at(joint);
        values.set([x - hx, hy - y, hz - z], (i * JOINTS + joint) * AXES);
      }
    }
  }
  return people;
}
