import { describe, expect, it } from 'vitest';
import { countSessionsOn } from '../../helpers/counted-networks.ts';
import { expectDrawn, lookAtDrawnMaps } from '../../helpers/drawn-onnx-maps.ts';
import { noisePng } from '../../helpers/make-pictures.ts';
import { QUANTIZATIONS, quantizedYoloxBytes } from '../../helpers/quantized-onnx.ts';
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

describe.each(QUANTIZATIONS)('A detector in whole numbers (%s)', (how) => {
  it('finds the same on WASM and on WebGPU', async () => {
    const size = { width: 160, height: 96 };
    const network = Buffer.from(quantizedYoloxBytes(size, how)).toString('base64');
    const picture = noisePng(size.width, size.height).toString('base64');
    const [onWasm, onGpu] = await watched.page.evaluate(
      async ([bytes, image]) => [
        await window.harness.lookOnEngines(bytes, 'yolox.onnx', [image], ['ort-wasm']),
        await window.harness.lookOnEngines(bytes, 'yolox.onnx', [image], ['ort-webgpu']),
      ],
      [network, picture] as const,
    );
    expect(onWasm).toMatchObject({ engine: 'ort-wasm', failures: [] });
    expect(onGpu).toMatchObject({ engine: 'ort-webgpu', failures: [] });
    expect(onGpu?.parity?.largest).toBeLessThan(0.001);
    const [people = []] = onWasm?.boxes ?? [];
    expect(people.length).toBeGreaterThan(2);
    expect(onGpu?.boxes[0]).toHaveLength(people.length);
    for (const [i, { box, score }] of people.entries()) {
      const other = onGpu?.boxes[0]?.[i];
      expect(other?.score).toBeCloseTo(score, 4);
      for (const side of ['left', 'top', 'width', 'height'] as const)
        expect(other?.box[side]).toBeCloseTo(box[side], 2);
    }
  });
});

it('Every session of ONNX Runtime is released where a GPU is right, and where its numbers are wrong', async () => {
  const counts = await countSessionsOn(
    watched.page,
    ['ort-webgpu', 'ort-wasm'],
    ['one that is opened and closed', 'an engine that fails, and the next one', 'wrong numbers on a GPU'],
  );
  const wrong = expect.stringMatching(/^ort-webgpu: it computes wrongly/);
  expect(counts).toEqual({
    // One on the GPU, one that it is held against.
    'one that is opened and closed': { created: 2, released: 2, failures: [] },
    'an engine that fails, and the next one': { created: 3, released: 3, failures: ['ort-webgpu: spoiled'] },
    // Both, and the next engine, of two networks.
    'wrong numbers on a GPU': { created: 6, released: 6, failures: [wrong, wrong] },
  });
});
