import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveNetSize } from '../../../src/app/live/live-net-size.ts';

/* A device on which a frame of −1×368 takes so many milliseconds, and others as long as they have pixels. */
function run(size: LiveNetSize, fullMilliseconds: number, frames = 200): string[] {
  const used = [size.for('model auto')];
  for (let i = 0; i < frames; i++) {
    const height = Number(used.at(-1)?.replace('-1x', ''));
    const changes = size.measure(fullMilliseconds * (height / 368) ** 2, used.at(-1));
    if (changes) used.push(size.for('model auto'));
  }
  return used;
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('the net resolution of live sources', () => {
  it('stays where 15 frames a second are held, and a larger size would not hold them', () => {
    expect(run(new LiveNetSize(), 191)).toEqual(['-1x192']);
  });

  it('grows to the largest size on a quick device, and is remembered', () => {
    expect(run(new LiveNetSize(), 20)).toEqual(['-1x192', '-1x368']);
    expect(new LiveNetSize().for('model auto')).toBe('-1x368');
    expect(new LiveNetSize().for('another auto')).toBe('-1x192');
  });

  it('shrinks on a slow device, to the smallest at last', () => {
    expect(run(new LiveNetSize(), 500)).toEqual(['-1x192', '-1x128']);
    expect(run(new LiveNetSize(), 5000)).toEqual(['-1x128']);
  });

  it('does not go up again after a size was too slow', () => {
    const size = new LiveNetSize();
    expect(run(size, 20)).toEqual(['-1x192', '-1x368']);
    expect(run(size, 150)).toEqual(['-1x368', '-1x192']);
    expect(run(size, 20)).toEqual(['-1x192']);
    expect(run(new LiveNetSize(), 20)).toEqual(['-1x192']);
  });

  it('passes over frames of the size that is still in use, and the first ones of each', () => {
    const size = new LiveNetSize();
    size.for('model auto');
    for (let i = 0; i < 100; i++) expect(size.measure(1000, '-1x368')).toBe(false);
    for (let i = 0; i < 3; i++) expect(size.measure(1000, '-1x192')).toBe(false);
    const answers = Array.from({ length: 12 }, () => size.measure(40, '-1x192'));
    expect(answers).not.toContain(true);
  });
});
