import { fixedNumber } from '../../core/texts/readable.ts';

/** A stretch of time across a width. */
export interface TimeScale {
  /** Seconds. */
  readonly from: number;
  readonly to: number;
  /** CSS pixels. */
  readonly left: number;
  readonly width: number;
}

export function toPixel({ from, to, left, width }: TimeScale, time: number): number {
  return left + ((time - from) / Math.max(1e-9, to - from)) * width;
}

export function toTime({ from, to, left, width }: TimeScale, x: number): number {
  return from + ((x - left) / Math.max(1, width)) * (to - from);
}

/** Steps that people count time in, in seconds. */
const STEPS = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
] as const;
const MINIMUM_SPACING = 70;

/** Round times between the ends, far enough apart to be written. */
export function ticks({ from, to, width }: TimeScale): number[] {
  const wished = ((to - from) / Math.max(1, width)) * MINIMUM_SPACING;
  const step = STEPS.find((each) => each >= wished) ?? 7200;
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

/** A time as minutes and seconds, with as many digits as the view is fine. */
export function tickLabel(time: number, span: number): string {
  const minutes = Math.floor(Math.abs(time) / 60);
  const seconds = Math.abs(time) - minutes * 60;
  const digits = span < 1 ? 2 : span < 10 ? 1 : 0;
  const text = `${minutes}:${fixedNumber(seconds, digits, 2)}`;
  return time < 0 ? `−${text}` : text;
}

/** A stretch of the same length or another about a time that keeps its place, within the ends there are. */
export function zoom(
  { from, to }: Pick<TimeScale, 'from' | 'to'>,
  factor: number,
  about: number,
  [first, last]: readonly [number, number],
  shortest: number,
): [from: number, to: number] {
  const length = Math.min(last - first, Math.max(shortest, (to - from) * factor));
  const share = (about - from) / Math.max(1e-9, to - from);
  return held(about - share * length, length, [first, last]);
}

/** A stretch moved by some seconds, within the ends there are. */
export function pan(
  { from, to }: Pick<TimeScale, 'from' | 'to'>,
  by: number,
  ends: readonly [number, number],
): [from: number, to: number] {
  return held(from + by, to - from, ends);
}

function held(from: number, length: number, [first, last]: readonly [number, number]): [number, number] {
  const start = Math.max(first, Math.min(from, last - length));
  return [start, Math.min(last, start + length)];
}
