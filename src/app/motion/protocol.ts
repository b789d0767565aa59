import type { RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import type { EngineChoice } from '../../families/engines/engine-catalog.ts';
import type { AssetAddresses } from '../../families/files/assets.ts';
import type { NetworkSource } from '../../families/network.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { LiftStep, PureStep } from '../../motion/steps.ts';

/** A lifter as a worker gets it. */
export interface LifterOrder {
  readonly model: string;
  /** `null`: the one that comes with the page. */
  readonly source: NetworkSource | null;
  readonly engine: EngineChoice;
}

/** A step with all that it takes. */
export type OrderedStep = PureStep | (Omit<LiftStep, 'model' | 'engine'> & { readonly lifter: LifterOrder });

/** A recording, and what is to be done to it. */
export interface MotionRequest {
  readonly info: RecordingInfo;
  /** Frames, or batches as `encodeBatch` writes them. The list is the worker's, which lets go of what it is done with. */
  readonly frames: (TrackedFrame | Uint8Array<ArrayBuffer>)[];
  /** Corrections by hand, which come before all steps. */
  readonly edits: readonly FrameEdit[];
  readonly steps: readonly OrderedStep[];
  readonly assets: AssetAddresses;
}

/** A recording as it has become. */
export interface EncodedRecording {
  readonly info: RecordingInfo;
  /** As `encodeBatch` writes them. */
  readonly batches: readonly Uint8Array<ArrayBuffer>[];
  /** By person, where the hips are over the floor, see `floorPaths`: x, z in metres, one after the other; NaN in gaps. */
  readonly paths: ReadonlyMap<number, Float32Array>;
}

/** What the worker that works on motion does. */
export interface MotionCalls {
  /** Reports the share of all steps that is done, 0 to 1. */
  work(request: MotionRequest): EncodedRecording;
}

export interface MotionEvents {
  /** An engine was passed over. */
  'engine-failed': { readonly engine: string; readonly reason: string };
}
