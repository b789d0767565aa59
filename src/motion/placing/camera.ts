import { invert, rotate } from '../../core/numbers/quaternion.ts';
import { subtract, type Vector3 } from '../../core/numbers/vector.ts';
import type { RoomCamera } from '../../core/recording.ts';

/** A pinhole camera's picture: all in pixels, the optical axis through its middle. */
export interface Pinhole {
  readonly focalLength: number;
  readonly centreX: number;
  readonly centreY: number;
}

const RADIANS = Math.PI / 180;
/** The horizontal angle of common webcams and phones; what is supposed where nothing is known, in degrees. */
export const USUAL_FIELD_OF_VIEW = 60;

/** @param fieldOfView degrees that the longer side of the picture spans */
export function pinholeOf(fieldOfView: number, width: number, height: number): Pinhole {
  const focalLength = Math.max(width, height) / 2 / Math.tan((fieldOfView * RADIANS) / 2);
  return { focalLength, centreX: width / 2, centreY: height / 2 };
}

/** The angle that the longer side spans, where one knows that of the height, both in degrees. */
export function alongLongerSide(verticalFieldOfView: number, width: number, height: number): number {
  const half = Math.tan((verticalFieldOfView * RADIANS) / 2) * (Math.max(width, height) / height);
  return (2 * Math.atan(half)) / RADIANS;
}

/** Where the ray through a pixel is, one metre in front of the camera: x to the right, y up. */
export function rayThrough(
  { focalLength, centreX, centreY }: Pinhole,
  x: number,
  y: number,
): readonly [number, number] {
  return [(x - centreX) / focalLength, (centreY - y) / focalLength];
}

/** A place in the room as a pixel; NaN behind the camera. */
export function projectToPicture(
  { focalLength, centreX, centreY }: Pinhole,
  { position, rotation }: Pick<RoomCamera, 'position' | 'rotation'>,
  place: Vector3,
): readonly [x: number, y: number] {
  const [x, y, z] = rotate(invert(rotation), subtract(place, position));
  if (z >= 0) return [Number.NaN, Number.NaN];
  return [centreX + (focalLength * x) / -z, centreY - (focalLength * y) / -z];
}
