import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/core/pose.ts';
import { chooseFinder, findersFor, heldFinder, mostPeople } from '../../../src/families/finding/finders.ts';
import { type FinderSource, finderOf, toFoundPeople } from '../../../src/families/finding/person-finder.ts';
import type { NetworkRecord } from '../../../src/families/network.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';

const pose = (...points: number[]): Pose => ({
  set: 'coco-17',
  points: Float32Array.from(points),
  world: null,
  handedness: null,
});
const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });

describe('people whom a network has found', () => {
  it('are boxes where it gives no keypoints, the surest first', () => {
    const boxes = [
      { box: box(1, 2, 3, 4), score: 0.4 },
      { box: box(5, 6, 7, 8), score: 0.9 },
      { box: box(5, 6, 0, 8), score: 0.95 },
    ];
    expect(toFoundPeople({ bodies: [], boxes })).toEqual([
      { box: box(5, 6, 7, 8), score: 0.9, body: null },
      { box: box(1, 2, 3, 4), score: 0.4, body: null },
    ]);
  });

  it('have the box of their keypoints and the mean of their scores where it gives no boxes', () => {
    const seen = pose(10, 20, 0.5, 30, 60, 0.75, Number.NaN, Number.NaN, 0);
    const nobody = pose(Number.NaN, Number.NaN, 0);
    const [found, ...others] = toFoundPeople({ bodies: [nobody, seen] });
    expect(found?.box).toEqual(box(10, 20, 20, 40));
    expect(found?.score).toBeCloseTo(1.25 / 3, 6);
    expect(found?.body).toBe(seen);
    expect(others).toEqual([]);
  });

  it('have both where it gives both', () => {
    const bodies = [pose(10, 20, 0.5, 30, 60, 0.75), pose(1, 2, 0.9, 3, 6, 0.9)];
    const boxes = [
      { box: box(8, 18, 24, 44), score: 0.8 },
      { box: box(0, 1, 4, 6), score: 0.3 },
    ];
    expect(toFoundPeople({ bodies, boxes })).toEqual([
      { ...boxes[0], body: bodies[0] },
      { ...boxes[1], body: bodies[1] },
    ]);
  });
});

describe('a finder', () => {
  function sourceFor(mode: 'image' | 'video'): FinderSource & { readonly log: string[] } {
    const log: string[] = [];
    const options = { model: 'movenet-multipose', hands: false, people: 6, mode } as const;
    return {
      log,
      estimate: async () => ({ bodies: [pose(0, 0, 1, 2, 2, 1)], hands: [] }),
      estimator: async () => ({ options, networkMilliseconds: 7, reset: async () => void log.push('reset') }),
      isWell: true,
      close: () => void log.push('close'),
    };
  }
  const image = {} as ImageBitmap;

  it('adds up what its networks take, forgets where it follows, and closes what it owns', async () => {
    const source = sourceFor('video');
    const finder = finderOf(source);
    expect(await finder.find(image, 1)).toHaveLength(1);
    await finder.find(image, 2);
    expect(finder.totalMilliseconds).toBe(14);
    expect(finder.isLost).toBe(false);
    await finder.reset();
    finder.close();
    expect(source.log).toEqual(['reset', 'close']);
  });

  it('has nothing to forget in single pictures', async () => {
    const source = sourceFor('image');
    await finderOf(source).reset();
    expect(source.log).toEqual([]);
  });
});

describe('who finds people for a model', () => {
  const registry = new ModelRegistry();
  const full = registry.info('mediapipe-pose-full');
  const record = (id: 'movenet-multipose' | 'movenet-thunder') => ({
    info: registry.info(id) as NetworkRecord['info'],
    sha256: '00',
    byteLength: 1,
  });

  it('is itself where nothing better is at hand, and where one person is asked for', () => {
    const empty = new ModelRegistry();
    expect(chooseFinder(full, 'mediapipe', 8, 'auto', empty)).toBeNull();
    const withMultipose = new ModelRegistry();
    withMultipose.note(record('movenet-multipose'));
    expect(chooseFinder(full, 'auto', 1, 'auto', withMultipose)).toBeNull();
    expect(chooseFinder(full, 'auto', 2, 'auto', withMultipose)?.id).toBe('movenet-multipose');
    expect(chooseFinder(full, 'mediapipe', 2, 'auto', withMultipose)).toBeNull();
  });

  it('depends on the engine: MediaPipe’s tasks can’t be told where people are', () => {
    const here = new ModelRegistry();
    here.note(record('movenet-multipose'));
    expect(chooseFinder(full, 'auto', 2, 'tasks-wasm', here)).toBeNull();
    expect(chooseFinder(full, 'auto', 2, 'wasm', here)?.id).toBe('movenet-multipose');
    expect(() => chooseFinder(full, 'movenet-multipose', 2, 'tasks-wasm', here)).toThrow(
      'The engine "tasks-wasm" can\'t be told where people are, which options.finder asks for. Choose auto, or one of webgpu, wasm, litert-webgpu, litert-wasm.',
    );
    expect(heldFinder(full, 'movenet-multipose', 'tasks-wasm', here)).toBe('auto');
    expect(heldFinder(full, 'movenet-multipose', 'auto', here)).toBe('movenet-multipose');
  });

  it('has to be at hand, and to find bodies, and says who does', () => {
    const here = new ModelRegistry();
    here.note(record('movenet-thunder'));
    expect(chooseFinder(full, 'movenet-thunder', 1, 'auto', here)?.id).toBe('movenet-thunder');
    const known = findersFor(full, here).map(({ id }) => id);
    expect(known).toContain('movenet-thunder');
    expect(known).not.toContain('mediapipe-pose-lite');
    expect(known).not.toContain('mediapipe-hands');
    for (const wrong of ['openpose-hand', 'mediapipe-pose-lite', 'nobody'])
      expect(() => chooseFinder(full, wrong, 2, 'auto', here)).toThrow(
        `options.finder is "${wrong}", which can't find people for ${full.label} here. Those that can are auto, mediapipe, ${known.join(', ')}.`,
      );
    const hands = here.info('mediapipe-hands');
    expect(() => chooseFinder(hands, 'movenet-thunder', 2, 'auto', here)).toThrow(/leave out options.finder/);
    expect(chooseFinder(hands, 'auto', 2, 'auto', here)).toBeNull();
  });

  it('lets more people be asked for than MediaPipe finds by itself, up to a limit', () => {
    const many = { ...full, maximumPeople: 100 };
    expect(mostPeople(full, null)).toBe(8);
    expect(mostPeople(full, { ...full, maximumPeople: 6 })).toBe(8);
    expect(mostPeople(full, { ...full, maximumPeople: 20 })).toBe(20);
    expect(mostPeople(full, many)).toBe(32);
  });
});
