import { boundingBox, type Pose } from '../../core/pose.ts';
import { type FrameTimes, nearestFrame, SAME_TIME } from '../../core/time/frame-times.ts';
import { findsAll } from '../../families/families.ts';
import { crowdFinder } from '../../families/finding/finders.ts';
import { wantedTimes } from '../../recording/joining/pieces.ts';
import type { Engines } from '../engines/engines.ts';
import { toEstimatorOptions } from '../order.ts';
import type { ModelOrder } from '../protocol.ts';
import type { AnalysisWorker } from './analysis-worker.ts';
import type { AnalysisOptions } from './options.ts';

/** Somebody who is at least this share as tall as the tallest may be taken for them; passers-by far behind are smaller. */
const ALIKE_HEIGHT = 0.5;
/** Places of a video at which people are counted: where it begins, and key frames, which are decoded by themselves. */
const LOOKS = 3;

/**
 * Does a video show more people than a model is asked to follow? Then two workers that begin at different places may pick different
 * ones. Another network, which finds everybody, counts them in a few frames.
 *
 * @returns `false` also where that network isn't at hand or can't look: the joiner still sees who was picked
 * @throws the signal's reason
 */
export async function seesCrowd(
  worker: AnalysisWorker,
  { options }: Pick<ModelOrder, 'options'>,
  frameTimes: FrameTimes,
  selection: AnalysisOptions,
  engines: Pick<Engines, 'platform' | 'useEstimator'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const { registry } = engines.platform;
  const info = registry.info(options.model);
  const finder = crowdFinder(registry);
  if (!finder || info.finds !== 'bodies' || findsAll(info)) return false;
  const { options: finding, engine } = toEstimatorOptions({ model: finder.id }, 'image', registry);
  try {
    return await engines.useEstimator(
      finding,
      engine,
      async (client) => {
        for (const time of lookTimes(frameTimes, selection)) {
          const picture = await worker.pictureAt(time, signal);
          if (!picture) continue;
          const { detections, image } = await client.estimate(picture, time);
          image.close();
          if (countAlike(detections.bodies) > options.people) return true;
        }
        return false;
      },
      signal,
    );
  } catch {
    signal?.throwIfAborted();
    // Nobody has asked for it: the video is tracked all the same.
    return false;
  }
}

/** Seconds of the frames that are looked at, in their order. */
export function lookTimes(
  { times, keyTimes }: FrameTimes,
  { from, to, everyNth }: Pick<AnalysisOptions, 'from' | 'to' | 'everyNth'>,
): number[] {
  const wanted = wantedTimes(times, from, to, everyNth);
  const [first] = wanted;
  const last = wanted.at(-1);
  if (first === undefined || last === undefined) return [];
  const looks = [first];
  for (let look = 1; look < LOOKS; look++) {
    const target = wanted[Math.floor((look * wanted.length) / LOOKS)] ?? first;
    const key = keyTimes[nearestFrame(keyTimes, target)] ?? first;
    if (key > (looks.at(-1) ?? first) + SAME_TIME && key <= last) looks.push(key);
  }
  return looks;
}

/** How many are about as tall as the tallest. */
export function countAlike(bodies: readonly Pose[]): number {
  const heights = bodies.map((body) => boundingBox(body)?.height ?? 0);
  const least = ALIKE_HEIGHT * heights.reduce((most, height) => Math.max(most, height), 0);
  return heights.filter((height) => height > 0 && height >= least).length;
}
