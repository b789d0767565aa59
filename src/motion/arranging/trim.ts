import { Recording } from '../../core/recording.ts';
import type { TimeRange } from '../corrections/time-range.ts';
import { withProcessing } from '../tracks/tracks.ts';

/**
 * Only the frames of a stretch of time, both ends included. Frames keep their times and numbers.
 *
 * @param range in seconds; an end that is absent is that of the recording
 */
export function trim(recording: Recording, { from, to }: TimeRange = {}): Recording {
  const frames = recording.frames.filter(
    ({ time }) => time >= (from ?? Number.NEGATIVE_INFINITY) && time <= (to ?? Number.POSITIVE_INFINITY),
  );
  const ends = `${from === undefined ? 'the start' : `${from} s`} to ${to === undefined ? 'the end' : `${to} s`}`;
  return withProcessing(new Recording(recording.info, frames), `trimmed from ${ends}`);
}
