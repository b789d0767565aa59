import { cross, dot, lengthOf, normalize, subtract, type Vector3 } from '../../../core/numbers/vector.ts';
import type { SeenView, ViewDirection } from './framing.ts';
import { FIELD_OF_VIEW } from './framing.ts';

/** An end of one of the room's axes as it is seen. */
export interface SeenAxis {
  /** The view that looks along it, towards the middle. */
  readonly view: ViewDirection;
  readonly axis: 'x' | 'y' | 'z';
  readonly isPositive: boolean;
  /** −1 to 1, right and up on the screen, and towards the viewer. */
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

const AXES: readonly (readonly [ViewDirection, SeenAxis['axis'], boolean, Vector3])[] = [
  ['side', 'x', true, [1, 0, 0]],
  ['left', 'x', false, [-1, 0, 0]],
  ['top', 'y', true, [0, 1, 0]],
  ['below', 'y', false, [0, -1, 0]],
  ['front', 'z', true, [0, 0, 1]],
  ['back', 'z', false, [0, 0, -1]],
];

/** How the room's axes lie on the screen, the furthest first. */
export function axesOf({ position, target }: SeenView): SeenAxis[] {
  const towards = normalize(subtract(position, target)) ?? [0, 0, 1];
  const right = normalize(cross([0, 1, 0], towards)) ?? [1, 0, 0];
  const up = cross(towards, right);
  return AXES.map(([view, axis, isPositive, direction]) => ({
    view,
    axis,
    isPositive,
    x: dot(direction, right),
    y: dot(direction, up),
    depth: dot(direction, towards),
  })).sort((a, b) => a.depth - b.depth);
}

/** A length that is easily read, as it is seen at what is looked at. */
export interface ScaleBar {
  readonly metres: number;
  /** CSS pixels. */
  readonly pixels: number;
}

/** The longest bar of 1, 2 or 5 times a power of ten metres that isn't longer than some pixels. @param height of the view in CSS pixels */
export function scaleBarOf({ position, target }: SeenView, height: number, most: number): ScaleBar {
  const offset = subtract(position, target);
  const distance = lengthOf(offset);
  const metresPerPixel = (2 * distance * Math.tan((FIELD_OF_VIEW * Math.PI) / 360)) / Math.max(1, height);
  const longest = metresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(longest));
  const factor = [5, 2].find((each) => each * power <= longest) ?? 1;
  const metres = factor * power;
  return { metres, pixels: metres / metresPerPixel };
}
