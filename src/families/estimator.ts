import type { Detections } from '../core/pose.ts';
import type { EngineId } from './engines/engine-catalog.ts';
import type { FrameImage } from './frame-image.ts';
import type { MapsInspector } from './maps/explanation.ts';
import type { MapsOptions } from './maps/maps-options.ts';
import type { ModelId } from './model-info.ts';
import type { MultiposeOptions } from './multipose/multipose-options.ts';
import type { Parity } from './runtimes/parity.ts';

export interface EstimatorOptions {
  readonly model: ModelId;
  /** Look for hands beside bodies. */
  readonly hands: boolean;
  /** Look for faces beside bodies, by MediaPipe's networks; absent: no. */
  readonly faces?: boolean;
  /** Say which part of the picture each body covers, where the model can; absent: no. */
  readonly masks?: boolean;
  /** Most people to find; hands: twice as many. */
  readonly people: number;
  /** The model that finds people for this one; absent: it finds them itself. */
  readonly finder?: ModelId;
  /** `video` follows people from frame to frame; `image` looks at every frame anew. */
  readonly mode: 'video' | 'image';
  /** For networks of OpenPose's kind; absent: {@link DEFAULT_MAPS_OPTIONS}. */
  readonly maps?: MapsOptions;
  /** For MoveNet multipose; absent: its defaults. */
  readonly multipose?: MultiposeOptions;
}

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
  readonly networkMilliseconds?: number | undefined;
  /** Forgets whom it followed: the next frame has nothing to do with the last one. */
  reset(): Promise<void>;
  close(): void;
  /** What its maps say, where it has maps. */
  readonly inspector?: MapsInspector | undefined;
}

/** The device under an engine is gone (a lost WebGL context, say). */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError';
}
