import { afterAll, expect, it, vi } from 'vitest';
import { Pipeline } from '../../../src/app/live/pipeline.ts';
import { createFrame } from '../../../src/core/frame.ts';
import type { FrameSource, SourceFrame } from '../../../src/sources/source.ts';
import { bodyAt } from '../../helpers/people.ts';

/** Node has no pictures of its own. */
class Picture {
  readonly width = 640;
  readonly height = 480;
  close(): void {}
}
vi.stubGlobal('ImageBitmap', Picture);
afterAll(() => vi.unstubAllGlobals());

/** The ids of somebody who stands at the same place in three pictures, a second apart. */
async function idsOf(isStill: boolean): Promise<(number | undefined)[]> {
  const waiting = [0, 1, 2].map(
    (time): SourceFrame =>
      createFrame({ image: new Picture() as unknown as ImageBitmap, width: 640, height: 480, time }),
  );
  const source = {
    info: { isStill },
    next: () => Promise.resolve(waiting.shift() ?? null),
  } as unknown as FrameSource;
  const ids: (number | undefined)[] = [];
  const pipeline = new Pipeline({
    source,
    estimate: ({ image }) =>
      Promise.resolve({ image, milliseconds: 1, detections: { bodies: [bodyAt(300, 200)], hands: [] } }),
    smoothing: () => null,
    onTracked: ({ tracked }) => ids.push(tracked.people[0]?.id),
    onFrameLost: (error) => {
      throw error;
    },
  });
  await pipeline.run();
  return ids;
}

it('nobody is followed from one single picture to the next', async () => {
  expect(await idsOf(true)).toEqual([0, 1, 2]);
});

it('everybody is followed through a film', async () => {
  expect(await idsOf(false)).toEqual([0, 0, 0]);
});
