import { toLatin1 } from '../../core/bytes.ts';
import type { Glance } from './glance.ts';
import { type ProtobufKind, protobufKind } from './protobuf-kind.ts';

/** A format of networks that Limn doesn't read: how people know it, and what they can do. */
export interface ForeignFormat {
  /** After "… is", and before a full stop. */
  readonly is: string;
  readonly advice: string;
  /** By what is in the file. */
  readonly hasContent?: (glance: Glance) => boolean;
  /** By its name, where its content says nothing else. */
  readonly name?: RegExp;
}

const READ = 'ONNX, a frozen graph (.pb), TFLite, Caffe or TensorFlow.js';
const begins = (head: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, i) => head[at + i] === character.charCodeAt(0));
const isProtobuf = (kind: ProtobufKind) => (glance: Glance) => protobufKind(glance.head) === kind;
const zipHas = (pattern: RegExp) => (glance: Glance) => glance.zipNames.some((name) => pattern.test(name));
const holds = (head: Uint8Array, pattern: RegExp): boolean => pattern.test(toLatin1(head));
/** ncnn's text begins with this number, its binary form too (Tencent/ncnn, src/net.cpp). */
const NCNN = '7767517';
const NCNN_BYTES = '\xdd\x85\x76\x00';

/** Content comes before names, so the order matters only among those of one kind. */
export const foreignFormats: readonly ForeignFormat[] = [
  {
    is: 'a saved model of TensorFlow’s, which has its weights in files beside it',
    advice: 'Freeze it to a graph (.pb), or convert it with tensorflowjs_converter.',
    hasContent: isProtobuf('tensorflow-saved-model'),
    name: /(^|\/)saved_model\.pb$/i,
  },
  {
    is: 'a part of a checkpoint that TensorFlow has written while training',
    advice: 'Freeze it to a graph (.pb), and drop that.',
    hasContent: isProtobuf('tensorflow-meta-graph'),
    name: /\.ckpt(-\d+)?(\.(index|meta|data-\d+-of-\d+))?$/i,
  },
  {
    is: 'a Core ML model, which only Apple’s own programs run',
    advice: `Give Limn the network that it was made from, as ${READ}.`,
    hasContent: isProtobuf('core-ml'),
    name: /\.(mlmodelc?|mlpackage)(\/|$|\.zip$)/i,
  },
  {
    is: 'a PaddlePaddle network, which Limn does not read',
    advice: `Convert it to ${READ}.`,
    hasContent: isProtobuf('paddle'),
    name: /\.(pdmodel|pdiparams|pdparams)$/i,
  },
  {
    is: 'a bundle of MediaPipe’s tasks. Limn has MediaPipe’s networks for bodies and hands already',
    advice: 'Choose one of them under Model.',
    hasContent: zipHas(/\.tflite$/i),
    name: /\.task$/i,
  },
  {
    is: 'a Keras model',
    advice: 'Convert it with tensorflowjs_converter, and drop its model.json with its shards.',
    hasContent: ({ head, zipNames }) =>
      (begins(head, '\x89HDF\r\n') && holds(head, /keras_version|model_config|layer_names|model_weights/)) ||
      zipNames.some((name) => /(^|\/)model\.weights\.h5$/.test(name)),
    name: /\.keras$/i,
  },
  {
    is: 'a TensorRT engine, which runs only on the graphics card that it was built for',
    advice: `Give Limn the network that it was built from, as ${READ}.`,
    hasContent: ({ head }) => begins(head, 'ftrt') || begins(head, 'ptrt'),
    name: /\.(engine|trt|plan)$/i,
  },
  {
    is: 'an OpenVINO network, which Limn does not read',
    advice: `Give it the network that it was made from, as ${READ}.`,
    hasContent: ({ head }) => holds(head.subarray(0, 1000), /^\s*(<\?xml[^>]*>\s*)?<net\s/),
  },
  {
    is: 'an ncnn network, which Limn does not read',
    advice: `Give it the network that it was made from, as ${READ}.`,
    hasContent: ({ head }) => begins(head, NCNN) || begins(head, NCNN_BYTES),
    name: /\.param(\.bin)?$/i,
  },
  {
    is: 'a file of safetensors: numbers, without the network that they belong to',
    advice: `Limn reads ${READ}.`,
    hasContent: ({ head }) => isSafetensors(head),
    name: /\.safetensors$/i,
  },
  {
    is: 'a GGUF file, which holds a language model as a rule',
    advice: `Limn reads networks that see: ${READ}.`,
    hasContent: ({ head }) => begins(head, 'GGUF'),
    name: /\.gguf$/i,
  },
  {
    is: 'an MNN network, which Limn does not read',
    advice: `Give it the network that it was made from, as ${READ}.`,
    name: /\.mnn$/i,
  },
  {
    is: 'a network for one kind of chip',
    advice: `Give Limn the network that it was made from, as ${READ}.`,
    name: /\.(rknn|hef|dlc|om|blob|kmodel)$/i,
  },
  {
    is: 'a file of Darknet’s weights, which Limn does not read',
    advice: `Convert it to ${READ}.`,
    name: /\.weights$/i,
  },
  {
    is: 'an archive (tar), which Limn does not unpack',
    advice: 'Unpack it, and drop its files or its folder.',
    hasContent: ({ head }) => begins(head, 'ustar', 257),
    name: /\.tar$/i,
  },
  {
    is: 'a compressed archive, which Limn does not unpack',
    advice: 'Unpack it, and drop its files or its folder.',
    hasContent: ({ head }) =>
      ['\x1f\x8b', 'BZh', '\xfd7zXZ', '7z\xbc\xaf', 'Rar!'].some((s) => begins(head, s)),
    name: /\.(tgz|tar\.\w+|7z|rar)$/i,
  },
  {
    is: 'a ZIP of a network’s files',
    advice: 'Unpack it, and drop its files or its folder.',
    hasContent: zipHas(/(^|\/)(model\.json|saved_model\.pb)$|\.(pb|caffemodel)$/i),
  },
];

/** Eight bytes of length, then JSON (huggingface/safetensors, README). */
function isSafetensors(head: Uint8Array): boolean {
  if (head.length < 10 || !begins(head, '{"', 8)) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getUint32(4, true) === 0 && view.getUint32(0, true) >= 2;
}
