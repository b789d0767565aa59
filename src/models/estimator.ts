import type { Detections } from '../core/pose.ts';
import type { ModelId } from './catalog.ts';
import type { EngineId } from './engine-catalog.ts';

/** Pixels that can be given to a network. Both kinds must be closed by their owner. */
export type FrameImage = VideoFrame | ImageBitmap;

export interface EstimatorOptions {
  readonly model: ModelId;
  /** Look for hands beside bodies. */
  readonly hands: boolean;
  /** Most people to find; hands: twice as many. */
  readonly people: number;
  /** `video` follows people from frame to frame; `image` looks at every frame anew. */
  readonly mode: 'video' | 'image';
}

/** What an engine runs on. */
export interface DeviceInfo {
  readonly engine: EngineId;
  /** In words, for the status line: `WASM · 1 thread`, `WebGL · NVIDIA …`. */
  readonly device: string;
  readonly isSoftwareGpu: boolean;
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
  /** Forgets whom it followed: the next frame has nothing to do with the last one. */
  reset(): Promise<void>;
  close(): void;
}

/** The device under an engine is gone (a lost WebGL context, say). */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError';
}

/** Width and height in pixels as displayed. */
export function sizeOf(image: FrameImage): { width: number; height: number } {
  return image instanceof ImageBitmap
    ? { width: image.width, height: image.height }
    : { width: image.displayWidth, height: image.displayHeight };
}
