import { LimnError } from '../../core/errors.ts';
import { greatest } from '../../core/lists.ts';
import type { Notes } from './notes.ts';

/** A frame of a table, with what the table says of it. */
export interface TableFrame {
  readonly index: number;
  /** Seconds. */
  readonly time: number;
  /** Where it stands first, from 1. */
  readonly line: number;
}

/** What rounding or cutting off digits changes of a time, in units of the last digit, with room for 64-bit floats. */
const ROUNDED_BY = 1 + 1e-6;

/**
 * Frames with a time of their own each, for a recording holds one frame a time. Where neighbours have the same time only
 * because times are rounded, times are made from the frames' numbers, and a note says so.
 *
 * @param frames in the order in which their times should grow
 * @param statedRate frames a second, as the file says; `null`: it doesn't
 * @throws {LimnError} naming file and line, if a time isn't later than the one before for another reason
 */
export function withOwnTimes<Frame extends TableFrame>(
  frames: readonly Frame[],
  name: string,
  statedRate: number | null,
  notes: Notes,
): readonly Frame[] {
  const at = frames.findIndex(({ time }, i) => i > 0 && !(time > (frames[i - 1]?.time ?? Number.NaN)));
  const [before, frame, first] = [frames[at - 1], frames[at], frames[0]];
  if (!before || !frame || !first) return frames;
  const rate = findRate(frames, statedRate);
  if (rate === null) {
    throw new LimnError(
      `${name}, line ${frame.line}, has the time ${frame.time}, which is not later than that of the frame before (${before.time}): give every frame a time of its own.`,
    );
  }
  notes.say(
    `Times are rounded so that frames have the same: they are made from the frames’ numbers, at ${Number(rate.toPrecision(6))} frames a second.`,
  );
  return frames.map((each) => ({ ...each, time: first.time + (each.index - first.index) / rate }));
}

/** The rate of which these times may be rounded; `null`: there is none. */
function findRate(frames: readonly TableFrame[], stated: number | null): number | null {
  const [first, last] = [frames[0], frames.at(-1)];
  // Rounding makes neighbours the same, and turns no order.
  const areNumbered = frames.every(({ index, time }, i) => {
    const before = frames[i - 1];
    return before === undefined || (index > before.index && time >= before.time);
  });
  if (!first || !last || !areNumbered) return null;
  const tolerance = ROUNDED_BY * 10 ** -greatest(frames.map(({ time }) => decimalsOf(time)));
  const mean = (last.index - first.index) / (last.time - first.time);
  const fits = (rate: number): boolean =>
    frames.every(
      ({ index, time }) => Math.abs(time - first.time - (index - first.index) / rate) <= tolerance,
    );
  const candidates = [stated ?? Number.NaN, Math.round(mean), mean];
  return candidates.find((rate) => rate > 0 && Number.isFinite(rate) && fits(rate)) ?? null;
}

function decimalsOf(time: number): number {
  const [, decimals = '', exponent = '0'] = /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(time)) ?? [];
  return decimals.length - Number(exponent);
}

/** For files that aren't tables. @throws {LimnError} naming two frames with the same time, counted from 0 */
export function checkOwnTimes(times: readonly number[], name: string): void {
  const known = new Map<number, number>();
  for (const [i, time] of times.entries()) {
    const earlier = known.get(time);
    if (earlier !== undefined) {
      throw new LimnError(
        `${name} gives frames ${earlier} and ${i} (counted from 0) the same time (${time} s): give every frame a time of its own.`,
      );
    }
    known.set(time, i);
  }
}
