import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromPlainFrame } from '../../../src/core/plain-recording.ts';
import { accuracyOf } from '../../../src/evaluation/average-precision.ts';
import { toEvaluatedPictures } from '../../../src/evaluation/evaluated-pictures.ts';
import { readAnnotations } from '../../../src/evaluation/read-annotations.ts';
import type { Frame } from '../../../src/index.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const PEOPLE = 8;

/** A model's frames of the ten photos, each named like its photo, as `npm run bench -- accuracy` takes them. */
async function trackPhotos(model: string): Promise<(Frame & { readonly name: string })[]> {
  const names = readdirSync(sharedPath('images')).filter((name) => /^coco_.*\.jpg$/.test(name));
  expect(names).toHaveLength(10);
  return watched.page.evaluate(
    async ({ model, people, photos }) => {
      const { limn, toBlob } = window.harness;
      const most = limn.models().find(({ id }) => id === model)?.maximumPeople ?? people;
      const found = [];
      for (const { name, base64 } of photos) {
        const { frames } = await limn.analyze(new File([toBlob(base64)], name), {
          model,
          engine: 'wasm',
          people: Math.min(people, most),
        });
        found.push(...frames.map((frame) => ({ ...frame, name })));
      }
      return found;
    },
    {
      model,
      people: PEOPLE,
      photos: names.map((name) => ({ name, base64: readBase64(sharedPath(`images/${name}`)) })),
    },
  );
}

/**
 * Bounds lie a little under what was measured: average precision over all people, and how many are found at a similarity of 0.5,
 * of the 60 who have keypoints (`npm run bench -- accuracy --coco test/fixtures/coco-ten,../shared/testdata/images`).
 */
describe.skipIf(!hasSharedData)('On ten photos of COCO, people are found as exactly as before', () => {
  it.each([
    { model: 'openpose-mobilenet', precision: 0.19, found: 20 },
    { model: 'movenet-multipose', precision: 0.215, found: 20 },
    { model: 'mediapipe-pose-full', precision: 0.18, found: 18 },
  ])('by $model', async ({ model, precision, found }) => {
    const bytes = new Uint8Array(
      readFileSync(new URL('../../fixtures/coco-ten/annotations.json', import.meta.url)),
    );
    const annotations = readAnnotations({ name: 'annotations.json', bytes });
    const pictures = toEvaluatedPictures((await trackPhotos(model)).map(fromPlainFrame), annotations);
    expect(pictures).toHaveLength(10);
    const accuracy = accuracyOf(pictures);
    expect(accuracy.people).toBe(60);
    expect(accuracy.averagePrecision).toBeGreaterThan(precision);
    expect(accuracy.found).toBeGreaterThanOrEqual(found);
  });
});
