import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { readNetwork } from '../../../src/importers/read-network.ts';
import { glanceAtBytes, recognizeNetworkFile } from '../../../src/importers/recognize/recognize.ts';
import { sampleNodes } from '../../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { bytesField, graphDef, integerField, textField } from '../../helpers/write-graph-def.ts';

const text = (value: string): Uint8Array => Uint8Array.from(value, (character) => character.charCodeAt(0));
const padded = (bytes: Iterable<number>): Uint8Array => Uint8Array.from([...bytes, ...new Uint8Array(600)]);
const zip = (...names: string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(20)])));

/** The beginnings of files, after the definitions of their formats (named in the source). */
const onnx = [
  ...integerField(1, 8),
  ...textField(2, 'pytorch'),
  ...textField(3, '2.1.0'),
  ...bytesField(7, [...bytesField(1, textField(1, 'images')), ...textField(2, 'main_graph')]),
  ...bytesField(8, integerField(2, 17)),
];
const savedModel = [
  ...integerField(1, 1),
  ...bytesField(2, [
    ...bytesField(1, [...bytesField(2, bytesField(1, textField(1, 'Add'))), ...textField(4, 'serve')]),
    ...bytesField(2, bytesField(1, [...textField(1, 'x'), ...textField(2, 'Placeholder')])),
  ]),
];
const metaGraph = bytesField(1, bytesField(2, bytesField(1, textField(1, 'Add'))));
const coreMl = [
  ...integerField(1, 4),
  ...bytesField(
    2,
    bytesField(1, [...textField(1, 'image'), ...bytesField(3, bytesField(4, integerField(1, 513)))]),
  ),
  ...bytesField(500, bytesField(1, textField(1, 'conv'))),
];
const paddle = bytesField(1, [
  ...integerField(1, 0),
  ...integerField(2, 0),
  ...bytesField(3, textField(1, 'feed')),
]);
const hdf = (inside: string): Uint8Array => padded(text(`\x89HDF\r\n\x1a\n${'\0'.repeat(80)}${inside}`));

describe('A network of a format that Limn doesn’t read is named, with what to do,', () => {
  it.each<[name: string, bytes: Uint8Array, sentence: RegExp]>([
    ['saved_model.pb', Uint8Array.from(savedModel), /a saved model of TensorFlow’s.*Freeze it/],
    ['model.ckpt-1000.meta', Uint8Array.from(metaGraph), /checkpoint that TensorFlow has written/],
    ['model.ckpt.index', padded([0, 1, 2]), /checkpoint that TensorFlow has written/],
    ['pose.mlmodel', Uint8Array.from(coreMl), /a Core ML model, which only Apple/],
    ['pose.mlpackage/Manifest.json', text('{"fileFormatVersion":"1.0.0"}'), /a Core ML model/],
    ['inference.pdmodel', Uint8Array.from(paddle), /a PaddlePaddle network/],
    [
      'pose_landmarker.task',
      zip('pose_detector.tflite', 'pose_landmarks_detector.tflite'),
      /bundle of MediaPipe/,
    ],
    ['posenet.h5', hdf('keras_version'), /a Keras model.*tensorflowjs_converter/],
    ['posenet.keras', zip('metadata.json', 'config.json', 'model.weights.h5'), /a Keras model/],
    ['pose.engine', padded(text('ftrt')), /a TensorRT engine, which runs only on the graphics card/],
    ['pose.trt', padded([1, 2, 3]), /a TensorRT engine/],
    ['pose.plan', padded([1, 2, 3]), /a TensorRT engine/],
    ['pose.xml', text('<?xml version="1.0"?>\n<net name="pose" version="11">'), /an OpenVINO network/],
    ['pose.param', text('7767517\n75 83\nInput data 0 1 data'), /an ncnn network/],
    ['pose.safetensors', text('\x10\0\0\0\0\0\0\0{"__metadata__":{}}'), /a file of safetensors/],
    ['model', text('GGUF\x03\0\0\0'), /a GGUF file/],
    ['model.tar', padded([...new Uint8Array(257), ...text('ustar\x0000')]), /an archive \(tar\).*Unpack it/],
    ['assets.tar.gz', padded(text('\x1f\x8b\x08\0')), /a compressed archive.*Unpack it/],
    ['net.zip', zip('net/model.json', 'net/group1-shard1of1.bin'), /a ZIP of a network’s files\. Unpack it/],
    ['pose.mnn', padded([9, 9]), /an MNN network/],
    ['group1-shard1of2', padded([1, 2, 3]), /holds numbers of a network without the file/],
    ['net.pb', new Uint8Array(0), /^net\.pb is empty\./],
  ])('%s', (name, bytes, sentence) => {
    expect(() => readNetwork([{ name, bytes }])).toThrow(sentence);
  });
});

describe('Files that belong to a network', () => {
  const kindOf = (name: string, bytes: Uint8Array) => {
    const kind = recognizeNetworkFile(glanceAtBytes(name, bytes));
    return kind?.kind === 'weights' ? kind.format : (kind?.kind ?? null);
  };
  const frozen = Uint8Array.from(graphDef(sampleNodes()));

  it('are told by their content, whatever they are called', () => {
    expect(kindOf('net.onnx', frozen)).toBe('tensorflow');
    expect(kindOf('graph_opt.pb', Uint8Array.from(onnx))).toBe('onnx');
    expect(kindOf('end.onnx', text('damaged'))).toBe('onnx');
    expect(kindOf('rtmpose.zip', zip('sdk/pipeline.json', 'sdk/end2end.onnx'))).toBe('onnx');
    expect(kindOf('net.json', text('{ "family": "rtmo" }'))).toBe('beside');
    expect(kindOf('net', frozen)).toBe('tensorflow');
    expect(kindOf('net.bin', text('\x1c\0\0\0TFL3'))).toBe('tflite');
    expect(kindOf('movenet-lightning.json', text('{\n  "format": "graph-model",'))).toBe('model');
    expect(kindOf('x.json', text('{"modelTopology": {"node"'))).toBe('model');
    expect(kindOf('net.json', text('{"skeleton":"coco-17","heatmaps":[]'))).toBe('beside');
    expect(kindOf('best.pt', zip('best/data.pkl', 'best/data/0'))).toBe('checkpoint');
    expect(kindOf('old.pth', text('\x80\x02\x8a\x0a'))).toBe('checkpoint');
  });

  it('are told from pictures, videos and keypoints', () => {
    expect(kindOf('people.json', text('{"version":1.3,"people":[]}'))).toBe(null);
    expect(kindOf('coco.json', text('[{"image_id":1,"keypoints":[]}]'))).toBe(null);
    expect(kindOf('frames.zip', zip('a_000000000000_keypoints.json'))).toBe(null);
    expect(kindOf('poses.npz', zip('body.npy'))).toBe(null);
    expect(kindOf('dlc.h5', hdf('df_with_missing'))).toBe(null);
    expect(kindOf('a.mp4', text('\0\0\0\x18ftypmp42'))).toBe(null);
    expect(kindOf('a.png', text('\x89PNG\r\n\x1a\n'))).toBe(null);
    expect(kindOf('a.csv', text('\nframe,person\n0,0\n'))).toBe(null);
  });

  it.skipIf(!hasSharedData)('are told among real files', () => {
    const real = (path: string) => kindOf(path, readFileSync(sharedPath(path)));
    expect(real('onnx/yolox_nano.onnx')).toBe('onnx');
    expect(real('weights/tfpose_mobilenet_v2_small.pb')).toBe('tensorflow');
    expect(real('weights/tfpose_mobilenet_v2_1.4_weight_quant.tflite')).toBe('tflite');
    expect(real('lifting/arc-3-3-3.zip.bin')).toBe('checkpoint');
    expect(real('lifting/arc-3-3-3.legacy.bin')).toBe('checkpoint');
    for (const other of [
      'faults/gaps.zip',
      'faults/official_layout.json',
      'faults/sar.mp4',
      'images/pose.jpg',
    ]) {
      expect(real(other)).toBe(null);
    }
  });

  it('are looked at without harm, however damaged', () => {
    const random = createRandom(7);
    const seeds = [onnx, savedModel, coreMl, paddle, frozen, zip('a/data.pkl'), text('{"modelTopology":')];
    for (let i = 0; i < 20_000; i++) {
      const bytes = Uint8Array.from(seeds[i % seeds.length] ?? []);
      for (let k = 0; k < 1 + random() * 6; k++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = bytes.subarray(0, Math.floor(random() * (bytes.length + 1)));
      expect(() => recognizeNetworkFile(glanceAtBytes('x', cut))).not.toThrow();
    }
  });
});
