import { POINT_STRIDE } from '../../core/pose.ts';

/** Nobody is as small as this in pixels: coordinates up to here are shares of the picture's size. */
const LARGEST_SHARE = 2;
/** Shares that go below this are from −1 to 1, not from 0 to 1 (people may reach a little beyond the picture). */
const SMALLEST_SHARE_FROM_ZERO = -0.1;
/** Pixels of the picture, where shares are all that is known. */
export const SUPPOSED_SIZE = { width: 1920, height: 1080 } as const;

/** Of all coordinates that are there; without any, from ∞ to −∞. */
export interface CoordinateRange {
  readonly lowest: number;
  readonly highest: number;
}

/** The range of keypoints (x, y, score) with a score over 0, whose places are numbers. */
export function rangeOf(lists: Iterable<readonly number[]>): CoordinateRange {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of lists) {
    for (let at = 0; at < list.length; at += POINT_STRIDE) {
      const x = list[at] ?? Number.NaN;
      const y = list[at + 1] ?? Number.NaN;
      if (!((list[at + 2] ?? 0) > 0) || Number.isNaN(x + y)) continue;
      lowest = Math.min(lowest, x, y);
      highest = Math.max(highest, x, y);
    }
  }
  return { lowest, highest };
}

/** What coordinates are, by their range. */
export function kindOfCoordinates({
  lowest,
  highest,
}: CoordinateRange): 'pixels' | 'shares from 0' | 'shares from −1' {
  if (lowest > highest || Math.max(Math.abs(lowest), highest) > LARGEST_SHARE) return 'pixels';
  return lowest >= SMALLEST_SHARE_FROM_ZERO ? 'shares from 0' : 'shares from −1';
}

/** What is said of shares. @param range from where to where they go, in words */
export function describeSupposedSize(range: string): string {
  const { width, height } = SUPPOSED_SIZE;
  return `Coordinates go from ${range}, and the picture’s size isn’t in the file: ${width} × ${height} pixels are supposed. Beside their video, they have its size.`;
}
