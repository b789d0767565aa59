import type { Recording } from '../../core/recording.ts';

/** Everybody who occurs in a recording, growing: the order of people where a format has no ids. */
export function idsOf({ frames }: Recording): number[] {
  return [...new Set(frames.flatMap(({ people }) => people.map(({ id }) => id)))].sort((a, b) => a - b);
}
