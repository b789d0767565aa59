import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PlainMask } from '../../src/core/plain-recording.ts';
import type { Frame, Recording } from '../../src/index.ts';
import { readBase64, sharedPath } from './shared-data.ts';

/** Who is found in a photo on an engine, with masks unless the options say otherwise. @param name of a picture in testdata */
export const findMasks = (
  page: Page,
  name: string,
  engine: string,
  options: object,
): Promise<{ people: Frame['people']; run: Recording['info']['runs'][number] | undefined }> =>
  page.evaluate(
    async ({ picture, engine, options }) => {
      const { limn, toBlob } = window.harness;
      const file = new File([toBlob(picture)], 'photo.jpg');
      const { frames, info } = await limn.analyze(file, { engine, masks: true, ...options });
      return { people: frames[0]?.people ?? [], run: info.runs[0] };
    },
    { picture: readBase64(sharedPath(`images/${name}`)), engine, options },
  );

/** Pixels of the frame that are the person's, as `x,y`. */
export function pixelsOf({ left, top, width, height, columns, rows, runs }: PlainMask): Set<string> {
  const cells = runs.flatMap((length, i) => Array<boolean>(length).fill(i % 2 === 1));
  expect(cells).toHaveLength(columns * rows);
  const pixels = new Set<string>();
  for (let y = Math.ceil(top); y < top + height; y++) {
    for (let x = Math.ceil(left); x < left + width; x++) {
      const [column, row] = [
        Math.floor(((x - left) / width) * columns),
        Math.floor(((y - top) / height) * rows),
      ];
      if (cells[row * columns + column]) pixels.add(`${x},${y}`);
    }
  }
  return pixels;
}

/** Intersection over union. */
export function maskOverlap(mask: PlainMask, other: PlainMask): number {
  const [a, b] = [pixelsOf(mask), pixelsOf(other)];
  const both = [...a].filter((pixel) => b.has(pixel)).length;
  return both / (a.size + b.size - both);
}
