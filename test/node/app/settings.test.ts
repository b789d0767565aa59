import { expect, it } from 'vitest';
import { quantile } from '../../../src/app/live/statistics.ts';
import {
  DEFAULT_SETTINGS,
  parseSettings,
  toOrder,
  toTrackerOptions,
  writeSettings,
} from '../../../src/app/settings.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import { toEstimatorOptions } from '../../../src/tracking/order.ts';

const registry = new ModelRegistry();

it('reads what an address says', () => {
  expect(parseSettings('?source=demo&model=mediapipe-pose-full&hands=1&engine=wasm&people=3')).toMatchObject({
    source: 'demo',
    model: 'mediapipe-pose-full',
    hands: true,
    engine: 'wasm',
    people: 3,
  });
});

it('takes the default for what is absent or makes no sense', () => {
  expect(parseSettings('')).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings('?people=999&model=x&threshold=nan&hands=maybe&line=-4&evil=<b>')).toEqual(
    DEFAULT_SETTINGS,
  );
});

it('writes only what differs, and reads it back', () => {
  expect(writeSettings(DEFAULT_SETTINGS)).toBe('');
  const settings = {
    ...DEFAULT_SETTINGS,
    hands: true,
    smooth: false,
    threshold: 0.25,
    engine: 'tasks-webgl' as const,
  };
  const query = writeSettings(settings);
  expect(query).toBe('?engine=tasks-webgl&hands=1&smooth=0&threshold=0.25');
  expect(parseSettings(query)).toEqual(settings);
});

it('takes the nearest rank for a quantile', () => {
  expect([0.5, 0.95, 1].map((share) => quantile([1, 2, 3, 4], share))).toEqual([2, 4, 4]);
  expect(quantile([], 0.5)).toBe(0);
});

it('asks of networks of OpenPose’s kind what is set for them, and of others nothing of it', () => {
  const query =
    '?netResolution=432x368&scales=2&positives=1&candidates=1&peakThreshold=0.2&minimumKeypoints=5&people=20';
  const maps = parseSettings(`${query}&model=openpose-body-25`);
  expect(toTrackerOptions(maps, registry)).toEqual({
    model: 'openpose-body-25',
    engine: 'auto',
    hands: false,
    people: 20,
    netResolution: '432x368',
    scaleNumber: 2,
    scaleGap: 0.25,
    maximizePositives: true,
    partCandidates: true,
    thresholds: { peakThreshold: 0.2, minimumKeypoints: 5 },
  });
  expect(toOrder(maps, registry).network).toMatchObject({
    netResolution: '432x368',
    thresholds: { peakThreshold: 0.2 },
  });
  const { options } = toEstimatorOptions(toTrackerOptions(maps, registry), 'video', registry);
  expect(options.maps).toMatchObject({ netWidth: 432, netHeight: 368, grouping: { minimumKeypoints: 5 } });
  const other = parseSettings(`${query}&model=mediapipe-pose-full`);
  expect(toTrackerOptions(other, registry)).toEqual({
    model: 'mediapipe-pose-full',
    engine: 'auto',
    hands: false,
    // MoveNet finds them for MediaPipe.
    people: 20,
  });
  expect(toOrder(other, registry)).not.toHaveProperty('network');
  // Hands of such networks are found by a network of their own, which isn't here.
  expect(toTrackerOptions(parseSettings('?model=openpose-coco&hands=1'), registry).hands).toBe(false);
});

it.each([
  [{ netResolution: '100x100' }, /The net resolution "100x100" is none/],
  [{ netResolution: '-1x9999' }, /is none: it is columns x rows/],
  [{ scaleNumber: 9 }, /options\.scaleNumber is 9/],
  [{ scaleNumber: 5, scaleGap: 0.25 }, /options\.scaleGap is 0\.25/],
  [{ thresholds: { limbShare: -1 } }, /options\.thresholds\.limbShare is -1/],
  [{ people: 33 }, /options\.people is 33/],
])('refuses %o by a sentence', (options, sentence) => {
  const ask = (): unknown => toEstimatorOptions({ model: 'openpose-body-25', ...options }, 'image', registry);
  expect(ask).toThrow(LimnError);
  expect(ask).toThrow(sentence);
});

it('asks for everybody where that takes no longer, and in single pictures, unless a number is said', () => {
  const people = (query: string, isStill = false) =>
    toTrackerOptions(parseSettings(query), registry, isStill).people;
  expect([people(''), people('', true)]).toEqual([1, 32]);
  expect([people('?people=3'), people('?people=3', true)]).toEqual([3, 3]);
  expect([people('?model=openpose-mobilenet'), people('?model=openpose-mobilenet&people=2')]).toEqual([
    32, 2,
  ]);
  // The network finds one person, and MediaPipe's own detector eight.
  expect(people('?model=movenet-lightning', true)).toBe(1);
  expect(people('?finder=mediapipe', true)).toBe(8);
});

it('leaves it to the video how many are followed, unless a number is said', () => {
  const ofCrowd = (query: string, isStill = false) =>
    toOrder(parseSettings(query), registry, isStill).peopleOfCrowd;
  expect([ofCrowd(''), ofCrowd('?finder=mediapipe')]).toEqual([32, 8]);
  expect([ofCrowd('?people=1'), ofCrowd('', true), ofCrowd('?model=openpose-mobilenet')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('takes no network for a model that finds only hands or faces of bodies', () => {
  expect(() => toEstimatorOptions({ model: 'openpose-hand' }, 'image', registry)).toThrow(
    /is no model by itself/,
  );
  expect(parseSettings('?model=openpose-hand')).toEqual(DEFAULT_SETTINGS);
});
