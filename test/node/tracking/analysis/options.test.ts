import { describe, expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { personAt as findPerson, followPerson } from '../../../../src/tracking/analysis/follow.ts';
import {
  toAnalysisOptions,
  toSelection,
  type VideoOptions,
} from '../../../../src/tracking/analysis/options.ts';
import { ProgressMeter } from '../../../../src/tracking/analysis/progress.ts';
import { info, personAt } from '../../../helpers/people.ts';

describe('options', () => {
  it('have defaults that leave nothing out', () => {
    expect(toSelection(toAnalysisOptions({}))).toBeNull();
    expect(toAnalysisOptions({})).toMatchObject({ workers: null, everyNth: 1, slowMotion: 1 });
  });

  it('are noted in the recording where they leave something out', () => {
    const options = toAnalysisOptions({ from: 1, to: 3, everyNth: 2, slowMotion: 8, workers: 3 });
    expect(toSelection(options)).toEqual({ from: 1, to: 3, everyNth: 2, slowMotion: 8 });
  });

  it.each<[VideoOptions, RegExp]>([
    [{ workers: 0 }, /options\.workers/],
    [{ workers: 1.5 }, /options\.workers/],
    [{ from: -1 }, /options\.from/],
    [{ from: Number.NaN }, /options\.from/],
    [{ everyNth: 0 }, /options\.everyNth/],
    [{ slowMotion: 0 }, /options\.slowMotion/],
    [{ slowMotion: Number.POSITIVE_INFINITY }, /options\.slowMotion/],
    [{ from: 3, to: 2 }, /ends at 2 seconds; it must end after it begins \(3\)/],
  ])('%o is refused by name', (options, sentence) => {
    expect(() => toAnalysisOptions(options)).toThrow(sentence);
  });
});

describe('following', () => {
  const people = [personAt(4, 100, 200), personAt(7, 300, 200)];

  it('finds who is at a place, or near it', () => {
    expect(findPerson(people, { x: 305, y: 180 })?.id).toBe(7);
    expect(findPerson(people, { x: 60, y: 200 })?.id).toBe(4);
    expect(findPerson(people, { x: 600, y: 200 })).toBeNull();
    expect(findPerson([], { x: 0, y: 0 })).toBeNull();
  });

  it('keeps only that person, and every frame', () => {
    const recording = new Recording(info, [
      { index: 0, time: 0, people },
      { index: 1, time: 0.1, people: people.slice(0, 1) },
    ]);
    const followed = followPerson(recording, { time: 0.02, x: 300, y: 200 });
    expect(followed.frames.map((frame) => frame.people.map(({ id }) => id))).toEqual([[7], []]);
    expect(() => followPerson(recording, { time: 0, x: 600, y: 10 })).toThrow(/Nobody was found at 600, 10/);
  });
});

describe('progress', () => {
  it('tells speed and time left from the last seconds', () => {
    const meter = new ProgressMeter(1000);
    expect(meter.summarize()).toEqual({ frames: 0, total: 1000, framesPerSecond: 0, secondsLeft: null });
    for (let second = 0; second <= 10; second++) meter.add(second < 5 ? 10 : 40, second * 1000);
    const { frames, framesPerSecond, secondsLeft } = meter.summarize();
    expect(frames).toBe(5 * 10 + 6 * 40);
    expect(framesPerSecond).toBeCloseTo(40);
    expect(secondsLeft).toBeCloseTo((1000 - frames) / 40);
  });

  it('forgets the speed of before a pause, not the frames', () => {
    const meter = new ProgressMeter(100);
    meter.add(10, 0);
    meter.add(10, 1000);
    meter.restart();
    expect(meter.summarize()).toMatchObject({ frames: 20, framesPerSecond: 0, secondsLeft: null });
    meter.correct(-5);
    expect(meter.summarize().frames).toBe(15);
  });
});
