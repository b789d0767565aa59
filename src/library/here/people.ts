import type { Recording } from '../../core/recording.ts';

/** The ids of everybody in a recording. */
export function idsOf({ frames }: Recording): ReadonlySet<number> {
  return new Set(frames.flatMap(({ people }) => people.map(({ id }) => id)));
}
