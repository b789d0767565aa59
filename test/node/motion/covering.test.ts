import { describe, expect, it } from 'vitest';
import type { KeypointSetId, Person, Pose } from '../../../src/core/pose.ts';
import type { TrackedFrame } from '../../../src/core/recording.ts';
import {
  type CoveredPeople,
  HeadCovers,
  HOLD_SECONDS,
  type Stadium,
} from '../../../src/motion/covering/head-covers.ts';
import { headPlace } from '../../../src/motion/covering/head-place.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';

/** An adult seen from the front, in centimetres from the middle of the shoulders, y down: what names mean is at their place. */
const ADULT: Readonly<Record<string, readonly [x: number, y: number]>> = {
  nose: [0, -20],
  left_eye: [3.2, -23],
  right_eye: [-3.2, -23],
  left_ear: [7.5, -22],
  right_ear: [-7.5, -22],
  mouth_left: [2.5, -14],
  mouth_right: [-2.5, -14],
  neck: [0, 0],
  thorax: [0, 0],
  head: [0, -34],
  left_shoulder: [18, 0],
  right_shoulder: [-18, 0],
  left_hip: [10, 50],
  right_hip: [-10, 50],
  mid_hip: [0, 50],
  hip: [0, 50],
};
/** Head and hair: chin, crown, both sides. */
const HEAD_EDGES = [
  [0, -9.5],
  [0, -35],
  [9, -22],
  [-9, -22],
] as const;
const HEAD_NAMES = /^(nose|head|mouth_|left_e|right_e)/;

/** @param missing names whose keypoints weren't found */
function bodyOf(set: KeypointSetId, x: number, y: number, scale = 1, missing: RegExp = /^$/): Pose {
  const names = skeletonOf(set).keypoints;
  const points = new Float32Array(names.length * 3).fill(Number.NaN);
  for (const [i, name] of names.entries()) {
    const place = missing.test(name) ? undefined : ADULT[name];
    points.set(
      place ? [x + place[0] * scale, y + place[1] * scale, 0.9] : [Number.NaN, Number.NaN, 0],
      i * 3,
    );
  }
  return { set, points, world: null, handedness: null };
}

function personOf(id: number, body: Pose | null, face?: Pose): Person {
  return { id, score: 0.9, body, leftHand: null, rightHand: null, ...(face && { face }) };
}

const inside = ({ fromX, fromY, toX, toY, radius }: Stadium, x: number, y: number): boolean => {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length));
  return Math.hypot(x - fromX - share * dx, y - fromY - share * dy) <= radius;
};

/** Is the whole head of somebody whose shoulders are at (x, y) covered? */
function isHeadCovered(covers: HeadCovers, time: number, x: number, y: number): boolean {
  const found = covers.at(time);
  if (found === 'everything') return true;
  const stadiums = found.flatMap((cover) => cover.stadiums);
  return HEAD_EDGES.every(([dx, dy]) => stadiums.some((stadium) => inside(stadium, x + dx, y + dy)));
}

const RATE = 30;
/** Frames in which `peopleAt` are found. */
function frames(count: number, peopleAt: (index: number) => Person[]): TrackedFrame[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    time: index / RATE,
    people: peopleAt(index),
  }));
}

const SETS: KeypointSetId[] = [
  'blazepose-33',
  'coco-17',
  'coco-18',
  'body-25',
  'mpi-15',
  'halpe-26',
  'coco-23',
  'h36m-17',
];

describe('the place of a head', () => {
  it.each(SETS)('holds the whole head of %s, and not the trunk', (set) => {
    for (const scale of [0.2, 1, 7]) {
      const place = headPlace(personOf(0, bodyOf(set, 300, 400, scale)));
      if (!place) throw new Error('No head was found.');
      for (const [x, y] of HEAD_EDGES)
        expect(Math.hypot(300 + x * scale - place.x, 400 + y * scale - place.y)).toBeLessThan(place.radius);
      expect(place.radius).toBeLessThan(28 * scale);
      expect(place.y + place.radius).toBeLessThan(400 + 15 * scale);
    }
  });

  it.each(SETS)('comes from shoulders and hips where %s has lost the head', (set) => {
    const place = headPlace(personOf(0, bodyOf(set, 300, 400, 2, HEAD_NAMES)));
    if (!place) throw new Error('No head was found.');
    for (const [x, y] of HEAD_EDGES)
      expect(Math.hypot(300 + x * 2 - place.x, 400 + y * 2 - place.y)).toBeLessThan(place.radius);
  });

  it('is above the hips in the body’s own direction: of somebody lying, beside', () => {
    const upright = bodyOf('coco-17', 0, 0, 1, HEAD_NAMES);
    const points = upright.points.slice();
    for (let i = 0; i < points.length; i += 3) {
      const [x = 0, y = 0] = points.subarray(i, i + 2);
      points.set([-y, x], i);
    }
    const place = headPlace(personOf(0, { ...upright, points }));
    expect(place?.x).toBeGreaterThan(15);
    expect(Math.abs(place?.y ?? 99)).toBeLessThan(1);
  });

  it('passes over a weak point far from the shoulders', () => {
    const body = bodyOf('coco-17', 300, 400);
    body.points.set([2000, 40, 0.05], 0);
    const place = headPlace(personOf(0, body));
    expect(Math.abs((place?.x ?? 0) - 300)).toBeLessThan(2);
    expect(place?.radius).toBeLessThan(28);
  });

  it('comes from the face where there is no body, and encloses both where they differ', () => {
    const names = skeletonOf('face-70').keypoints;
    const points = new Float32Array(names.length * 3);
    // From the brows to the chin, and from ear to ear.
    for (const [i] of names.entries()) points.set([93 + (i % 8) * 2, 72 + (i % 5) * 3, 0.8], i * 3);
    const face: Pose = { set: 'face-70', points, world: null, handedness: null };
    const alone = headPlace(personOf(0, null, face));
    for (const [x, y] of HEAD_EDGES)
      expect(Math.hypot(100 + x - (alone?.x ?? 0), 100 + y - (alone?.y ?? 0))).toBeLessThan(
        alone?.radius ?? 0,
      );
    const both = headPlace(personOf(0, bodyOf('coco-17', 160, 100), face));
    const body = headPlace(personOf(0, bodyOf('coco-17', 160, 100)));
    for (const one of [alone, body]) {
      const apart = Math.hypot((both?.x ?? 0) - (one?.x ?? 0), (both?.y ?? 0) - (one?.y ?? 0));
      expect(apart + (one?.radius ?? 99)).toBeLessThan((both?.radius ?? 0) + 1e-6);
    }
  });

  it('is nowhere where nothing says so', () => {
    expect(headPlace(personOf(0, null))).toBe(null);
    expect(headPlace(personOf(0, bodyOf('coco-17', 0, 0, 1, /./)))).toBe(null);
  });
});

describe('covers over time', () => {
  /** Walks to the right at 120 cm a second. */
  const xAt = (index: number): number => 100 + index * 4;
  const walker = (id: number, index: number, missing?: RegExp): Person =>
    personOf(id, bodyOf('coco-17', xAt(index), 300, 1, missing));

  it('stay on a head whose face, or whole person, is lost for some frames', () => {
    const isLost = (index: number): boolean => index >= 20 && index < 50;
    const headless = frames(90, (i) => [walker(1, i, isLost(i) ? HEAD_NAMES : undefined)]);
    const gone = frames(90, (i) => (isLost(i) ? [] : [walker(1, i)]));
    for (const list of [headless, gone]) {
      const covers = new HeadCovers([list]);
      for (let i = 0; i < 90; i++)
        expect(isHeadCovered(covers, i / RATE, xAt(i), 300), `frame ${i}`).toBe(true);
    }
  });

  it('hold, grow and end when nobody is found any more, and begin before somebody is found', () => {
    const list = frames(200, (i) => (i >= 80 && i < 100 ? [walker(1, i)] : []));
    const covers = new HeadCovers([list]);
    const holding = Math.floor(HOLD_SECONDS * RATE);
    let [last, radius] = [99, 0];
    for (let i = 99; i <= last + holding; i++) {
      const x = xAt(Math.min(i, last));
      expect(isHeadCovered(covers, i / RATE, x, 300), `frame ${i}`).toBe(true);
      const found = covers.at(i / RATE);
      const largest =
        found === 'everything'
          ? 0
          : Math.max(...found.flatMap(({ stadiums }) => stadiums.map((s) => s.radius)));
      expect(largest).toBeGreaterThanOrEqual(radius);
      radius = largest;
    }
    expect(covers.at((99 + holding + 2) / RATE)).toEqual([]);
    last = 80;
    for (let i = 80 - holding; i < 80; i++) expect(isHeadCovered(covers, i / RATE, xAt(80), 300)).toBe(true);
    expect(covers.at((80 - holding - 2) / RATE)).toEqual([]);
  });

  it('follow whoever goes on for some frames after they are lost', () => {
    const covers = new HeadCovers([frames(120, (i) => (i < 60 ? [walker(1, i)] : []))]);
    for (let i = 60; i < 75; i++)
      expect(isHeadCovered(covers, i / RATE, xAt(i), 300), `frame ${i}`).toBe(true);
  });

  it('stay on both of two who cross, and change their ids', () => {
    const [there, back] = [(i: number) => 100 + i * 5, (i: number) => 550 - i * 5];
    const list = frames(90, (i) => {
      if (i > 38 && i < 52) return [personOf(1, bodyOf('coco-17', there(i), 300))];
      const [a, b] = i < 45 ? [1, 2] : [2, 1];
      return [personOf(a, bodyOf('coco-17', there(i), 300)), personOf(b, bodyOf('coco-17', back(i), 320))];
    });
    const covers = new HeadCovers([list]);
    for (let i = 0; i < 90; i++) {
      expect(isHeadCovered(covers, i / RATE, there(i), 300), `there, frame ${i}`).toBe(true);
      expect(isHeadCovered(covers, i / RATE, back(i), 320), `back, frame ${i}`).toBe(true);
    }
  });

  it('are where a single frame puts the head, and where its neighbours do', () => {
    const list = frames(60, (i) => [personOf(1, bodyOf('coco-17', i === 30 ? 500 : 100, 300))]);
    const covers = new HeadCovers([list]);
    expect(isHeadCovered(covers, 30 / RATE, 100, 300)).toBe(true);
    expect(isHeadCovered(covers, 30 / RATE, 500, 300)).toBe(true);
  });

  it('are between frames, too, where only every n-th was tracked', () => {
    const all = frames(120, (i) => [walker(1, i)]);
    const covers = new HeadCovers([all.filter(({ index }) => index % 10 === 0)], 'everybody', 10 / RATE);
    for (let i = 0; i < 120; i++)
      expect(isHeadCovered(covers, i / RATE, xAt(i), 300), `frame ${i}`).toBe(true);
  });

  it('are everything where no frame was tracked', () => {
    const covers = new HeadCovers([
      frames(300, (i) => [walker(1, i)]).filter(({ index }) => index >= 60 && index < 90),
    ]);
    expect(covers.at(0)).toBe('everything');
    expect(covers.at(6)).toBe('everything');
    expect(covers.at(2.5)).not.toBe('everything');
    expect(new HeadCovers([[]]).at(0)).toBe('everything');
  });

  it('are on whoever is meant', () => {
    const list = frames(30, (i) => [walker(1, i), personOf(2, bodyOf('coco-17', 600, 300))]);
    const isCovered = (who: CoveredPeople): boolean[] => {
      const covers = new HeadCovers([list], who);
      return [isHeadCovered(covers, 0.5, xAt(15), 300), isHeadCovered(covers, 0.5, 600, 300)];
    };
    expect(isCovered('everybody')).toEqual([true, true]);
    expect(isCovered({ only: [2] })).toEqual([false, true]);
    expect(isCovered({ except: [2] })).toEqual([true, false]);
  });

  it('are on people whom corrections have taken out of the recording', () => {
    const measured = frames(30, (i) => [walker(1, i)]);
    const covers = new HeadCovers([measured, frames(30, () => [])]);
    expect(isHeadCovered(covers, 0.5, xAt(15), 300)).toBe(true);
  });
});
