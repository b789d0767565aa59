import type { Person } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import type { Explanation } from '../../families/maps/explanation.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import { Identities } from '../../motion/tracking/identities.ts';
import { formPeople } from '../../motion/tracking/people.ts';
import { describeMaps } from '../../tracking/describe-run.ts';
import { toEstimatorOptions } from '../../tracking/order.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';

/**
 * Puts into the recording of a single picture those whom the thresholds make of it now. Hands stay where they were.
 *
 * @returns who is in it; `null`: it is no such recording, or its thresholds are the same
 */
export function regroupPicture(
  recording: Recording,
  { bodies }: Explanation,
  settings: Settings,
  registry: ModelRegistry,
): readonly Person[] | null {
  const { maps } = toEstimatorOptions(toTrackerOptions(settings, registry), 'image', registry).options;
  const [[frame, second], [run]] = [recording.frames, recording.info.runs];
  if (!frame || second || !run || !maps || recording.info.source.kind !== 'pictures') return null;
  const network = describeMaps(maps);
  if (JSON.stringify(network) === JSON.stringify(run.network)) return null;
  const hands = frame.people
    .flatMap(({ leftHand, rightHand }) => [leftHand, rightHand])
    .filter((hand) => hand !== null);
  const people = new Identities().identify(formPeople({ bodies, hands }), frame.time);
  recording.put({ ...frame, people });
  recording.info = { ...recording.info, runs: [{ ...run, network }] };
  return people;
}
