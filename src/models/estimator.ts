import type { Detections } from '../core/pose.ts';
import type { EngineId } from './engine-catalog.ts';
import type { FrameImage } from './frame-image.ts';
import type { ModelId } from './model-info.ts';
import type { MapsInspector } from './openpose/explanation.ts';
import type { GroupingOptions } from './openpose/layouts.ts';
import type { Parity } from './runtime/parity.ts';

export interface EstimatorOptions {
  readonly model: ModelId;
  /** Look for hands beside bodies. */
  readonly hands: boolean;
  /** Most people to find; hands: twice as many. */
  readonly people: number;
  /** `video` follows people from frame to frame; `image` looks at every frame anew. */
  readonly mode: 'video' | 'image';
  /** For networks of OpenPose's kind; absent: {@link DEFAULT_MAPS_OPTIONS}. */
  readonly maps?: MapsOptions;
}

/** How networks of OpenPose's kind look at a picture, and whom they take for somebody. */
export interface MapsOptions {
  /** Of the picture that the network gets (`net_resolution`): multiples of 8; −1: by the frame's shape. */
  readonly netWidth: number;
  readonly netHeight: number;
  /** So many sizes of it (`scale_number`), each smaller by this share of the first (`scale_gap`). */
  readonly scaleNumber: number;
  readonly scaleGap: number;
  readonly maximizePositives: boolean;
  /** Thresholds other than the network's usual ones. */
  readonly grouping: Partial<GroupingOptions>;
  readonly faces: boolean;
  /** Keep all peaks beside the people (`part_candidates`). */
  readonly partCandidates: boolean;
}

export const DEFAULT_MAPS_OPTIONS: MapsOptions = {
  netWidth: -1,
  netHeight: 368,
  scaleNumber: 1,
  scaleGap: 0.25,
  maximizePositives: false,
  grouping: {},
  faces: false,
  partCandidates: false,
};

/** What an engine runs on. */
export interface DeviceInfo {
  readonly engine: EngineId;
  /** In words, for the status line: `WASM · 1 thread`, `WebGL · NVIDIA …`. */
  readonly device: string;
  readonly isSoftwareGpu: boolean;
  /** How far its numbers are from the reference's, where that was measured. */
  readonly parity?: Parity;
}

/** A model on an engine: pictures in, keypoints out. */
export interface PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  /**
   * Keypoints of everybody in the picture, which stays the caller's.
   *
   * @param timestampMs milliseconds, later than in the call before
   * @throws {EngineLostError} if the device was lost; another engine must take over
   */
  estimate(image: FrameImage, timestampMs: number): Promise<Detections>;
  /** Its device is gone: it will fail on the next picture. Absent: it has none that can be lost. */
  readonly isLost?: boolean;
  /** Of only the networks in the last frame, where that can be told apart. */
  readonly networkMilliseconds?: number;
  /** Forgets whom it followed: the next frame has nothing to do with the last one. */
  reset(): Promise<void>;
  close(): void;
  /** What its maps say, where it has maps. */
  readonly inspector?: MapsInspector;
}

/** The device under an engine is gone (a lost WebGL context, say). */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError';
}
