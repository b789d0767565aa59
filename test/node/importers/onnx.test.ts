import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { toLacking } from '../../../src/families/runtimes/ort/start.ts';
import { readOnnxModel } from '../../../src/importers/onnx/model-proto.ts';
import { buildNetwork, readFiles } from '../../../src/workers/networks/build-network.ts';
import { rtmoBytes, yoloxBytes } from '../../helpers/onnx-networks.ts';
import { openInNode } from '../../helpers/onnx-sessions.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { type OnnxWish, randomWeights, shapeOf, writeOnnx } from '../../helpers/write-onnx.ts';

const SIZE = { width: 64, height: 64 };
const small = (): Uint8Array => rtmoBytes(SIZE);
const build = (bytes: Uint8Array, ...beside: { name: string; bytes: Uint8Array }[]) =>
  buildNetwork([{ name: 'net.onnx', bytes }, ...beside], {}, null);

/** RTMO's inputs and outputs, with whatever is to be wrong in it. */
function wish(change: Partial<OnnxWish>): Uint8Array {
  return writeOnnx({
    inputs: [{ name: 'input', shape: [1, 3, 64, 64] }],
    outputs: [
      { name: 'dets', shape: [1, 2, 5] },
      { name: 'keypoints', shape: [1, 2, 17, 3] },
    ],
    nodes: [{ operator: 'Relu', inputs: ['input'], outputs: ['x'] }],
    ...change,
  });
}

describe('An ONNX file', () => {
  it('says what goes in and comes out, which operators it has, how many numbers, and what was said of it', () => {
    const model = readOnnxModel(
      writeOnnx({
        inputs: [
          { name: 'x', shape: ['batch', 3, 32, 'width'] },
          { name: 'w', shape: [3, 5] },
        ],
        outputs: [{ name: 'y', shape: [1, 5], type: 10 }],
        nodes: [
          { operator: 'MatMul', inputs: ['x', 'w'], outputs: ['a'] },
          { operator: 'Relu', inputs: ['a'], outputs: ['b'] },
          { operator: 'MatMul', inputs: ['b', 'v'], outputs: ['y'], domain: 'com.microsoft' },
          { operator: 'Relu', inputs: ['b'], outputs: ['c'] },
        ],
        weights: [
          randomWeights('w', [3, 5], 1, 1),
          shapeOf('v', 1, 2),
          { name: 'q', shape: [4], values: new Int8Array(4) },
        ],
        metadata: { license: 'Apache-2.0' },
      }),
      'net.onnx',
    );
    expect(model).toEqual({
      graphName: 'graph',
      inputs: [{ name: 'x', type: 'float32', shape: [null, 3, 32, null] }],
      outputs: [{ name: 'y', type: 'float16', shape: [1, 5] }],
      operators: [
        { domain: '', name: 'MatMul', count: 1 },
        { domain: '', name: 'Relu', count: 2 },
        { domain: 'com.microsoft', name: 'MatMul', count: 1 },
      ],
      parameters: 15 + 2 + 4,
      isQuantized: true,
      weightNames: ['w', 'v', 'q'],
      externalFiles: [],
      operatorSet: 17,
      producer: 'test',
      metadata: { license: 'Apache-2.0' },
    });
  });

  it.skipIf(!hasSharedData)('of YOLOX nano is described as it is', async () => {
    const bytes = Uint8Array.from(readFileSync(sharedPath('onnx/yolox_nano.onnx')));
    const network = await build(bytes);
    expect(network).toMatchObject({
      info: { family: 'yolox', isPart: true, license: 'unknown' },
      use: { width: 416, height: 416, batch: 1, outputs: ['output'] },
      facts: {
        inputs: ['images: 1 × 3 × 416 × 416'],
        outputs: ['output: 1 × 3549 × 85'],
        isQuantized: false,
      },
    });
    if (network.kind !== 'onnx') throw new Error('It is.');
    // 0.91 million, as its authors count them (Megvii-BaseDetection/YOLOX, README), but for the folded normalisation.
    expect(network.facts.parameters / 1e6).toBeCloseTo(0.91, 1);
  });

  it.each<[what: string, bytes: () => Uint8Array, sentence: RegExp]>([
    ['that is empty', () => new Uint8Array(), /^net\.onnx is empty/],
    ['that is cut off', () => small().subarray(0, 300), /^net\.onnx (is damaged at byte|has no graph)/],
    ['without operators', () => wish({ nodes: [] }), /without operators/],
    [
      'with operators of one program only',
      () =>
        wish({
          nodes: [{ operator: 'TRTBatchedNMS', inputs: ['input'], outputs: ['x'], domain: 'mmdeploy' }],
        }),
      /uses the operator TRTBatchedNMS of "mmdeploy"/,
    ],
    [
      'whose weights lie elsewhere',
      () => wish({ weights: [{ ...randomWeights('w', [2], 1, 1), location: 'net.onnx.data' }] }),
      /has weights in net\.onnx\.data, which is not there/,
    ],
    [
      'that takes integers',
      () => wish({ inputs: [{ name: 'input', shape: [1, 3, 64, 64], type: 6 }] }),
      /takes its picture as int32; Limn gives float32 or float16/,
    ],
    [
      'that takes its channels last',
      () => wish({ inputs: [{ name: 'input', shape: [1, 64, 64, 3] }] }),
      /takes input: 1 × 64 × 64 × 3; Limn gives pictures of 3 channels, channel by channel/,
    ],
    [
      'that takes two things',
      () =>
        wish({
          inputs: [
            { name: 'a', shape: [1, 3, 64, 64] },
            { name: 'b', shape: [1] },
          ],
        }),
      /takes a: 1 × 3 × 64 × 64; b: 1; Limn gives one picture/,
    ],
    [
      'with pictures of gigabytes',
      () => wish({ inputs: [{ name: 'input', shape: [1, 3, 65536, 65536] }] }),
      /takes pictures of 65536 × 65536; Limn gives them from 32 to 4096 pixels a side/,
    ],
    [
      'with pictures of a few pixels',
      () => wish({ inputs: [{ name: 'input', shape: [1, 3, 4, 64] }] }),
      /takes pictures of 64 × 4; Limn gives them from 32/,
    ],
    [
      'that takes a thousand pictures at once',
      () => wish({ inputs: [{ name: 'input', shape: [1000, 3, 64, 64] }] }),
      /takes 1000 pictures at once; Limn gives 64 at most/,
    ],
    [
      'of OpenPose’s kind with pictures of gigabytes',
      () =>
        wish({
          inputs: [{ name: 'input', shape: [1, 3, 65536, 65536] }],
          outputs: [{ name: 'maps', shape: [1, 57, 8192, 8192] }],
        }),
      /takes pictures of 65536 × 65536; Limn gives them/,
    ],
    [
      'with keypoints that nobody knows',
      () => rtmoBytes(SIZE, 14),
      /gives 14 keypoints\. Limn knows 17 \(coco-17\), 26 \(halpe-26\)/,
    ],
    [
      'of another kind',
      () => wish({ outputs: [{ name: 'logits', shape: [1, 1000] }] }),
      /is an ONNX network of a kind that Limn doesn't know: it takes input: .*, and gives logits: 1 × 1000/,
    ],
  ])('%s is refused in a sentence that says why', async (_, bytes, sentence) => {
    await expect(build(bytes())).rejects.toThrow(LimnError);
    await expect(build(bytes())).rejects.toThrow(sentence);
  });

  it('may leave sizes open, which its family or a JSON beside it fills in', async () => {
    const open = wish({ inputs: [{ name: 'input', shape: ['batch', 3, 'height', 'width'] }] });
    expect(await build(open)).toMatchObject({ use: { width: 640, height: 640, batch: null } });
    const json = new TextEncoder().encode('{ "family": "rtmo", "size": [416, 320] }');
    expect(await build(open, { name: 'net.json', bytes: json })).toMatchObject({
      use: { width: 416, height: 320 },
    });
  });

  it('is taken with the file that its weights lie in, and runs', async () => {
    const weights = Float32Array.from({ length: 2 * 5 }, (_, i) => i + 0.5);
    const bytes = wish({
      nodes: [
        { operator: 'Identity', inputs: ['w'], outputs: ['dets'] },
        { operator: 'Identity', inputs: ['k'], outputs: ['keypoints'] },
      ],
      weights: [
        { name: 'w', shape: [1, 2, 5], values: weights, location: 'net.onnx.data' },
        randomWeights('k', [1, 2, 17, 3], 1, 1),
      ],
    });
    const data = new Uint8Array(weights.buffer);
    const network = await build(bytes, { name: 'folder/net.onnx.data', bytes: data });
    if (network.kind !== 'onnx') throw new Error('It is an ONNX network.');
    expect(network.files.map(({ name }) => name)).toEqual(['net.onnx', 'net.onnx.data']);
    const [own, ...beside] = network.files;
    const session = await openInNode(own?.bytes ?? new Uint8Array(), ['dets'], beside);
    const results = await session.run(new Float32Array(3 * 64 * 64), [1, 3, 64, 64]);
    expect(results.get('dets')).toEqual({ shape: [1, 2, 5], values: weights });
    session.close();
  });

  it('that takes floats of 16 bits gets them, and its own become floats of 32', async () => {
    const FLOAT16 = 10;
    const bytes = wish({
      inputs: [{ name: 'input', shape: [1, 3, 64, 64], type: FLOAT16 }],
      outputs: [
        { name: 'dets', shape: [1, 2, 5] },
        { name: 'keypoints', shape: [1, 2, 17, 3] },
        { name: 'same', shape: [1, 3, 64, 64], type: FLOAT16 },
      ],
      nodes: [
        { operator: 'Identity', inputs: ['d'], outputs: ['dets'] },
        { operator: 'Identity', inputs: ['k'], outputs: ['keypoints'] },
        { operator: 'Identity', inputs: ['input'], outputs: ['same'] },
      ],
      weights: [randomWeights('d', [1, 2, 5], 1, 1), randomWeights('k', [1, 2, 17, 3], 1, 1)],
    });
    const session = await openInNode(bytes, ['same']);
    const given = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => i / 48 - 100);
    const same = (await session.run(given, [1, 3, 64, 64])).get('same')?.values;
    session.close();
    // Eleven bits of each number are kept.
    for (const [i, value] of given.entries())
      expect(Math.abs((same?.[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(
        Math.abs(value) * 2 ** -11 + 2 ** -24,
      );
    expect(same).not.toEqual(given);
  });

  it('in a ZIP is read out of it, and called after the ZIP', async () => {
    const zip = zipSync({
      '20230101/rtmo/end2end.onnx': small(),
      '20230101/rtmo/pipeline.json': new Uint8Array(9),
    });
    const read = await readFiles([{ name: 'rtmo-s.zip', blob: new Blob([Uint8Array.from(zip)]) }]);
    expect(read.map(({ name }) => name)).toEqual(['rtmo-s.zip/20230101/rtmo/end2end.onnx']);
    expect((await buildNetwork(read, {}, null)).info).toMatchObject({ family: 'rtmo', label: 'rtmo-s' });
    const two = zipSync({ 'a.onnx': small(), 'b.onnx': small() });
    await expect(readFiles([{ name: 'two.zip', blob: new Blob([Uint8Array.from(two)]) }])).rejects.toThrow(
      /several networks in it \(a\.onnx, b\.onnx\)/,
    );
  });

  it('that is damaged anywhere is read, or refused in a sentence, and soon', async () => {
    const random = createRandom(3);
    const whole = yoloxBytes(SIZE, 1);
    const began = performance.now();
    for (let i = 0; i < 1500; i++) {
      const bytes = Uint8Array.from(whole);
      for (let k = 0; k < 1 + random() * 8; k++) {
        // Most of a file are weights, where nothing can go wrong: its structure is in its first and last parts.
        const at = random() < 0.5 ? random() * 1500 : bytes.length - random() * 600;
        bytes[Math.floor(at)] = Math.floor(random() * 256);
      }
      const cut = random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
      try {
        readOnnxModel(cut, 'net.onnx');
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
      }
    }
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

it('an operator that the runtime lacks is named by what the runtime itself says', async () => {
  const bytes = wish({
    outputs: [{ name: 'dets', shape: [1, 2, 5] }],
    nodes: [{ operator: 'Frobnicate', inputs: ['input'], outputs: ['dets'] }],
  });
  const error: unknown = await openInNode(bytes, ['dets']).catch((reason: unknown) => reason);
  expect(toLacking('net.onnx', error)?.message).toMatch(
    /^net\.onnx uses the operator Frobnicate, which ONNX Runtime/,
  );
  expect(toLacking('net.onnx', new Error('out of memory'))).toBe(null);
});
