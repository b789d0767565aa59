import { add, lengthOf, subtract, type Vector3 } from '../../../core/numbers/vector.ts';
import type { Viewpoint } from './framing.ts';

/** Straight up and down there would be no upwards: so near to it the camera comes, in radians. */
const STEEPEST = Math.PI / 2 - 0.002;

/**
 * Where the camera is after it has gone round what it looks at.
 *
 * @param turn radians to the right  @param rise radians up  @param factor of the distance
 */
export function orbit({ position, target }: Viewpoint, turn: number, rise: number, factor: number): Vector3 {
  const offset = subtract(position, target);
  const distance = Math.max(1e-6, lengthOf(offset));
  const azimuth = Math.atan2(offset[0], offset[2]) + turn;
  const elevation = Math.asin(Math.max(-1, Math.min(1, offset[1] / distance))) + rise;
  const steep = Math.max(-STEEPEST, Math.min(STEEPEST, elevation));
  const level = distance * factor * Math.cos(steep);
  const around: Vector3 = [
    level * Math.sin(azimuth),
    distance * factor * Math.sin(steep),
    level * Math.cos(azimuth),
  ];
  return add(target, around);
}
