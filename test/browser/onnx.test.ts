import { describe, expect, it } from 'vitest';
import { expectDrawn, lookAtDrawnMaps } from '../helpers/drawn-onnx-maps.ts';
import { hasSharedData } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { lookWithYolox, YOLOX_PICTURES } from '../helpers/yolox-pictures.ts';

const watched = useHarness();

describe.skipIf(!hasSharedData)('YOLOX nano with its real weights', () => {
  it('finds the people of three pictures on WASM', async () => {
    const { boxes, ...found } = await lookWithYolox(watched.page, ['ort-wasm']);
    expect(found).toMatchObject({ engine: 'ort-wasm', failures: [] });
    for (const [i, [name, score]] of YOLOX_PICTURES.entries()) {
      expect(boxes[i]?.[0]?.score, name).toBeGreaterThanOrEqual(0.85);
      expect(boxes[i]?.[0]?.score, name).toBeCloseTo(score, 2);
    }
  });
});

it('An ONNX network of OpenPose’s kind gives the people that its maps show, in the frame', async () => {
  const { found, person } = await lookAtDrawnMaps(watched.page, 'ort-wasm');
  expect(found).toMatchObject({ engine: 'ort-wasm', failures: [] });
  expectDrawn(found, person);
});
