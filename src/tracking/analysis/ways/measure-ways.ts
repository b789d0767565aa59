import { mainPose, type Pose } from '../../../core/pose.ts';
import type { TrackedFrame } from '../../../core/recording.ts';
import { keypointDistances } from '../../../motion/series/distances.ts';
import {
  type MeasuredWay,
  RIGHT_WITHIN_PIXELS,
  recallEngines,
  rememberWays,
} from '../../engines/remembered.ts';
import type { ModelOrder } from '../../protocol.ts';
import type { AnalysisEngines } from '../analysis-events.ts';
import { type Trial, type TrialVideo, tryWay } from './trial.ts';
import { toWay, waysToMeasure } from './ways.ts';

/** After so many milliseconds no further way is tried: whoever waits for a video wants to see it tracked. */
const LIMIT_MS = 20_000;
/** What `RIGHT_WITHIN_PIXELS` is of; in larger pictures it is as much more. */
const PIXELS_WIDE = 640;
/** Later than these, engines that differ by a hundredth of a pixel may follow others in a crowd. */
const COMPARED_FRAMES = 4;

/**
 * Has the engines of a model, and several numbers of workers, track the first frames of a video one after the other, and remembers
 * for this browser on this device which are right, and how fast. The workers of the best stay open.
 *
 * @param isFollowed only one worker can follow who is followed, see `seesCrowd`
 * @param most workers that have something to do
 * @returns the best way first; `null`: there is no choice, or nobody is seen by whom engines could be compared
 * @throws the signal's reason
 */
export async function measureWays(
  order: ModelOrder,
  video: TrialVideo,
  isFollowed: boolean,
  most: number,
  engines: AnalysisEngines,
  signal?: AbortSignal,
): Promise<readonly MeasuredWay[] | null> {
  const { hasRealGpu } = video.scanned;
  const choices = waysToMeasure(order, hasRealGpu, most);
  if (choices.length < 2) return null;
  const known = (await recallEngines(order.options, engines.platform)) ?? [];
  const began = performance.now();
  const ways: MeasuredWay[] = [];
  let best: Trial | null = null;
  let reference: readonly TrackedFrame[] | null = null;
  try {
    for (const choice of choices) {
      if (performance.now() - began > LIMIT_MS) break;
      const way = toWay({ ...order, engine: choice.engine }, choice.workers, hasRealGpu, most);
      // What doesn't run here is no way.
      const trial = await tryWay(choice, way, video, engines, signal).catch(() => null);
      if (signal?.aborted) for (const worker of trial?.workers ?? []) worker.close();
      signal?.throwIfAborted();
      if (!trial) continue;
      reference ??= trial.frames;
      const isKnown = known.some(({ engine }) => engine === choice.engine);
      const isRight = agrees(reference, trial.frames, video.scanned.video.width) ?? isKnown;
      if (isRight) ways.push({ ...choice, framesPerSecond: trial.framesPerSecond });
      const isBest: boolean = isRight && trial.framesPerSecond > (best?.framesPerSecond ?? 0);
      for (const worker of (isBest ? best : trial)?.workers ?? []) worker.close();
      if (isBest) best = trial;
    }
  } finally {
    for (const worker of best?.workers ?? []) engines.giveAnalyzer(worker);
  }
  if (ways.length === 0) return null;
  ways.sort((a, b) => b.framesPerSecond - a.framesPerSecond);
  await rememberWays(order.options, isFollowed, engines.platform, ways);
  return ways;
}

/** Do two see the same in the same frames? `null`: the first sees nobody. */
function agrees(
  first: readonly TrackedFrame[],
  second: readonly TrackedFrame[],
  width: number,
): boolean | null {
  const pixels = first.slice(0, COMPARED_FRAMES).flatMap(({ index, people }) => {
    const same = second.find((frame) => frame.index === index);
    return same ? keypointDistances(posesOf(people), posesOf(same.people)) : [];
  });
  if (pixels.length === 0) return null;
  const found = pixels.flatMap(({ pixels: distance }) => (distance === null ? [] : [distance]));
  const sum = found.reduce((total, distance) => total + distance, 0);
  return found.length > 0 && sum / found.length <= (RIGHT_WITHIN_PIXELS * width) / PIXELS_WIDE;
}

function posesOf(people: TrackedFrame['people']): Pose[] {
  return people.map(mainPose);
}
