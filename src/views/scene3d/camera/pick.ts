import { type PerspectiveCamera, Vector3 } from 'three';
import { type KeypointSetId, WORLD_STRIDE } from '../../../core/pose.ts';
import type { StandingPerson } from '../../../motion/placing/standing.ts';
import { isJointSeen } from '../../../skeletons/derived-body.ts';
import { skeletonOf } from '../../../skeletons/registry.ts';
import { figurePlan } from '../figure/figure-plan.ts';

/** CSS pixels around a limb in which it is still meant. */
const REACH = 26;

/**
 * Who is at a place of the view: the one with the nearest limb.
 *
 * @param x CSS pixels from the left edge of the view of `width` and `height`, `y` from its top
 * @returns their id; `null`: nobody is near
 */
export function personAt(
  people: readonly StandingPerson[],
  camera: PerspectiveCamera,
  isMirrored: boolean,
  threshold: number,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): number | null {
  const place = new Vector3();
  const toView = (positions: Float32Array, joint: number): readonly [number, number] | null => {
    if (!isJointSeen(positions, joint, threshold)) return null;
    const at = joint * WORLD_STRIDE;
    const side = (positions[at] ?? 0) * (isMirrored ? -1 : 1);
    place.set(side, positions[at + 1] ?? 0, positions[at + 2] ?? 0).project(camera);
    return place.z > 1 ? null : [((place.x + 1) / 2) * width, ((1 - place.y) / 2) * height];
  };
  let nearest: { id: number; distance: number } | null = null;
  for (const { id, poses } of people) {
    for (const { pose, positions } of poses) {
      // The spine is between keypoints: lines across the trunk stand for it.
      const lines = [
        ...figurePlan(pose.set).parts.map(({ from, to }) => [from, to] as const),
        ...trunkOf(pose.set),
      ];
      for (const [from, to] of lines) {
        const [a, b] = [toView(positions, from), toView(positions, to)];
        if (!a && !b) continue;
        const distance = distanceToLine(x, y, a ?? b ?? [0, 0], b ?? a ?? [0, 0]);
        if (distance <= REACH && distance < (nearest?.distance ?? Infinity)) nearest = { id, distance };
      }
    }
  }
  return nearest?.id ?? null;
}

/** From each shoulder to the other side's hip. */
function trunkOf(set: KeypointSetId): (readonly [number, number])[] {
  const { keypoints } = skeletonOf(set);
  const at = (name: string): number => keypoints.indexOf(name);
  return [
    [at('left_shoulder'), at('right_hip')],
    [at('right_shoulder'), at('left_hip')],
  ];
}

function distanceToLine(
  x: number,
  y: number,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
