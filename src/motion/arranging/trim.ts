import { Recording } from '../../core/recording.ts';
import { isAll, type TimeRange } from '../corrections/time-range.ts';
import { withProcessing } from '../tracks/tracks.ts';

/**
 * Only the frames of a stretch of time, both ends included. Frames keep their times and numbers, marks theirs.
 *
 * @param range in seconds; an end that is absent is that of the recording
 */
export function trim(recording: Recording, { from, to }: TimeRange = {}): Recording {
  const isInside = ({ time }: { readonly time: number }): boolean =>
    time >= (from ?? Number.NEGATIVE_INFINITY) && time <= (to ?? Number.POSITIVE_INFINITY);
  const { info } = recording;
  const frames = recording.frames.filter(isInside);
  const ends = `${from === undefined ? 'the start' : `${from} s`} to ${to === undefined ? 'the end' : `${to} s`}`;
  return withProcessing(
    new Recording(info.marks ? { ...info, marks: info.marks.filter(isInside) } : info, frames),
    `trimmed from ${ends}`,
  );
}

/** As `trim`; the recording itself where the range is all of it, which needn't be said. */
export function inRange(recording: Recording, range: TimeRange): Recording {
  return isAll(range) ? recording : trim(recording, range);
}
