import type { Vector3 } from '../core/numbers/vector.ts';
import { type KeypointSetId, WORLD_STRIDE } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';

/*
 * OpenPose's 3-D (`--3d`) is triangulated from cameras that OpenCV has calibrated, in the frame of the first of them: x to
 * the right, y down, z away from it (openpose, doc/advanced/3d_reconstruction_module.md; OpenCV, Camera Calibration and 3D
 * Reconstruction). World keypoints have y up, z towards the viewer, and an origin of their own (convention S2).
 */

export interface FromOpenPoseSpace {
  /** As {@link import('../core/pose.ts').Pose.world}. */
  readonly world: Float32Array;
  /** Where its origin is in OpenPose's space. */
  readonly origin: Vector3;
}

/** Keypoints of OpenPose's space as world keypoints. @param flat x, y, z, score for each; score 0: missing */
export function fromOpenPoseSpace(set: KeypointSetId, flat: readonly number[]): FromOpenPoseSpace {
  const places = Array.from({ length: flat.length / WORLD_STRIDE }, (_, i): Vector3 | null => {
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN, score = 0] = flat.slice(
      i * WORLD_STRIDE,
      (i + 1) * WORLD_STRIDE,
    );
    return score > 0 && !Number.isNaN(x + y + z) ? [x, y, z] : null;
  });
  const origin = originOf(set, places);
  const world = new Float32Array(flat.length);
  for (const [i, place] of places.entries()) {
    const score = Math.min(1, flat[i * WORLD_STRIDE + WORLD_STRIDE - 1] ?? 0);
    world.set(
      place
        ? [place[0] - origin[0], origin[1] - place[1], origin[2] - place[2], score]
        : [Number.NaN, Number.NaN, Number.NaN, 0],
      i * WORLD_STRIDE,
    );
  }
  return { world, origin };
}

/** The other way round: x, y, z, score of every keypoint; what is missing stays NaN. */
export function toOpenPoseSpace(world: Float32Array, [x, y, z]: Vector3): number[] {
  return Array.from(world, (value, at) => {
    switch (at % WORLD_STRIDE) {
      case 0:
        return x + value;
      case 1:
        return y - value;
      case 2:
        return z - value;
      default:
        return value;
    }
  });
}

/** The pelvis: the middle of the hips; else, as of hands and faces, the middle of all that is there. */
function originOf(set: KeypointSetId, places: readonly (Vector3 | null)[]): Vector3 {
  const names = skeletonOf(set).keypoints;
  const hips = ['left_hip', 'right_hip'].map((name) => places[names.indexOf(name)] ?? null);
  const [left, right] = hips;
  const there = left && right ? [left, right] : places.filter((place) => place !== null);
  const mean = (axis: 0 | 1 | 2): number =>
    there.reduce((sum, place) => sum + place[axis], 0) / Math.max(1, there.length);
  return [mean(0), mean(1), mean(2)];
}
