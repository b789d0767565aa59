import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GPU_FRAMES } from '../helpers/browser.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness({ extraArguments: GPU_FRAMES });
const clip = new URL('../fixtures/actor.mp4', import.meta.url);

it('makes networks’ pictures on the GPU as on the CPU', async () => {
  const differences = await watched.page.evaluate((base64) => {
    const { compareSampling, toBlob } = window.harness;
    return compareSampling(toBlob(base64), [
      [{ x: 320, y: 240, size: 640, rotation: 0 }, 'zero'],
      [{ x: 150.3, y: 100.7, size: 117.9, rotation: 0.4 }, 'replicate'],
      [{ x: 20, y: 200, size: 150, rotation: -2.1 }, 'replicate'],
      [{ x: 20, y: 200, size: 150, rotation: 3 }, 'zero'],
    ]);
  }, readFileSync(clip).toString('base64'));
  expect(differences).toHaveLength(8);
  for (const { mean, off, isAllSame } of differences ?? []) {
    expect(isAllSame).toBe(false);
    // Colours of films, of which there is one for 2 × 2 pixels, are spread otherwise there.
    expect(mean).toBeLessThan(0.6);
    expect(off).toBeLessThan(0.06);
  }
});
