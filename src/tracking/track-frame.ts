import type { TrackedFrame } from '../core/recording.ts';
import { sizeOf } from '../families/frame-image.ts';
import type { Identities } from '../motion/tracking/identities.ts';
import { formPeople, keptCandidates } from '../motion/tracking/people.ts';
import { scaleDetections } from '../motion/tracking/scale-detections.ts';
import type { SourceFrame } from '../sources/source.ts';
import type { EstimatorClient } from './estimator-client.ts';

/** One frame through the model; its image is closed. */
export async function trackFrame(
  client: EstimatorClient,
  frame: SourceFrame,
  identities: Identities,
  position: number,
): Promise<TrackedFrame> {
  const scale = scaleOf(frame);
  const estimate = await client.estimate(frame.image, frame.time);
  estimate.image.close();
  const detections = scaleDetections(estimate.detections, scale);
  return {
    index: frame.index ?? position,
    time: frame.time,
    people: identities.identify(formPeople(detections), frame.time),
    ...keptCandidates(detections),
  };
}

/** By how much a frame is larger than the picture of it that the network gets. To be asked before that is handed over. */
export function scaleOf({ image, width, height }: SourceFrame): readonly [x: number, y: number] {
  const size = sizeOf(image);
  return [width / size.width, height / size.height];
}
