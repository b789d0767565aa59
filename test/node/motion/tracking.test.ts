import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import type { Pose } from '../../../src/core/pose.ts';
import { assignMaximum } from '../../../src/motion/tracking/assignment.ts';
import { Identities, NOBODY_FOLLOWED } from '../../../src/motion/tracking/identities.ts';
import { formPeople } from '../../../src/motion/tracking/people.ts';
import { bodyAt, handAt } from '../../helpers/people.ts';

const unknown = (body: Pose) => ({ score: 0.9, body, leftHand: null, rightHand: null });

describe('assignment', () => {
  it('is as good as the best of all permutations', () => {
    const random = createRandom(7);
    for (let round = 0; round < 200; round++) {
      const rows = 1 + Math.floor(random() * 5);
      const columns = 1 + Math.floor(random() * 5);
      const weights = Array.from({ length: rows }, () => Array.from({ length: columns }, () => random()));
      const assigned = assignMaximum(weights);
      const used = assigned.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect(used).toHaveLength(Math.min(rows, columns));
      const total = assigned.reduce((sum, column, row) => sum + (weights[row]?.[column] ?? 0), 0);
      expect(total).toBeCloseTo(bestTotal(weights, new Set()), 9);
    }
  });

  it('takes nothing for nothing', () => {
    expect(assignMaximum([])).toEqual([]);
    expect(assignMaximum([[], []])).toEqual([-1, -1]);
  });
});

/** The largest total by trying everything. */
function bestTotal(weights: readonly (readonly number[])[], used: ReadonlySet<number>, row = 0): number {
  if (row === weights.length) return 0;
  const columns = weights[row]?.length ?? 0;
  const canSkip = weights.length - row > columns - used.size;
  const totals = canSkip ? [bestTotal(weights, used, row + 1)] : [];
  for (let column = 0; column < columns; column++) {
    if (used.has(column)) continue;
    totals.push((weights[row]?.[column] ?? 0) + bestTotal(weights, new Set([...used, column]), row + 1));
  }
  return Math.max(...totals);
}

describe('identities', () => {
  it('keeps both ids when two people cross, though they are found in any order', () => {
    const identities = new Identities();
    const seen: number[][] = [];
    for (let i = 0; i <= 60; i++) {
      const bodies = [bodyAt(100 + i * 5, 200), bodyAt(400 - i * 5, 230)];
      const people = identities.identify((i % 2 ? bodies.reverse() : bodies).map(unknown), i / 30);
      seen.push(people.map(({ body }) => body?.points[0] ?? 0));
    }
    expect(seen[0]?.[0]).toBeLessThan(seen[0]?.[1] ?? 0);
    expect(seen[60]?.[0]).toBeGreaterThan(seen[60]?.[1] ?? 0);
  });

  it('takes people for whom the model takes them, wherever they are, and others by where they are', () => {
    const identities = new Identities();
    const at = (time: number, ...people: readonly (readonly [x: number, track?: number])[]) =>
      identities
        .identify(
          people.map(([x, track]) => ({ ...unknown(bodyAt(x, 200)), ...(track !== undefined && { track }) })),
          time,
        )
        .map(({ id, body }) => `${id} at ${Math.round((body?.points[0] ?? 0) / 100) * 100}`);
    expect(at(0, [100, 7], [400, 5])).toEqual(['0 at 100', '1 at 400']);
    // They have changed places.
    expect(at(0.1, [100, 5], [400, 7])).toEqual(['0 at 400', '1 at 100']);
    // Another run of the model has other numbers.
    expect(at(0.2, [100, 2 ** 40], [400, 2 ** 41])).toEqual(['0 at 400', '1 at 100']);
    expect(at(0.3, [100, 2 ** 41], [400])).toEqual(['0 at 100', '2 at 400']);
    expect(
      Object.keys(identities.identify([{ ...unknown(bodyAt(0, 0)), track: 1 }], 0.4)[0] ?? {}),
    ).not.toContain('track');
  });

  it('knows somebody again after a short absence, but never gives an id twice', () => {
    const identities = new Identities();
    const idAt = (time: number, x: number) => identities.identify([unknown(bodyAt(x, 200))], time)[0]?.id;
    expect(idAt(0, 100)).toBe(0);
    identities.identify([], 0.5);
    expect(idAt(1, 105)).toBe(0);
    expect(idAt(10, 105)).toBe(1);
    expect(idAt(20, 105)).toBe(2);
  });
});

describe('identities of people in frames that are seconds apart', () => {
  const STEP = 4;
  const track = (frames: readonly (readonly number[])[], identities = new Identities()) =>
    frames.map((xs, i) => {
      const people = identities.identify(
        xs.map((x) => unknown(bodyAt(x, 200))),
        i * STEP,
      );
      return people.map(({ id, body }) => `${id} at ${Math.round((body?.points[0] ?? 0) / 100) * 100}`);
    });

  it('hold from frame to frame, also of who isn’t found in one of them', () => {
    expect(track([[100, 500], [110, 490], [105], [112, 495], [115, 500]])).toEqual([
      ['0 at 100', '1 at 500'],
      ['0 at 100', '1 at 500'],
      ['0 at 100'],
      ['0 at 100', '1 at 500'],
      ['0 at 100', '1 at 500'],
    ]);
  });

  it('end where somebody is gone for many of them', () => {
    const frames = [[100], [100], [], [], [], [], [100]];
    expect(track(frames).at(-1)).toEqual(['1 at 100']);
  });

  it('end with every picture where nobody is to be followed', () => {
    expect(track([[100], [100], [100]], new Identities(NOBODY_FOLLOWED)).flat()).toEqual([
      '0 at 100',
      '1 at 100',
      '2 at 100',
    ]);
  });
});

describe('people', () => {
  it('gives each hand to the wrist it is at, and keeps its handedness', () => {
    const body = bodyAt(300, 200);
    const wrist = (i: number): [number, number] => [body.points[i * 3] ?? 0, body.points[i * 3 + 1] ?? 0];
    const atLeft = handAt(...wrist(15), 'right');
    const atRight = handAt(...wrist(16), 'right');
    const [person] = formPeople({ bodies: [body], hands: [atRight, atLeft] });
    expect(person?.leftHand).toBe(atLeft);
    expect(person?.rightHand).toBe(atRight);
    expect(person?.leftHand?.handedness?.side).toBe('right');
  });

  it('takes a hand at nobody for a person of its own', () => {
    const people = formPeople({ bodies: [bodyAt(300, 200)], hands: [handAt(900, 900, 'right')] });
    expect(people).toHaveLength(2);
    expect(people[1]).toMatchObject({ body: null, leftHand: null });
  });

  it('takes two bodies in the same place for one', () => {
    expect(formPeople({ bodies: [bodyAt(300, 200), bodyAt(301, 201, 0.8)], hands: [] })).toHaveLength(1);
  });

  it('keeps the hands that the model gives a body, wherever they are', () => {
    const far = { leftHand: handAt(900, 900), rightHand: null };
    const own = { leftHand: null, rightHand: handAt(800, 700, 'right') };
    const people = formPeople({
      bodies: [bodyAt(300, 200, 0.5), bodyAt(600, 200, 0.8)],
      hands: [],
      ownHands: [far, own],
    });
    expect(people.map(({ leftHand, rightHand }) => ({ leftHand, rightHand }))).toEqual([own, far]);
  });
});
