/** What a mark stands for: whatever somebody says, a foot that touches down or leaves the ground, a repetition. */
export const MARK_KINDS = ['mark', 'foot-strike', 'toe-off', 'repetition'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Characters that a mark's name has at most. */
export const LONGEST_LABEL = 80;

/** A moment of a recording that has a name. */
export interface TimeMark {
  /** Tells the marks of a recording apart. */
  readonly id: string;
  /** Seconds, as the recording's frames have them. */
  readonly time: number;
  /** At most `LONGEST_LABEL` characters. */
  readonly label: string;
  readonly kind: MarkKind;
  /** Whose foot it is, the left or the right; absent: it is of no side. */
  readonly side?: 'left' | 'right';
  /** Of whom it is; absent: of nobody in particular. */
  readonly personId?: number;
}

/** In the order of time. */
export function byTime(a: TimeMark, b: TimeMark): number {
  return a.time - b.time || (a.id < b.id ? -1 : 1);
}
