import { strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import { type ForeignFormat, foreignFormats } from './foreign-formats.ts';
import { GLANCE_BYTES, GLANCE_TAIL_BYTES, type Glance } from './glance.ts';
import { protobufKind } from './protobuf-kind.ts';
import { isZip, zipNames } from './zip-names.ts';

/** What a file is to a network. */
export type NetworkFileKind =
  /** TensorFlow.js's `model.json`, whatever it is called: it names its shards itself. */
  | { readonly kind: 'model' }
  /** A network in one file. */
  | { readonly kind: 'weights'; readonly format: 'tensorflow' | 'tflite' | 'caffe' | 'onnx' }
  /** The bundle of MediaPipe's that says what faces do. */
  | { readonly kind: 'task' }
  /** A file of PyTorch's. */
  | { readonly kind: 'checkpoint' }
  /** A list of layers or a description of maps, which lies beside weights. */
  | { readonly kind: 'beside' }
  /** Numbers that are nothing without the file that names them. */
  | { readonly kind: 'shard' }
  /** A network that Limn doesn't read, and why. */
  | { readonly kind: 'foreign'; readonly format: ForeignFormat };

const MODEL_JSON = /(^|\/)model\.json$/i;
const SHARD = /(^|[/.-])shard\d+of\d+(\.bin)?$/i;
/** A description of an ONNX network names its family (families/onnx/description.ts). */
const ONNX_DESCRIPTION = /"family"\s*:\s*"(yolox|rtmdet|rtmo|yolo-pose|rtmpose|vitpose)"/;
/** The network in a face landmarker's bundle that others lack, and what the bundle is called. */
const BLENDSHAPES = 'face_blendshapes.tflite';
const FACE_LANDMARKER = /(^|\/)face_landmarker[^/]*\.task$/i;
const HDF = '\x89HDF';

/**
 * What a file is to a network, by its content first and its name second; `null`: nothing, as far as can be told. The
 * one place that knows.
 */
export function recognizeNetworkFile(glance: Glance): NetworkFileKind | null {
  const { name, head } = glance;
  const text = strFromU8(head.subarray(0, GLANCE_BYTES), true);
  if (/^\s*\{/.test(text)) return kindOfJson(name, text);
  if (text.startsWith('TFL3', 4)) return { kind: 'weights', format: 'tflite' };
  const isTorch = glance.zipNames.some((each) => /(^|\/)data\.pkl$/.test(each));
  if (isTorch || isPickle(glance)) return { kind: 'checkpoint' };
  if (glance.zipNames.includes(BLENDSHAPES) || FACE_LANDMARKER.test(name)) return { kind: 'task' };
  const foreign = foreignFormats.find(({ hasContent }) => hasContent?.(glance));
  if (foreign) return { kind: 'foreign', format: foreign };
  const kind = protobufKind(head);
  if (kind === 'tensorflow-graph') return { kind: 'weights', format: 'tensorflow' };
  if (kind === 'caffe') return { kind: 'weights', format: 'caffe' };
  if (kind === 'onnx' || glance.zipNames.some(isOnnxName)) return { kind: 'weights', format: 'onnx' };
  return kindByName(name, text);
}

/** Where the content says nothing: the file is damaged, then, or its format has no signature. */
function kindByName(name: string, text: string): NetworkFileKind | null {
  if (MODEL_JSON.test(name)) return { kind: 'model' };
  if (/\.prototxt$/i.test(name)) return { kind: 'beside' };
  const foreign = foreignFormats.find((format) => format.name?.test(name));
  if (foreign) return { kind: 'foreign', format: foreign };
  if (/\.pb$/i.test(name)) return { kind: 'weights', format: 'tensorflow' };
  if (/\.tflite$/i.test(name)) return { kind: 'weights', format: 'tflite' };
  if (/\.caffemodel$/i.test(name)) return { kind: 'weights', format: 'caffe' };
  if (isOnnxName(name)) return { kind: 'weights', format: 'onnx' };
  // A ZIP that is cut off has lost its list of files.
  if (/\.(pt|pth)$/i.test(name) || (/\.bin$/i.test(name) && text.startsWith('PK'))) {
    return text.startsWith(HDF) ? null : { kind: 'checkpoint' };
  }
  if (SHARD.test(name) || /\.bin$/i.test(name)) return { kind: 'shard' };
  return null;
}

function kindOfJson(name: string, text: string): NetworkFileKind | null {
  const isModel =
    /"(modelTopology|weightsManifest)"\s*:|"format"\s*:\s*"(graph|layers)-model"/.test(text) ||
    MODEL_JSON.test(name);
  if (isModel) return { kind: 'model' };
  if (/"heatmaps"\s*:/.test(text) || ONNX_DESCRIPTION.test(text)) return { kind: 'beside' };
  const foreign = foreignFormats.find((format) => format.name?.test(name));
  return foreign ? { kind: 'foreign', format: foreign } : null;
}

/**
 * A pickle of protocol 2 or later, which begins with what a pickle of `torch.save` begins with. Those that are called pickles
 * hold results of all kinds, unless they begin with the number that PyTorch's older ones do.
 */
function isPickle({ name, head }: Glance): boolean {
  const [protocol = 0, version = 0, next = 0] = head;
  if (/\.(pkl|pickle|joblib)$/i.test(name) && next !== LONG1) return false;
  return protocol === 0x80 && version >= 2 && version <= 5 && PICKLE_BEGINNINGS.includes(next);
}

const LONG1 = 0x8a;
/** LONG1, FRAME, EMPTY_DICT, GLOBAL, MARK, EMPTY_LIST, BININT (CPython, Lib/pickletools.py). */
const PICKLE_BEGINNINGS = [LONG1, 0x95, 0x7d, 0x63, 0x28, 0x5d, 0x4a];

/** Is a file, perhaps one in a ZIP, called an ONNX network? */
export function isOnnxName(name: string): boolean {
  return /\.onnx$/i.test(name);
}

/** A file that is in memory whole. */
export function glanceAtBytes(name: string, bytes: Uint8Array): Glance {
  const names = isZip(bytes) ? zipNames(bytes.subarray(-GLANCE_TAIL_BYTES)) : [];
  return { name, head: bytes.subarray(0, GLANCE_BYTES), zipNames: names };
}

/** Why a file of another format isn't read, and what to do. */
export function foreignFault(name: string, { is, advice }: ForeignFormat): LimnError {
  return new LimnError(`${name.replace(/^.*\//, '')} is ${is}. ${advice}`);
}
