import { describe, expect, it } from 'vitest';
import { bestTrial, describeSearch } from '../../../src/app/networks/find-scaling.ts';
import type { ScalingTrial } from '../../../src/families/maps/explanation.ts';
import { allScalings, toTrial } from '../../../src/families/maps/scaling-trial.ts';
import {
  describeScaling,
  type PictureScaling,
  pictureScalings,
} from '../../../src/families/picture-scaling.ts';

const raw: PictureScaling = { order: 'bgr', ...pictureScalings.raw };
const signed: PictureScaling = { order: 'rgb', ...pictureScalings.signed };
/** Somebody with keypoints of these scores, all in one place. */
const person = (...scores: number[]) => ({
  points: Float32Array.from(scores.flatMap((score) => [1, 1, score])),
  score: 1,
});

describe('Ways of scaling pictures', () => {
  it('are said as people read them', () => {
    expect(allScalings.map(describeScaling)).toEqual(
      ['BGR', 'RGB'].flatMap((order) =>
        ['−0.5 … 0.5', '−1 … 1', '0 … 255', '0 … 1'].map(
          (range) => `${order}, ${range.replaceAll(' ', '\u00a0')}`,
        ),
      ),
    );
    expect(describeScaling({ order: 'rgb', scale: 1 / 58, shift: -2.1 })).toBe('RGB, −2.1\u00a0…\u00a02.3');
  });

  it('are told apart by the surest keypoints of people, whatever maps a wrong range lifts', () => {
    const good = toTrial(raw, [person(0.9, 0.8, 0.7), person(0.6, 0.2)]);
    expect(good).toMatchObject({ people: 2, keypoints: 4 });
    expect(good.score).toBeCloseTo(3);
    const lifted = toTrial(signed, [person(40, 80, 0.1)]);
    expect(lifted).toMatchObject({ people: 1, keypoints: 2, score: 2 });
    expect(bestTrial([lifted, good])).toBe(good);
  });

  it('that find nobody are none, and of equal ones the first is taken', () => {
    const none: ScalingTrial = toTrial(raw, [person(0.1)]);
    expect(bestTrial([])).toBeNull();
    expect(bestTrial([none])).toBeNull();
    const [first, second] = [toTrial(raw, [person(0.5)]), toTrial(signed, [person(0.5)])];
    expect(bestTrial([none, first, second])).toBe(first);
  });

  it('what came of trying them is said in a sentence', () => {
    expect(describeSearch({ outcome: 'found', tried: 8, best: toTrial(raw, [person(0.9, 0.8)]) })).toBe(
      'Tried 8 ways to scale pictures: BGR, 0\u00a0…\u00a0255 found 2 keypoints of one person and is used. Change it under All networks.',
    );
    expect(describeSearch({ outcome: 'nobody', tried: 8, guess: signed })).toBe(
      'Tried 8 ways to scale pictures, and none found anybody: RGB, −1\u00a0…\u00a01 is a guess. Open a picture with people and try again under All networks.',
    );
    expect(
      describeSearch({ outcome: 'failed', reason: "The demo actor can't be drawn.", guess: signed }),
    ).toMatch(/could not be tried, so RGB, −1\u00a0…\u00a01 is a guess; .* The demo actor can't be drawn\.$/);
  });
});
