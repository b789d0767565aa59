import type { TimeMark } from '../../core/time-mark.ts';
import { findGaitEvents } from '../../motion/kinematics/gait-events.ts';
import { findRepetitions } from '../../motion/kinematics/repetitions.ts';
import { measuredPose } from '../../motion/placing/spatial-pose.ts';
import type { RecordingColumns } from './columns.ts';
import type { FoundMoment, MomentsQuery } from './protocol.ts';

/** Moments of the main recording that can be told from its motion, in their order. Times are the recording's. */
export function findMoments(columns: RecordingColumns, slowness: number, query: MomentsQuery): FoundMoment[] {
  const times = Float64Array.from(columns.times);
  // How long steps take goes by what happened.
  const real = times.map((time) => time / slowness);
  const at = (frame: number): number => times[frame] ?? 0;
  const { personId } = query;
  if (query.kind === 'repetitions') {
    const [degrees] = columns.read([{ kind: 'angle', personId, angle: query.angle }]);
    const frames = degrees ? findRepetitions(degrees, real) : [];
    return frames.map((frame) => ({ time: at(frame), kind: 'repetition', personId }));
  }
  const poses = columns.batches.flatMap((batch) =>
    columns.framesOf(batch).map(({ people }) => {
      const person = people.find(({ id }) => id === personId);
      return person ? measuredPose(person) : null;
    }),
  );
  return findGaitEvents(poses, real).map(
    ({ frame, kind, side }): Omit<TimeMark, 'id' | 'label'> => ({ time: at(frame), kind, side, personId }),
  );
}
