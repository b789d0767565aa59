import { describe, expect, it } from 'vitest';
import { type ShownPart, shownFrames, WHOLE_MEDIUM } from '../../../src/core/time/shown-parts.ts';

const times = Float64Array.from({ length: 45 }, (_, i) => i / 30);
const medium = { times, keyTimes: Float64Array.of(0, 15 / 30, 30 / 30), isOrdered: true, end: 1.5 };
const part = (at: number, duration: number, from: number, rate = 1): ShownPart => ({
  at,
  duration,
  from,
  rate,
});
/** Times in frames of a thirtieth of a second, so that they can be read. */
const shown = (...parts: ShownPart[]) => {
  const { times, keyTimes } = shownFrames(medium, parts);
  const inFrames = (all: Float64Array) => [...all].map((time) => Math.round(time * 300) / 10);
  return { times: inFrames(times), keys: inFrames(keyTimes) };
};
const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, i) => from + i);

describe('what an edit list shows', () => {
  it('is all frames, where there is none', () => {
    expect(shown(WHOLE_MEDIUM)).toEqual({ times: upTo(45), keys: [0, 15, 30] });
  });

  it('begins late and ends early', () => {
    expect(shown(part(0, 0.5, 10 / 30))).toEqual({ times: upTo(15), keys: [5] });
  });

  it('comes after nothing', () => {
    expect(shown(part(1, 0.2, 0)).times).toEqual(upTo(36, 30));
  });

  it('is several parts, one shown twice', () => {
    const twice = shown(part(0, 0.2, 1), part(0.2, 0.1, 0), part(0.3, 0.2, 1));
    expect(twice).toEqual({ times: upTo(15), keys: [0, 6, 9] });
  });

  it('is shown from a part’s beginning on, where a frame lasts into it', () => {
    expect(shown(part(0, 0.1, 0.35)).times).toEqual([0, 0.5, 1.5, 2.5]);
  });

  it('stands, slows down or hurries', () => {
    expect(shown(part(0, 2, 0.5, 0), part(2, 0.1, 0.5)).times).toEqual([0, 60, 61, 62]);
    expect(shown(part(0, 0.2, 0, 0.5)).times).toEqual([0, 2, 4]);
    expect(shown(part(0, 0.1, 0, 2)).times).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  });

  it('may be nothing', () => {
    expect(shown(part(0, 1, 9)).times).toEqual([]);
  });

  it('is refused, where it has no end', () => {
    const endless = Array.from({ length: 200_000 }, (_, i) => part(i * 1.5, 1.5, 0));
    expect(() => shownFrames(medium, endless)).toThrow(/more frames than any video has/);
  });
});
