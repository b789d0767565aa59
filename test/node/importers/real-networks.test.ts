import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { channelsOf } from '../../../src/importers/graph.ts';
import { readNetwork } from '../../../src/importers/read-network.ts';
import { shapesOf } from '../../../src/importers/shapes.ts';
import type { NetworkFile } from '../../../src/importers/tfjs/manifest.ts';
import { findNetworks } from '../../../src/tracking/networks/network-files.ts';
import { buildNetwork } from '../../../src/workers/networks/build-network.ts';
import { hasRealWeights, readCodait, readHuman, readReal } from '../../helpers/real-weights.ts';

/** Reading megabytes of JSON and numbers takes a machine under load its time. */
const TIMEOUT_MS = 60_000;
const build = (files: readonly NetworkFile[]) => buildNetwork(files, {}, null);
const cut = (files: readonly NetworkFile[], at: number, bytes: number): NetworkFile[] =>
  files.map((file, i) => (i === at ? { ...file, bytes: file.bytes.subarray(0, bytes) } : file));

describe.skipIf(!hasRealWeights)('Networks as their packages have them', { timeout: TIMEOUT_MS }, () => {
  it('max-human-pose-estimator is read with shards that have no extension', async () => {
    const network = await build(readCodait());
    expect(network.info).toMatchObject({ family: 'maps', keypoints: 'coco-18' });
    if (network.kind !== 'maps') throw new Error('It has maps.');
    expect(channelsOf(network.graph).get(network.graph.output)).toBe(57);
  });

  it.each([
    ['human', 'movenet-lightning', 'lightning'],
    ['humanModels', 'movenet-thunder', 'thunder'],
  ] as const)('of %s, %s is MoveNet %s', async (key, name, variant) => {
    const network = await build(readHuman(key, name));
    expect(network).toMatchObject({ kind: 'movenet', variant });
    expect(network.kind === 'movenet' && network.shards.map((shard) => shard.name)).toEqual([`${name}.bin`]);
  });

  it('of humanModels, movenet-multipose is MoveNet for several people, up to its heads', async () => {
    const network = await build(readHuman('humanModels', 'movenet-multipose'));
    expect(network).toMatchObject({
      kind: 'multipose',
      info: { origin: 'own', family: 'multipose', label: 'movenet-multipose.json' },
    });
    if (network.kind !== 'multipose') throw new Error('It is one.');
    const { graph, reference } = network;
    expect(shapesOf(graph, 288, 384).get(graph.output)).toEqual({ height: 72, width: 96, channels: 90 });
    expect(reference.maps).toHaveLength((reference.size / 4) ** 2 * 90);
  });

  it('of humanModels, posenet is PoseNet, up to its heads, and the one of the catalogue', async () => {
    const network = await build(readHuman('humanModels', 'posenet'));
    expect(network).toMatchObject({ kind: 'posenet', stride: 16, info: { id: 'posenet-mobilenet' } });
    if (network.kind !== 'posenet') throw new Error('It is one.');
    const { graph, reference } = network;
    expect(shapesOf(graph, 385, 385).get(graph.output)).toEqual({ height: 25, width: 25, channels: 115 });
    expect(reference.maps).toHaveLength((reference.size / 16) ** 2 * 115);
  });

  it.each([
    ['humanModels', 'efficientpose', /is EfficientPose, whose 16 heatmaps have no fields.*one person/],
    ['humanModels', 'blazepose-full', /is BlazePose’s network for keypoints.*choose MediaPipe Pose/],
    ['humanModels', 'blazepose-detector', /is BlazePose’s detector/],
    ['humanModels', 'handskeleton', /network for a hand’s keypoints.*choose MediaPipe Hands/],
    ['humanModels', 'handlandmark-full', /network for a hand’s keypoints/],
    ['humanModels', 'handdetect', /detector of palms/],
    ['humanModels', 'blazeface-front', /MediaPipe’s network for faces/],
    ['humanModels', 'selfie', /makes a mask, and gives no keypoints/],
    ['humanModels', 'nanodet', /a detector, which gives boxes/],
    ['human', 'handtrack', /a detector, which gives boxes/],
    ['human', 'centernet', /a detector, which gives boxes/],
    ['human', 'facemesh', /MediaPipe’s network for faces/],
    ['human', 'iris', /network for eyes/],
  ] as const)('of %s, %s is refused for what it is', async (key, name, sentence) => {
    await expect(build(readHuman(key, name))).rejects.toThrow(sentence);
  });

  it('ONNX files are refused as such', async () => {
    const [front] = readReal('blazeface', 'ONNX/face_detection_front_128x128_barracuda.onnx');
    if (!front) throw new Error('It is there.');
    await expect(build([front])).rejects.toThrow(/is an ONNX network/);
    await expect(build([{ ...front, name: 'frozen.pb' }])).rejects.toThrow(/^frozen\.pb is an ONNX network/);
  });

  it('MoveNet is refused where its weights are missing, cut off or of another model', async () => {
    const lightning = readHuman('human', 'movenet-lightning');
    const thunder = readHuman('humanModels', 'movenet-thunder');
    await expect(build(lightning.slice(0, 1))).rejects.toThrow(
      /movenet-lightning\.json has its weights in movenet-lightning\.bin, which isn't there\. Drop all files/,
    );
    await expect(build(cut(lightning, 1, 4_000_000))).rejects.toThrow(
      /weights need 4650216 bytes, and 4000000 are there: movenet-lightning\.bin \(4000000 bytes\) is cut off/,
    );
    const other = [
      ...lightning.slice(0, 1),
      { name: 'models/movenet-lightning.bin', bytes: thunder[1]?.bytes },
    ];
    await expect(build(other as NetworkFile[])).rejects.toThrow(/12477112 are there: .* is of another model/);
  });

  it('of several shards the one that is missing, cut off or swapped is named', () => {
    const files = readCodait();
    expect(() => readNetwork([...files.slice(0, 1), ...files.slice(2)])).toThrow(
      /weights in 2 files, one of them group1-shard1of2, which isn't there/,
    );
    expect(() => readNetwork(cut(files, 1, 3_000_000))).toThrow(
      /group1-shard1of2 \(3000000 bytes\) is cut off/,
    );
    expect(() => readNetwork(cut(files, 2, 3_000_000))).toThrow(/one of them is cut off/);
    const swapped = files.map(({ bytes, name }, i) => ({
      name,
      bytes: files[[0, 2, 1][i] ?? 0]?.bytes ?? bytes,
    }));
    expect(() => readNetwork(swapped)).toThrow(/group1-shard1of2 \(3529188 bytes\) is not as long as/);
    const pages = files.map((file, i) =>
      i === 1 ? { ...file, bytes: Buffer.from('<!DOCTYPE html>') } : file,
    );
    expect(() => readNetwork(pages)).toThrow(/group1-shard1of2 is a web page, not weights/);
  });

  it('are found in the folders that they come in, each with its own files', async () => {
    const dropped = [
      ...readReal('codait', 'README.md', 'package.json', 'model/conversion-manifest.json'),
      ...readCodait(),
      ...readReal('human', 'models/models.json'),
      ...readHuman('human', 'movenet-lightning'),
      ...readReal('blazeface', 'ONNX/face_detection_front_128x128_barracuda.onnx'),
    ].map(({ name, bytes }) => ({ name: `folder/${name}`, blob: new Blob([new Uint8Array(bytes)]) }));
    const { networks, passedOver, others } = await findNetworks(dropped);
    expect(networks.map((files) => files.map(({ name }) => name.replace(/^.*\//, '')))).toEqual([
      ['model.json', 'group1-shard1of2', 'group1-shard2of2'],
      ['movenet-lightning.json', 'movenet-lightning.bin'],
      ['face_detection_front_128x128_barracuda.onnx'],
    ]);
    expect(others).toEqual([]);
    expect(passedOver.map(({ name }) => name)).toEqual([
      'folder/README.md',
      'folder/package.json',
      'folder/model/conversion-manifest.json',
      'folder/models/models.json',
    ]);
  });
});

describe('MediaPipe’s networks by themselves', () => {
  it.each([
    ['pose/pose_landmark_lite', /BlazePose’s network for keypoints.*choose MediaPipe Pose/],
    ['hands/hand_landmark_lite', /network for a hand’s keypoints.*choose MediaPipe Hands/],
  ])('%s is refused, for Limn has it', (path, sentence) => {
    const bytes = readFileSync(new URL(`../../../node_modules/@mediapipe/${path}.tflite`, import.meta.url));
    expect(() => readNetwork([{ name: 'net.tflite', bytes }])).toThrow(sentence);
  });
});
