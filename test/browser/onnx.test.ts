import { describe, expect, it } from 'vitest';
import { countSessionsOn } from '../helpers/counted-networks.ts';
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

it('Every session of ONNX Runtime is released, once, whatever happens to its network', async () => {
  const counts = await countSessionsOn(
    watched.page,
    ['ort-wasm', 'ort-wasm'],
    [
      'one that is opened and closed',
      'one that is closed while it looks at a picture',
      'one that is closed as it is given a picture',
      'one that is closed while it is opened',
      'another one, and maps',
      'an engine that fails, and the next one',
      'a finder beside',
      'a finder that can’t be opened',
      'hands beside',
      'an operator that is lacking',
      'no canvas for its pictures',
    ],
  );
  const lacking = expect.stringMatching(/uses the operator Frobnicate/);
  const canvas = expect.stringMatching(/gives workers no 2-D canvas/);
  expect(counts).toEqual({
    'one that is opened and closed': { created: 1, released: 1, failures: [] },
    'one that is closed while it looks at a picture': { created: 1, released: 1, failures: [] },
    'one that is closed as it is given a picture': {
      created: 1,
      released: 1,
      failures: ['The network was closed.'],
    },
    'one that is closed while it is opened': { created: 1, released: 1, failures: ['The model was closed.'] },
    'another one, and maps': { created: 3, released: 3, failures: [] },
    'an engine that fails, and the next one': { created: 2, released: 2, failures: ['ort-wasm: spoiled'] },
    'a finder beside': { created: 2, released: 2, failures: [] },
    'a finder that can’t be opened': { created: 1, released: 1, failures: [lacking] },
    'hands beside': { created: 2, released: 2, failures: [] },
    'an operator that is lacking': { created: 0, released: 0, failures: [lacking] },
    // Two engines, and the sentence that says that none is left.
    'no canvas for its pictures': { created: 0, released: 0, failures: [canvas, canvas, canvas] },
  });
});
