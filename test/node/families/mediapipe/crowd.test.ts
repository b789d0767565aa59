import { describe, expect, it } from 'vitest';
import type { Box, Pose } from '../../../../src/core/pose.ts';
import type { FoundPerson, PersonFinder } from '../../../../src/families/finding/person-finder.ts';
import { Crowd } from '../../../../src/families/mediapipe/graph/crowd.ts';
import { foundRegion } from '../../../../src/families/mediapipe/graph/found-region.ts';
import type { Region } from '../../../../src/families/mediapipe/graph/region.ts';
import { skeletonOf } from '../../../../src/skeletons/registry.ts';

/** Somebody who stands upright, 200 pixels from eyes to ankles; hips at the place. */
const STANDING: Readonly<Record<string, readonly [number, number]>> = {
  nose: [0, -95],
  left_eye: [5, -100],
  right_eye: [-5, -100],
  left_shoulder: [26, -60],
  right_shoulder: [-26, -60],
  left_elbow: [30, -20],
  right_elbow: [-30, -20],
  left_hip: [15, 0],
  right_hip: [-15, 0],
  left_knee: [15, 50],
  right_knee: [-15, 50],
  left_ankle: [15, 100],
  right_ankle: [-15, 100],
};

function standing(set: 'coco-17' | 'blazepose-33', x: number, y: number, without = /^$/, turn = 0): Pose {
  const names = skeletonOf(set).keypoints;
  const points = new Float32Array(names.length * 3);
  for (const [i, name] of names.entries()) {
    const place = without.test(name) ? undefined : STANDING[name];
    const [dx, dy] = place ?? [Number.NaN, Number.NaN];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    points.set([x + dx * cos - dy * sin, y + dx * sin + dy * cos, place ? 0.8 : 0], 3 * i);
  }
  return { set, points, world: null, handedness: null };
}

const box: Box = { left: 70, top: 0, width: 60, height: 200 };
const found = (x: number, y: number, score = 0.8): FoundPerson => ({
  box: { left: x - 30, top: y - 100, width: 60, height: 200 },
  score,
  body: standing('coco-17', x, y),
});
const SIZE = 2 * 1.25 * 1.1 * Math.hypot(15, 100);

describe('the region of somebody who was found', () => {
  it('has the hips in its middle and the whole body in it, however it is turned', () => {
    for (const turn of [0, 0.6, -2.5]) {
      const region = foundRegion({ box, score: 1, body: standing('coco-17', 100, 110, /^$/, turn) });
      expect(region.x).toBeCloseTo(100, 3);
      expect(region.y).toBeCloseTo(110, 3);
      expect(region.rotation).toBeCloseTo(turn, 5);
      expect(region.size).toBeCloseTo(SIZE, 2);
    }
  });

  it('is about the same where hips and legs are hidden', () => {
    const region = foundRegion({ box, score: 1, body: standing('coco-17', 100, 110, /hip|knee|ankle/) });
    expect(region.x).toBeCloseTo(100, 3);
    expect(Math.abs(region.y - 140)).toBeLessThan(45);
    expect(region.rotation).toBeCloseTo(0, 5);
    expect(region.size / SIZE).toBeGreaterThan(0.8);
    expect(region.size / SIZE).toBeLessThan(1.5);
  });

  it('is around the box where no keypoints are to be had, or none that tell', () => {
    const expected: Region = { x: 100, y: 100, size: 250, rotation: 0 };
    expect(foundRegion({ box, score: 1, body: null })).toEqual(expected);
    expect(foundRegion({ box, score: 1, body: standing('coco-17', 0, 0, /shoulder/) })).toEqual(expected);
  });
});

/** Finds whoever is said to be there. */
class StagedFinder implements PersonFinder {
  readonly isLost = false;
  readonly totalMilliseconds = 0;
  people: readonly FoundPerson[] = [];
  looks = 0;
  resets = 0;
  closed = 0;
  async find(): Promise<readonly FoundPerson[]> {
    this.looks++;
    return this.people;
  }
  async reset(): Promise<void> {
    this.resets++;
  }
  close(): void {
    this.closed++;
  }
}

const image = {} as ImageBitmap;

/** Whoever is looked at is there, and stands still; `gone`: whoever is there isn't seen. */
async function frame(
  crowd: Crowd,
  isSeen: (region: Region) => boolean = () => true,
): Promise<readonly Region[]> {
  await crowd.meet(image, 0);
  const { regions } = crowd;
  crowd.follow(
    regions.map((next) => (isSeen(next) ? { body: standing('blazepose-33', next.x, next.y), next } : null)),
  );
  return regions;
}

describe('a crowd', () => {
  it('is found anew in every single picture', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 8, false);
    finder.people = [found(100, 200), found(400, 200)];
    for (let i = 0; i < 3; i++) expect(await frame(crowd)).toHaveLength(2);
    expect(finder.looks).toBe(3);
  });

  it('of fewer than are asked for is looked for in every fifth frame, and nobody is followed twice', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 8, true);
    finder.people = [found(100, 200), found(400, 200)];
    for (let i = 0; i < 21; i++) expect(await frame(crowd)).toHaveLength(2);
    expect(finder.looks).toBe(5);
    finder.people = [...finder.people, found(700, 200)];
    const counts: number[] = [];
    for (let i = 0; i < 5; i++) counts.push((await frame(crowd)).length);
    expect(counts).toEqual([2, 2, 2, 2, 3]);
  });

  it('that is complete is looked at now and then', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 2, true);
    finder.people = [found(100, 200), found(400, 200), found(700, 200)];
    for (let i = 0; i < 31; i++) expect(await frame(crowd)).toHaveLength(2);
    expect(finder.looks).toBe(3);
  });

  it('is looked for as soon as somebody is lost, but not for somebody who was never there', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 8, true);
    finder.people = [found(100, 200), found(400, 200)];
    const isReal = ({ x }: Region): boolean => x < 300;
    await frame(crowd, isReal);
    await frame(crowd, isReal);
    expect(finder.looks).toBe(1);
    finder.people = [];
    await frame(crowd, () => false);
    await frame(crowd);
    expect(finder.looks).toBe(2);
  });

  it('of whom some are asked for are those whom one sees best, and they stay', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 1, true);
    const large = { ...found(400, 200), box: { left: 300, top: 0, width: 200, height: 400 } };
    finder.people = [found(100, 200, 0.9), large];
    expect((await frame(crowd))[0]?.x).toBeCloseTo(400, 3);
    finder.people = [found(100, 200, 1), { ...large, score: 0.3 }];
    for (let i = 0; i < 40; i++) expect((await frame(crowd))[0]?.x).toBeCloseTo(400, 3);
  });

  it('lets go of whom the finder misses again and again, for somebody whom it sees', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 1, true);
    finder.people = [found(400, 200)];
    await frame(crowd);
    finder.people = [found(100, 200)];
    const places: number[] = [];
    for (let i = 0; i < 46; i++) places.push((await frame(crowd))[0]?.x ?? 0);
    expect(places[29]).toBeCloseTo(400, 3);
    expect(places[45]).toBeCloseTo(100, 3);
  });

  it('forgets all, and closes the finder', async () => {
    const finder = new StagedFinder();
    const crowd = new Crowd(finder, 8, true);
    finder.people = [found(100, 200)];
    await frame(crowd);
    await crowd.reset();
    finder.people = [];
    expect(await frame(crowd)).toEqual([]);
    crowd.close();
    expect([finder.resets, finder.closed]).toEqual([1, 1]);
  });

  it('that crosses is told apart by keypoints where the finder has them, and by boxes where it has none', async () => {
    for (const body of [true, false]) {
      const finder = new StagedFinder();
      const crowd = new Crowd(finder, 8, true);
      const see = (x: number): FoundPerson => ({ ...found(x, 200), ...(body ? {} : { body: null }) });
      finder.people = [see(100), see(150)];
      await frame(crowd);
      for (let i = 0; i < 10; i++) expect(await frame(crowd)).toHaveLength(2);
    }
  });
});

/** Somebody who walks past: hips at `x` at time 0, `speed` pixels a second; whoever is nearer hides others. */
interface Walker {
  readonly x: number;
  readonly speed: number;
  /** 1: as `STANDING` has it. */
  readonly scale: number;
}

const STEP_MS = 1000 / 30;
/** The network looks at whoever is in front if they are this near, in pixels. */
const HIDING = 45;

const placeOf = ({ x, speed }: Walker, ms: number): number => x + (speed * ms) / 1000;
const scaled = (set: 'coco-17' | 'blazepose-33', x: number, scale: number): Pose => {
  const pose = standing(set, 0, 0);
  return {
    ...pose,
    points: pose.points.map((v, i) => (i % 3 === 2 ? v : v * scale + (i % 3 === 0 ? x : 200))),
  };
};

/** Follows walkers, of whom the last hide the first. @returns by frame, ids by walker where a body was given out */
async function followWalkers(walkers: readonly Walker[], frames: number): Promise<(number | null)[][]> {
  const finder = new StagedFinder();
  const crowd = new Crowd(finder, walkers.length, true);
  const result: (number | null)[][] = [];
  for (let i = 0; i < frames; i++) {
    const ms = i * STEP_MS;
    const hiderOf = (at: number): number =>
      walkers.findLastIndex(
        (other) => Math.abs(placeOf(other, ms) - placeOf(walkers[at] ?? other, ms)) < HIDING,
      );
    finder.people = walkers.flatMap((walker, at) => {
      if (hiderOf(at) !== at) return [];
      const x = placeOf(walker, ms);
      return [{ box, score: 0.8, body: scaled('coco-17', x, walker.scale) }];
    });
    await crowd.meet(image, ms);
    const shown = crowd.regions.map((region) => {
      const distances = walkers.map((walker) => Math.abs(placeOf(walker, ms) - region.x));
      return hiderOf(distances.indexOf(Math.min(...distances)));
    });
    const ids = crowd.follow(
      shown.map((at) => {
        const walker = walkers[at];
        if (!walker) return null;
        const x = placeOf(walker, ms);
        const next = { x, y: 200, size: SIZE * walker.scale, rotation: 0 };
        return { body: scaled('blazepose-33', x, walker.scale), next };
      }),
    );
    expect(new Set(shown.filter((_, k) => ids?.[k] !== null)).size, 'nobody twice').toBe(
      ids?.filter((id) => id !== null).length,
    );
    result.push(walkers.map((_, at) => ids?.find((id, k) => id !== null && shown[k] === at) ?? null));
  }
  return result;
}

describe('people who cross', () => {
  const two: readonly Walker[] = [
    { x: 100, speed: 200, scale: 1 },
    { x: 500, speed: -200, scale: 1 },
  ];
  const four: readonly Walker[] = [
    { x: 100, speed: 250, scale: 0.8 },
    { x: 400, speed: -50, scale: 0.8 },
    { x: 300, speed: 50, scale: 1 },
    { x: 600, speed: -250, scale: 1 },
  ];
  it.each([
    ['two', two],
    ['four', four],
  ])('keep their numbers: %s', async (_, walkers) => {
    const frames = await followWalkers(walkers, 60);
    const first = frames[0] ?? [];
    expect(new Set(first).size).toBe(walkers.length);
    for (const [i, ids] of frames.entries()) {
      for (const [at, id] of ids.entries())
        if (id !== null) expect(id, `walker ${at}, frame ${i}`).toBe(first[at]);
    }
    // All are hidden, or not to be told apart, for some frames only.
    expect(frames.at(-1)).toEqual(first);
    expect(frames.flat().filter((id) => id === null).length).toBeLessThan(0.35 * 60 * walkers.length);
  });

  it('are given out while they stay beside each other, however they move', async () => {
    const beside = [
      { x: 100, speed: 400, scale: 1 },
      { x: 150, speed: 400, scale: 1 },
    ];
    const frames = await followWalkers(beside, 60);
    expect(new Set(frames.map((ids) => ids.join()))).toHaveLength(1);
    expect(frames[0]).not.toContain(null);
  });

  it('have numbers that no other crowd has given', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(async () => (await followWalkers(two, 1)).flat()));
    expect(new Set(ids.flat()).size).toBe(8);
  });
});
