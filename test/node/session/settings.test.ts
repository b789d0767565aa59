import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings, writeSettings } from '../../../src/session/settings.ts';
import { quantile } from '../../../src/session/statistics.ts';

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
