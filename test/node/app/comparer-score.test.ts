import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RecordingColumns } from '../../../src/app/timeline/columns.ts';
import { Comparer } from '../../../src/app/timeline/comparer.ts';
import type { TrackedFrame } from '../../../src/core/recording.ts';
import { cocoReader } from '../../../src/formats/coco/read.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';

/* Drawn annotations and results, and what pycocotools says of them (test/helpers/make_coco_evaluation.py). */

const { document, results, stats } = JSON.parse(
  readFileSync(new URL('../../fixtures/coco-evaluation.json', import.meta.url), 'utf8'),
);
const read = (value: unknown): TrackedFrame[] => {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return cocoReader.read([{ name: 'a.json', bytes }]).flatMap((recording) => recording.frames);
};
const truth = read(document);
const found = read({ ...document, annotations: results });
const columnsOf = (frames: readonly TrackedFrame[]): RecordingColumns => {
  const columns = new RecordingColumns();
  columns.add(encodeFrames(frames));
  return columns;
};
/** As pictures are that come by themselves: a second apart, in their own order. */
const numbered = (frames: readonly TrackedFrame[]): TrackedFrame[] =>
  frames.map((frame, index) => ({ ...frame, index, time: index }));
const scoreOf = (frames: readonly TrackedFrame[]) =>
  new Comparer(columnsOf(frames), columnsOf(truth)).score('other');

it('of recordings with the same pictures is what pycocotools says', () => {
  const { accuracy } = scoreOf(found);
  expect(accuracy.averagePrecision).toBeCloseTo(stats.AP, 5);
  expect(accuracy.averageRecall).toBeCloseTo(stats.AR, 5);
});

it('of some of the pictures is the same, whatever places they have', () => {
  const half = found.filter((_, i) => i % 2 === 0);
  const score = scoreOf(half);
  expect(score.frames).toBe(half.length);
  expect(score.accuracy.found).toBeGreaterThan(10);
  expect(scoreOf(numbered(half))).toEqual(score);
});

it('counts only pictures that both have, and says how many only one has', () => {
  const score = scoreOf(numbered(found.slice(2)));
  expect(score).toMatchObject({ truth: 'other', notLookedAt: 2, notAnnotated: 0, ofOtherSize: 0 });
  expect(scoreOf([...numbered(found), { index: 99, time: 99, name: 'more.jpg', people: [] }])).toMatchObject({
    frames: truth.length,
    notLookedAt: 0,
    notAnnotated: 1,
  });
});

it('has a direction: whoever says who is there is not the one that is judged', () => {
  const some = found.slice(2);
  const comparer = new Comparer(columnsOf(truth), columnsOf(some));
  expect(comparer.score('main')).toEqual({ ...scoreOf(some), truth: 'main' });
  const turned = comparer.score('other');
  expect(turned.notLookedAt).toBe(0);
  expect(turned.notAnnotated).toBe(2);
  expect(turned.accuracy.people).not.toBe(scoreOf(some).accuracy.people);
});

it('leaves out pictures of another size, whose pixels are others', () => {
  const [main, other] = [columnsOf(found), columnsOf(truth)];
  main.setFrameSize({ width: 320, height: 240 });
  other.setFrameSize({ width: 640, height: 480 });
  const own = truth.filter(({ width }) => width !== undefined).length;
  const score = new Comparer(main, other).score('other');
  expect(score.ofOtherSize).toBe(truth.length - own);
  expect(score.frames).toBe(own);
});

it('differences are those of pictures of the same name, too, whatever their order', () => {
  const turned = numbered([...truth].reverse());
  const { frames, keypoints, onlyFirst } = new Comparer(columnsOf(turned), columnsOf(truth)).compare();
  expect(frames).toBe(truth.length);
  expect(onlyFirst).toBe(0);
  expect(keypoints.every(({ high }) => high === 0)).toBe(true);
});
