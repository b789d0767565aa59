import type { PicturePoint } from './angle-corner.ts';

/** What is measured between points of the picture: a distance between two, or the angle at the second of three. */
export type MeasureKind = 'distance' | 'angle';

export interface PictureMeasure {
  readonly kind: MeasureKind;
  /** In pixels of the frame; fewer than `pointsOf` while it is being made. */
  readonly points: readonly PicturePoint[];
}

/** How many points a measure takes. */
export function pointsOf(kind: MeasureKind): number {
  return kind === 'distance' ? 2 : 3;
}

/**
 * A distance in pixels of the frame, or the angle at the second point in degrees, 0 to 180: as seen in the picture. NaN: points are
 * lacking, or lie on one another where an angle is asked for.
 */
export function measureOf({ kind, points }: PictureMeasure): number {
  const [a, b, c] = points;
  if (!a || !b) return Number.NaN;
  const first = { x: a.x - b.x, y: a.y - b.y };
  if (kind === 'distance') return Math.hypot(first.x, first.y);
  if (!c) return Number.NaN;
  const second = { x: c.x - b.x, y: c.y - b.y };
  if (Math.hypot(first.x, first.y) === 0 || Math.hypot(second.x, second.y) === 0) return Number.NaN;
  const across = first.x * second.y - first.y * second.x;
  const along = first.x * second.x + first.y * second.y;
  return (Math.atan2(Math.abs(across), along) * 180) / Math.PI;
}
