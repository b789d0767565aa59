import { append } from '../../core/lists.ts';
import { medianOf } from '../../core/numbers/quantiles.ts';
import { lengthOf, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import {
  type KeypointSetId,
  keypointCount,
  type Pose,
  pointScore,
  pointX,
  pointY,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { landmarkReader } from '../kinematics/rig.ts';

/** Trunk, thigh and shank together are this share of the body's height (Winter, Biomechanics, 2009, figure 4.1). */
const TRUNK_AND_LEG_SHARE = 0.288 + 0.245 + 0.246;
const USUAL_HEIGHT = 1.7;

/**
 * How tall somebody is, in metres: by the medians of trunk, thigh and shank over all poses; that of an adult if their
 * bones aren't to be seen.
 *
 * @param worlds x, y, z, score a keypoint, in metres
 */
export function bodyHeight(set: KeypointSetId, worlds: Iterable<Float32Array>): number {
  return measuredHeight(set, worlds) ?? USUAL_HEIGHT;
}

/**
 * How tall somebody is in the picture, in pixels, by trunk, thigh and shank as they are seen: right where they are straight and
 * across the line of sight. `null`: one of these isn't seen.
 *
 * @param threshold 0 to 1: keypoints with a lower score count as missing
 */
export function heightInPicture(pose: Pose, threshold: number): number | null {
  const flat = new Float32Array(keypointCount(pose) * WORLD_STRIDE);
  for (let i = 0; i < keypointCount(pose); i++) {
    const score = pointScore(pose, i);
    flat.set([pointX(pose, i), pointY(pose, i), 0, score >= threshold ? score : 0], i * WORLD_STRIDE);
  }
  return measuredHeight(pose.set, [flat]);
}

function measuredHeight(set: KeypointSetId, worlds: Iterable<Float32Array>): number | null {
  const reader = landmarkReader(set);
  const [trunks, thighs, shanks]: [number[], number[], number[]] = [[], [], []];
  for (const world of worlds) {
    if (world.length < WORLD_STRIDE) continue;
    const between = (a: Vector3 | null, b: Vector3 | null): number[] =>
      a && b ? [lengthOf(subtract(a, b))] : [];
    append(trunks, between(reader.read(world, 'hips'), reader.read(world, 'chest')));
    for (const side of ['left', 'right'] as const) {
      const knee = reader.read(world, `${side}Knee`);
      append(thighs, between(reader.read(world, `${side}Hip`), knee));
      append(shanks, between(knee, reader.read(world, `${side}Ankle`)));
    }
  }
  const [trunk, thigh, shank] = [medianOf(trunks), medianOf(thighs), medianOf(shanks)];
  if (trunk === null || thigh === null || shank === null) return null;
  return (trunk + thigh + shank) / TRUNK_AND_LEG_SHARE;
}
