import { LimnError } from '../core/errors.ts';
import { createFrame } from '../core/frame.ts';
import { type PlainFrame, toPlainFrame } from '../core/plain-recording.ts';
import type { DeviceInfo } from '../families/estimator.ts';
import { type FrameImage, sizeOf } from '../families/frame-image.ts';
import { LIVE_BUDGET_MS } from '../families/multipose/multipose-options.ts';
import { Identities } from '../motion/tracking/identities.ts';
import { enginesOf } from './engines/engines.ts';
import type { EstimatorClient } from './estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from './order.ts';
import type { Platform } from './platform.ts';
import { takePicture } from './take-picture.ts';
import { trackFrame } from './track-frame.ts';

/** Follows people through pictures that are given one by one. */
export interface Tracker {
  /** What it runs on, once the model is open; rejected if no engine can run it. `detect` waits for it by itself. */
  readonly ready: Promise<DeviceInfo>;
  /** What it runs on now, for an engine that is lost is followed by the next; `null` before the model is open. */
  readonly device: DeviceInfo | null;
  /**
   * Keypoints of everybody in a picture, as it is at the moment of the call. Calls are answered in their order; each that
   * waits holds a copy of its picture, so wait for an answer before you give many more.
   *
   * @param image anything that has a picture; it stays the caller's, and may be closed or changed at once
   * @param time seconds, growing from call to call; default: the clock at the moment of the call
   * @throws {LimnError} if the picture can't be read, or the model can't be opened or fails
   */
  detect(image: ImageBitmapSource, time?: number): Promise<PlainFrame>;
  /** Gives back its worker, which ends after a while unless it is wanted again. Calls that wait are rejected. */
  dispose(): void;
}

/** @throws {LimnError} if an option isn't valid */
export function createTracker(options: TrackerOptions, platform: Platform): Tracker {
  const { options: estimatorOptions, engine } = toEstimatorOptions(
    { pictureBudgetMs: LIVE_BUDGET_MS, ...options },
    'video',
    platform.registry,
  );
  const engines = enginesOf(platform);
  const opening = engines.takeEstimator(estimatorOptions, engine);
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
  /** Calls that aren't answered yet. */
  let waiting = 0;
  let isDisposed = false;
  let previous: Promise<unknown> = Promise.resolve();
  const detect = async (taken: Promise<FrameImage>, time: number): Promise<PlainFrame> => {
    const image = await taken;
    const client = await opening.catch((error: unknown) => {
      image.close();
      throw error;
    });
    if (isDisposed) {
      image.close();
      throw new LimnError('This tracker was disposed of. Make another one with createTracker.');
    }
    const frame = createFrame({ image, ...sizeOf(image), time });
    return toPlainFrame(await trackFrame(client, frame, identities, frames++));
  };
  return {
    ready,
    get device() {
      return open?.device ?? null;
    },
    detect(image, time = (performance.now() - began) / 1000) {
      const taken = takePicture(image);
      // Whoever waits for the answer hears of it.
      taken.catch(() => undefined);
      waiting++;
      const result = previous
        .then(() => detect(taken, time))
        .finally(() => {
          waiting--;
        });
      previous = result.catch(() => undefined);
      return result;
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      opening
        .then((client) => {
          if (waiting === 0) engines.giveEstimator(client);
          else client.close();
        })
        .catch(() => undefined);
    },
  };
}
