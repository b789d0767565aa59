import type { TimeMark } from '../../core/time-mark.ts';

/** A moment that is marked in two recordings. */
export interface CommonMark {
  readonly mark: TimeMark;
  readonly other: TimeMark;
}

/** Marks that have the same name in two recordings; where none has, the first of each. */
export function commonMarks(own: readonly TimeMark[], others: readonly TimeMark[]): readonly CommonMark[] {
  const named = own.flatMap((mark) => {
    const other = others.find(({ label }) => label.toLowerCase() === mark.label.toLowerCase());
    return other ? [{ mark, other }] : [];
  });
  const [mark, other] = [own[0], others[0]];
  return named.length > 0 || !mark || !other ? named : [{ mark, other }];
}
