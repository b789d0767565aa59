import { createFrame } from '../core/frame.ts';
import { type PlainFrame, toPlainFrame } from '../core/plain-recording.ts';
import type { DeviceInfo } from '../models/estimator.ts';
import { Identities } from '../motion/tracking/identities.ts';
import { EstimatorClient } from './estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions, trackFrame } from './recorder.ts';
import type { Platform } from './workers.ts';

/** Follows people through pictures that are given one by one. */
export interface Tracker {
  readonly device: DeviceInfo;
  /**
   * Keypoints of everybody in a picture. Calls are answered in their order.
   *
   * @param image anything that has a picture; it stays the caller's
   * @param time seconds, growing from call to call; default: the clock
   */
  detect(image: ImageBitmapSource, time?: number): Promise<PlainFrame>;
  dispose(): void;
}

/** @throws {LimnError} if an option isn't valid, or no engine can run the model */
export async function createTracker(options: TrackerOptions, platform: Platform): Promise<Tracker> {
  const { options: estimatorOptions, engine } = toEstimatorOptions(options, 'video');
  const client = await EstimatorClient.open(
    platform.workers.estimate,
    estimatorOptions,
    engine,
    platform.assets,
  );
  const identities = new Identities();
  const began = performance.now();
  let frames = 0;
  let previous: Promise<unknown> = Promise.resolve();
  const detect = async (image: ImageBitmapSource, time: number): Promise<PlainFrame> => {
    const own = image instanceof VideoFrame ? image.clone() : await createImageBitmap(image);
    const [width, height] =
      own instanceof VideoFrame ? [own.displayWidth, own.displayHeight] : [own.width, own.height];
    const frame = createFrame({ image: own, width, height, time });
    return toPlainFrame(await trackFrame(client, frame, identities, frames++));
  };
  return {
    get device() {
      return client.device;
    },
    detect(image, time = (performance.now() - began) / 1000) {
      const result = previous.then(() => detect(image, time));
      previous = result.catch(() => undefined);
      return result;
    },
    dispose: () => client.close(),
  };
}
