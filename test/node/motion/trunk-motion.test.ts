import { describe, expect, it } from 'vitest';
import { areBeside, type Trunk, TrunkMotion } from '../../../src/motion/tracking/trunk-motion.ts';

const STEP = 1 / 30;
const trunkAt = (x: number, length = 60): Trunk => ({ x, y: 200, length });

/** Somebody who has walked to the right for a second. */
function walking(speed: number): TrunkMotion {
  const motion = new TrunkMotion(trunkAt(100), 0);
  for (let i = 1; i <= 30; i++) motion.follow(trunkAt(100 + speed * i * STEP), i * STEP, false);
  return motion;
}

describe('the motion of a trunk', () => {
  it('goes on at the speed that it had', () => {
    const { x, y, length } = walking(120).expected(1.5);
    expect(Math.abs(x - (100 + 120 * 1.5))).toBeLessThan(3);
    expect([y, length]).toEqual([200, 60]);
  });

  it('fits best where it is expected, less beside that, less if it is longer or shorter, and not at all far away', () => {
    const motion = new TrunkMotion(trunkAt(100), 0);
    expect(motion.fit(trunkAt(100), STEP)).toBeCloseTo(8, 6);
    // One deviation: 0.3 lengths, and a little more after a frame; 12 % of the length.
    expect(motion.fit(trunkAt(118), STEP)).toBeCloseTo(7.5, 2);
    expect(motion.fit(trunkAt(100, 60 * Math.exp(0.12)), STEP)).toBeCloseTo(7.5, 6);
    expect(motion.fit(trunkAt(100, 60 * Math.exp(-0.12)), STEP)).toBeCloseTo(7.5, 6);
    expect(motion.fit(trunkAt(180), STEP)).toBe(0);
    // After a second, one may be anywhere near.
    expect(motion.fit(trunkAt(180), 1)).toBeGreaterThan(4);
  });

  it('changes neither speed nor length much by what is seen of somebody beside others', () => {
    const [alone, crowded] = [walking(120), walking(120)];
    for (let i = 31; i <= 36; i++) {
      alone.follow(trunkAt(220, 80), i * STEP, false);
      crowded.follow(trunkAt(220, 80), i * STEP, true);
    }
    const moved = (motion: TrunkMotion): number => motion.expected(2).x - motion.expected(1.2).x;
    expect(moved(crowded) / 0.8).toBeGreaterThan(80);
    expect(moved(alone) / 0.8).toBeLessThan(60);
    expect(crowded.expected(2).length).toBeCloseTo(60, 6);
    expect(alone.expected(2).length).toBeGreaterThan(65);
  });

  it('begins anew where it is somewhere else altogether, or where time goes back', () => {
    const motion = walking(120);
    motion.follow(trunkAt(900), 1 + STEP, false);
    expect(motion.expected(2)).toEqual(trunkAt(900));
    motion.follow(trunkAt(50), 0.5, false);
    expect(motion.expected(0.9)).toEqual(trunkAt(50));
  });

  it('is beside another one within about its length', () => {
    expect(areBeside(trunkAt(100), trunkAt(160))).toBe(true);
    expect(areBeside(trunkAt(100), trunkAt(170))).toBe(false);
    expect(areBeside(trunkAt(100), trunkAt(170, 70))).toBe(true);
  });
});
