/** A stretch of time in seconds, both ends included; an end that is absent is that of the recording. */
export interface TimeRange {
  readonly from?: number;
  readonly to?: number;
}

/** Is it all of the recording? */
export function isAll({ from, to }: TimeRange): boolean {
  return from === undefined && to === undefined;
}
