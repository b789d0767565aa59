import { expect, it } from 'vitest';
import { expectDrawn, lookAtDrawnMaps } from '../../helpers/drawn-onnx-maps.ts';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';
import { lookWithYolox } from '../../helpers/yolox-pictures.ts';

const watched = useHarness();

it.skipIf(!hasSharedData)(
  'YOLOX nano finds the same boxes on WASM and on WebGPU, within a pixel',
  async () => {
    const onWasm = await lookWithYolox(watched.page, ['ort-wasm']);
    const onGpu = await lookWithYolox(watched.page, ['ort-webgpu']);
    expect(onWasm).toMatchObject({ engine: 'ort-wasm', failures: [] });
    expect(onGpu).toMatchObject({ engine: 'ort-webgpu', failures: [] });
    expect(onGpu.parity?.largest).toBeLessThan(0.001);
    expect(onWasm.boxes.flat().length).toBeGreaterThan(3);
    for (const [i, people] of onWasm.boxes.entries()) {
      const others = onGpu.boxes[i] ?? [];
      expect(others).toHaveLength(people.length);
      for (const [k, { box, score }] of people.entries()) {
        const other = others[k];
        expect(other?.score).toBeCloseTo(score, 2);
        for (const side of ['left', 'top', 'width', 'height'] as const)
          expect(Math.abs((other?.box[side] ?? Number.NaN) - box[side])).toBeLessThan(1);
      }
    }
  },
);

it('An ONNX network of OpenPose’s kind gives on WebGPU the people that its maps show', async () => {
  const { found, person } = await lookAtDrawnMaps(watched.page, 'ort-webgpu');
  expect(found).toMatchObject({ engine: 'ort-webgpu' });
  expect(found.parity?.largest).toBeLessThan(0.001);
  expectDrawn(found, person);
});
