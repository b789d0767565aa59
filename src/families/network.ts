import type { NamedBytes } from '../core/named-bytes.ts';
import type { KeypointSetId } from '../core/pose.ts';
import type { Graph } from '../importers/graph.ts';
import type { TemporalNetwork } from '../importers/pytorch/videopose3d.ts';
import type { Asset } from './files/assets.ts';
import type { PictureSize } from './frame-image.ts';
import type { MapsLayout } from './maps/layouts.ts';
import type { ModelInfo } from './model-info.ts';
import type { OnnxFacts, OnnxUse } from './onnx/onnx-use.ts';
import type { PictureScaling } from './picture-scaling.ts';
import type { ParityReference } from './runtimes/parity.ts';

/** What is known of a network that has files, whether or not it is in memory. */
export interface NetworkRecord {
  readonly info: ModelInfo;
  /** Of its files, one after the other, as hexadecimal digits. */
  readonly sha256: string;
  readonly byteLength: number;
}

/** What can be said of a network that is brought; else it is taken from the file, or from the catalogue. */
export interface NetworkDescription {
  /** What the network is called; default: its file's name. */
  readonly label?: string;
  /** Which skeleton it speaks; default: by the number of its maps, or as a JSON beside it says. */
  readonly skeleton?: KeypointSetId;
  /** How it wants its picture; default: as networks of its format mostly do. A wrong one finds few people, or none. */
  readonly scaling?: PictureScaling;
  /** Whose thresholds it is used with; default: tf-pose's for TensorFlow and TFLite, OpenPose's for Caffe. */
  readonly implementation?: MapsSummary['implementation'];
  /** `implementation`, as earlier versions called it. */
  readonly manner?: MapsSummary['implementation'];
  /** Of a lifter: does it look at the past only? Its weights don't say; default: whether the file's name does. */
  readonly isCausal?: boolean;
}

/** What a network is built from that was brought and isn't kept on this device. */
export interface NetworkFiles {
  readonly files: readonly { readonly name: string; readonly blob: Blob }[];
  readonly description: NetworkDescription;
  /** What engines are held against, so that it isn't computed anew; `null`: of its kind there is none. */
  readonly reference: ParityReference | null;
}

/** Where workers find a network, which they build for themselves: weights never go through the page. */
export interface NetworkSource {
  readonly id: string;
  /** Grows when something else is said of the network: what was opened before is then another one. */
  readonly revision: number;
  readonly place: NetworkPlace;
}

/** `device`: it is kept there under its id. `memory`: in files that were brought. `page`: among the page's own files. */
export type NetworkPlace =
  | { readonly type: 'device' }
  | { readonly type: 'memory'; readonly given: NetworkFiles }
  | { readonly type: 'page'; readonly given: PageNetwork };

/** Where the files of a network lie that comes with the page. */
export interface PageNetwork {
  readonly info: ModelInfo;
  readonly files: readonly { readonly name: string; readonly asset: Asset }[];
  readonly description: NetworkDescription;
  /** The maps of the parity's picture, as little-endian float32; `null`: engines are held against none. */
  readonly reference: Asset | null;
}

/** What a network of OpenPose's kind is, whatever its files are. */
export interface MapsTraits {
  readonly info: ModelInfo;
  readonly scaling: PictureScaling;
  /** Nobody has said or found out how it wants its picture: `scaling` is what its format mostly wants. */
  readonly isScalingGuessed: boolean;
  /** What its maps are. */
  readonly layout: MapsLayout;
  /** Whose way of reading pictures and whose thresholds it was made for. */
  readonly implementation: 'openpose' | 'tf-pose';
}

/** A network of OpenPose's kind, without its weights. */
export interface MapsSummary extends MapsTraits, NetworkRecord {
  readonly kind: 'maps';
}

/** Whether a tensor has a picture's channels one after the other, or those of each pixel together. */
export type PlaneOrder = 'channels-first' | 'channels-last';

/** How an ONNX network of OpenPose's kind is run. Data only. */
export interface OnnxMapsUse {
  readonly input: PlaneOrder;
  /** One that has all maps, or several whose channels follow one another. */
  readonly outputs: readonly {
    readonly name: string;
    readonly channels: number;
    readonly order: PlaneOrder;
  }[];
  /** The only size of picture that it takes, in pixels; `null`: any. */
  readonly fixedSize: PictureSize | null;
}

/** An ONNX network of OpenPose's kind, without its weights. */
export interface OnnxMapsSummary extends MapsTraits, NetworkRecord {
  readonly kind: 'maps-onnx';
  readonly use: OnnxMapsUse;
  readonly facts: OnnxFacts;
}

/** MoveNet for one person, without its weights. */
export interface MoveNetSummary extends NetworkRecord {
  readonly kind: 'movenet';
  readonly variant: Exclude<MoveNetVariant, 'multipose'>;
}

/** MoveNet for several people, without its weights. */
export interface MultiposeSummary extends NetworkRecord {
  readonly kind: 'multipose';
}

/** PoseNet, without its weights. */
export interface PoseNetSummary extends NetworkRecord {
  readonly kind: 'posenet';
  /** Pixels of the network's picture from cell to cell of its maps. */
  readonly stride: number;
}

/** A lifter, without its weights. */
export interface LifterSummary extends NetworkRecord {
  readonly kind: 'lifter';
  /** It looks at the past only. */
  readonly isCausal: boolean;
}

/** An ONNX network, without its weights. */
export interface OnnxSummary extends NetworkRecord {
  readonly kind: 'onnx';
  readonly use: OnnxUse;
  readonly facts: OnnxFacts;
}

/** The bundle of MediaPipe's task that says what faces do, without its weights. */
export interface TaskSummary extends NetworkRecord {
  readonly kind: 'task';
}

/** What the page knows of a network that somebody has brought. */
export type NetworkSummary =
  | MapsSummary
  | OnnxMapsSummary
  | MoveNetSummary
  | MultiposeSummary
  | PoseNetSummary
  | LifterSummary
  | OnnxSummary
  | TaskSummary;

/** A network of OpenPose's kind that is ready to be run. */
export interface ImportedNetwork extends MapsSummary {
  readonly graph: Graph;
  /** What every engine's numbers are held against. */
  readonly reference: ParityReference;
}

/** An ONNX network of OpenPose's kind, whose files ONNX Runtime runs as they are. */
export interface ImportedOnnxMaps extends OnnxMapsSummary {
  /** The network, then what holds some of its weights, each called as the network calls it. */
  readonly files: readonly NamedBytes[];
}

/** MoveNet's files, which tfjs-models runs as they are. */
export interface ImportedMoveNet extends MoveNetSummary {
  /** What `model.json` holds. */
  readonly model: unknown;
  readonly shards: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** MoveNet for several people up to its heads, ready to be run. */
export interface ImportedMultipose extends MultiposeSummary {
  readonly graph: Graph;
  /** What every engine's numbers are held against. */
  readonly reference: ParityReference;
}

/** PoseNet up to its heads, ready to be run. */
export interface ImportedPoseNet extends PoseNetSummary {
  readonly graph: Graph;
  /** What every engine's numbers are held against. */
  readonly reference: ParityReference;
}

/** A lifter that is ready to be run. */
export interface ImportedLifter extends LifterSummary {
  readonly network: TemporalNetwork;
}

/** An ONNX network's files, which ONNX Runtime runs as they are. */
export interface ImportedOnnx extends OnnxSummary {
  /** The network, then what holds some of its weights, each called as the network calls it. */
  readonly files: readonly NamedBytes[];
}

/** A bundle of MediaPipe's, which its own runtime reads as it is. */
export interface ImportedTask extends TaskSummary {
  readonly bytes: Uint8Array;
}

/** A network with its weights, as workers have it. */
export type Network =
  | ImportedNetwork
  | ImportedOnnxMaps
  | ImportedMoveNet
  | ImportedMultipose
  | ImportedPoseNet
  | ImportedLifter
  | ImportedOnnx
  | ImportedTask;

/** By the side of the picture that they get, and how many they find. */
export type MoveNetVariant = 'lightning' | 'thunder' | 'multipose';
