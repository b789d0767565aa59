import { medianOf } from '../../core/numbers/quantiles.ts';
import type { Column } from '../tracks/tracks.ts';
import { findContacts } from './contacts.ts';

/** What a walk is made of. */
export interface Walking {
  /** From one foot's touching down to the other's. */
  readonly steps: number;
  /** Steps a minute, at the median; NaN without steps. */
  readonly cadence: number;
  /** Metres from one foot's place to the other's, along the way, at the median. */
  readonly stepLength: number;
  /** Metres a second: step length by step time. */
  readonly speed: number;
}

/** Steps take so long, in seconds, and reach so far, in metres. Slower and shorter ones are standing about. */
const STEP_SECONDS = [0.2, 1.5] as const;
const STEP_METRES = [0.15, 1.6] as const;

export type FootColumns = readonly [x: Column, y: Column, z: Column];

/**
 * Steps, cadence and step length of somebody in the room. A step is from where and when one foot touches down to where and
 * when the other does (R. Baker, Measuring Walking, 2013).
 */
export function measureWalking(left: FootColumns, right: FootColumns, times: Float64Array): Walking {
  const touches = (['left', 'right'] as const)
    .flatMap((side) => {
      const foot = side === 'left' ? left : right;
      return findContacts(foot, times).map(({ from, to }) => {
        const middle = (column: Column): number =>
          medianOf([...column.subarray(from, to + 1)].filter((value) => !Number.isNaN(value))) ?? Number.NaN;
        return { side, time: times[from] ?? Number.NaN, x: middle(foot[0]), z: middle(foot[2]) };
      });
    })
    .sort((a, b) => a.time - b.time);
  const steps = touches.slice(1).flatMap((touch, i) => {
    const before = touches[i];
    if (!before || before.side === touch.side) return [];
    // The way one goes is that from where the same foot was before, or the other one will be next.
    const [past, next] = [touches[i - 1], touches[i + 2]];
    const [from, to] =
      past?.side === touch.side
        ? [past, touch]
        : next?.side === before.side
          ? [before, next]
          : [before, touch];
    const [alongX, alongZ] = [to.x - from.x, to.z - from.z];
    const seconds = touch.time - before.time;
    const metres =
      ((touch.x - before.x) * alongX + (touch.z - before.z) * alongZ) / Math.hypot(alongX, alongZ);
    const isStep =
      seconds >= STEP_SECONDS[0] &&
      seconds <= STEP_SECONDS[1] &&
      metres >= STEP_METRES[0] &&
      metres <= STEP_METRES[1];
    return isStep ? [{ seconds, metres }] : [];
  });
  const seconds = medianOf(steps.map((step) => step.seconds)) ?? Number.NaN;
  const stepLength = medianOf(steps.map((step) => step.metres)) ?? Number.NaN;
  return { steps: steps.length, cadence: 60 / seconds, stepLength, speed: stepLength / seconds };
}
