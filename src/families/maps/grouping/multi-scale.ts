import type { PictureMaps } from './people.ts';

/**
 * The mean of maps of the same picture at several sizes, on the grid of the first: as OpenPose averages them
 * (src/openpose/net/resizeAndMergeBase.cpp), but before they are brought to the picture's size. Bilinear: maps that are
 * smaller by a quarter or a half have nothing finer to give.
 *
 * @param fills how much of each one's width and height the frame fills; 0 to 1
 */
export function averageMaps(
  all: readonly (PictureMaps & { readonly fillX: number; readonly fillY: number })[],
): PictureMaps {
  const [first, ...others] = all;
  if (!first) throw new Error('There are no maps to be averaged.');
  if (others.length === 0) return first;
  const { width, height } = first;
  const channels = first.values.length / (width * height);
  const values = first.values.slice();
  for (const other of others) {
    const [stepX, stepY] = [
      (other.fillX * other.width) / (first.fillX * width),
      (other.fillY * other.height) / (first.fillY * height),
    ];
    for (let y = 0; y < height; y++) {
      const [row, nextRow, shareY] = place(y, stepY, other.height);
      for (let x = 0; x < width; x++) {
        const [column, nextColumn, shareX] = place(x, stepX, other.width);
        for (let channel = 0; channel < channels; channel++) {
          const at = channel * other.width * other.height;
          const read = (j: number, i: number): number => other.values[at + j * other.width + i] ?? 0;
          const above = read(row, column) * (1 - shareX) + read(row, nextColumn) * shareX;
          const below = read(nextRow, column) * (1 - shareX) + read(nextRow, nextColumn) * shareX;
          const target = (channel * height + y) * width + x;
          values[target] = (values[target] ?? 0) + above * (1 - shareY) + below * shareY;
        }
      }
    }
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / all.length;
  return { values, width, height };
}

/** The two cells around the middle of one, and the second's share. */
function place(cell: number, step: number, size: number): readonly [number, number, number] {
  const middle = Math.min(size - 1, Math.max(0, (cell + 0.5) * step - 0.5));
  const first = Math.floor(middle);
  return [first, Math.min(size - 1, first + 1), middle - first];
}
