import type { KeypointSetId } from '../../core/pose.ts';
import { Recording } from '../../core/recording.ts';
import { convertPose } from '../../skeletons/convert.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { withProcessing } from '../tracks/tracks.ts';

export interface ConvertOptions {
  readonly set: KeypointSetId;
}

/**
 * Bodies in another keypoint set, see `skeletons/convert.ts`; bodies that are in it already stay.
 *
 * @throws {LimnError} if no rules lead from somebody's set to it
 */
export function convert(recording: Recording, { set }: ConvertOptions): Recording {
  const frames = recording.frames.map(({ openPose, ...frame }) => ({
    ...frame,
    // Peaks are counted by the keypoints of the set before.
    ...(openPose?.isAnonymous && { openPose: { isAnonymous: true } }),
    people: frame.people.map((person) => ({ ...person, body: person.body && convertPose(person.body, set) })),
  }));
  return withProcessing(new Recording(recording.info, frames), `bodies as ${skeletonOf(set).label}`);
}
