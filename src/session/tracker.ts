import { createFrame } from '../core/frame.ts';
import { type PlainFrame, toPlainFrame } from '../core/plain-recording.ts';
import { type DeviceInfo, sizeOf } from '../models/estimator.ts';
import { Identities } from '../motion/tracking/identities.ts';
import { EstimatorClient } from './estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from './order.ts';
import { trackFrame } from './recorder.ts';
import type { Platform } from './workers.ts';

/** Follows people through pictures that are given one by one. */
export interface Tracker {
  /** What it runs on, once the model is open; rejected if no engine can run it. `detect` waits for it by itself. */
  readonly ready: Promise<DeviceInfo>;
  /** What it runs on now, for an engine that is lost is followed by the next; `null` before the model is open. */
  readonly device: DeviceInfo | null;
  /**
   * Keypoints of everybody in a picture. Calls are answered in their order.
   *
   * @param image anything that has a picture; it stays the caller's
   * @param time seconds, growing from call to call; default: the clock
   * @throws {LimnError} if the model can't be opened or fails
   */
  detect(image: ImageBitmapSource, time?: number): Promise<PlainFrame>;
  /** Ends the worker. Calls that wait are rejected. */
  dispose(): void;
}

/** @throws {LimnError} if an option isn't valid */
export function createTracker(options: TrackerOptions, platform: Platform): Tracker {
  const { options: estimatorOptions, engine } = toEstimatorOptions(options, 'video');
  const opening = EstimatorClient.open(estimatorOptions, engine, platform);
  let open: EstimatorClient | null = null;
  const ready = opening.then((client) => {
    open = client;
    return client.device;
  });
  // Whoever calls `detect` hears of it; nobody has to ask for `ready`.
  ready.catch(() => undefined);
  const identities = new Identities();
  const began = performance.now();
  let frames = 0;
  let previous: Promise<unknown> = Promise.resolve();
  const detect = async (image: ImageBitmapSource, time: number): Promise<PlainFrame> => {
    const client = await opening;
    const own = image instanceof VideoFrame ? image.clone() : await createImageBitmap(image);
    const { width, height } = sizeOf(own);
    const frame = createFrame({ image: own, width, height, time });
    return toPlainFrame(await trackFrame(client, frame, identities, frames++));
  };
  return {
    ready,
    get device() {
      return open?.device ?? null;
    },
    detect(image, time = (performance.now() - began) / 1000) {
      const result = previous.then(() => detect(image, time));
      previous = result.catch(() => undefined);
      return result;
    },
    dispose: () => void opening.then((client) => client.close()).catch(() => undefined),
  };
}
