import type { Quaternion } from '../core/numbers/quaternion.ts';
import type { Vector3 } from '../core/numbers/vector.ts';

/**
 * Units and axes of files of motion in space. In all of them x points to the picture's right, and the axes are
 * right-handed: with y up, z points towards the viewer; with z up, y points away from the viewer.
 */
export const conventionIds = ['m-y-up', 'cm-y-up', 'mm-y-up', 'm-z-up', 'cm-z-up', 'mm-z-up'] as const;
export type ConventionId = (typeof conventionIds)[number];

/** What a file in space says of its numbers. */
export interface Convention {
  readonly unit: 'm' | 'cm' | 'mm';
  readonly up: 'y' | 'z';
  /** In words. */
  readonly axes: string;
}

const PER_METRE = { m: 1, cm: 100, mm: 1000 } as const;
const AXES = {
  y: 'x to the picture’s right, y up, z towards the viewer',
  z: 'x to the picture’s right, y away from the viewer, z up',
} as const;

export function conventionOf(id: ConventionId): Convention {
  const [unit, up] = id.split('-') as [Convention['unit'], Convention['up']];
  return { unit, up, axes: AXES[up] };
}

/** @param place in metres, y up, z towards the viewer */
export function toConvention([x, y, z]: Vector3, id: ConventionId): Vector3 {
  const { unit, up } = conventionOf(id);
  const scale = PER_METRE[unit];
  return up === 'y' ? [x * scale, y * scale, z * scale] : [x * scale, -z * scale, y * scale];
}

/** A turn from the axes of `toConvention`'s place. @param rotation x, y, z, w; in y up, z towards the viewer */
export function turnToConvention([x, y, z, w]: Quaternion, id: ConventionId): Quaternion {
  return conventionOf(id).up === 'y' ? [x, y, z, w] : [x, -z, y, w];
}
