import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { OneEuroFilter } from '../../../src/motion/smoothing/one-euro.ts';
import { Smoother, smoothRecording } from '../../../src/motion/smoothing/smoother.ts';
import { personAt, sampleRecording } from '../../helpers/people.ts';

describe('One-Euro filter', () => {
  it('with beta 0 is the first-order low-pass of its cut-off', () => {
    const filter = new OneEuroFilter(1, { minimumCutoff: 1, beta: 0, derivativeCutoff: 1 });
    const step = 1 / 30;
    const alpha = 1 / (1 + 1 / (2 * Math.PI) / step);
    let expected = 0;
    filter.update(Float64Array.of(0), 0);
    for (let i = 1; i < 50; i++) {
      const values = Float64Array.of(1);
      filter.update(values, i * step);
      expected += alpha * (1 - expected);
      expect(values[0]).toBeCloseTo(expected, 12);
    }
  });

  it('starts anew after a gap in the values', () => {
    const filter = new OneEuroFilter(1, { minimumCutoff: 0.1, beta: 0, derivativeCutoff: 1 });
    for (const [value, time] of [
      [0, 0],
      [Number.NaN, 0.1],
      [5, 0.2],
    ] as const) {
      const values = Float64Array.of(value);
      filter.update(values, time);
      expect(values[0]).toBe(value);
    }
  });
});

describe('smoother', () => {
  const jitter = (strength: number): number => {
    const random = createRandom(3);
    const smoother = new Smoother(strength);
    let before: number | undefined;
    let sum = 0;
    for (let i = 0; i < 120; i++) {
      const person = personAt(0, 300, 200);
      const points = person.body?.points ?? new Float32Array();
      for (let k = 0; k < points.length; k += 3) points[k] = (points[k] ?? 0) + (random() - 0.5) * 4;
      const x = smoother.smooth([person], i / 30)[0]?.body?.points[0] ?? 0;
      if (before !== undefined) sum += Math.abs(x - before);
      before = x;
    }
    return sum;
  };

  it('calms somebody who stands, the more the stronger', () => {
    expect(jitter(0.5)).toBeLessThan(jitter(0));
    expect(jitter(1)).toBeLessThan(jitter(0.5));
  });

  it('leaves the recording that it is given as it is', () => {
    const recording = sampleRecording();
    const before = JSON.stringify(recording.frames);
    const smoothed = smoothRecording(recording, 1);
    expect(JSON.stringify(recording.frames)).toBe(before);
    expect(smoothed.frames).toHaveLength(3);
  });
});
