import { beforeAll, describe, expect, it } from 'vitest';
import { hasRealWeights, realAddress, serveRealWeights } from '../helpers/real-weights.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const model = (): [string, string] => [
  realAddress('humanModels', 'models/movenet-multipose.json'),
  realAddress('humanModels', 'models/movenet-multipose.bin'),
];
const picture = (name: string): string => readBase64(sharedPath(`images/${name}.jpg`));

describe.skipIf(!hasRealWeights || !hasSharedData)('MoveNet multipose', () => {
  beforeAll(() => serveRealWeights(watched.page));

  it.each([
    'litert-wasm',
    'tfjs-wasm',
  ] as const)('gives on %s the people that its whole graph gives', async (engine) => {
    const differences = await watched.page.evaluate(
      ({ model, pictures, sizes, engine }) => window.harness.compareMultipose(model, pictures, sizes, engine),
      {
        model: model(),
        pictures: [picture('tfpose_p2'), picture('coco_000000000328')],
        sizes: [
          { width: 256, height: 192 },
          { width: 96, height: 256 },
        ],
        engine,
      },
    );
    expect(differences).toHaveLength(4);
    for (const { pixels, scores } of differences) {
      expect(pixels).toBeLessThan(0.001);
      expect(scores).toBeLessThan(1e-4);
    }
    expect(differences.reduce((sum, { people }) => sum + people, 0)).toBeGreaterThan(8);
  });
});
