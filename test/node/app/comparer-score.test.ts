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
  new Comparer(columnsOf(frames), columnsOf(truth)).score();

it('of recordings with the same pictures is what pycocotools says', () => {
  const { accuracy } = scoreOf(found);
  expect(accuracy.averagePrecision).toBeCloseTo(stats.AP, 5);
  expect(accuracy.averageRecall).toBeCloseTo(stats.AR, 5);
});

it('of some of the pictures is the same, whatever places they have', () => {
  const half = found.filter((_, i) => i % 2 === 0);
  const { frames, accuracy } = scoreOf(half);
  expect(frames).toBe(half.length);
  expect(accuracy.found).toBeGreaterThan(10);
  expect(scoreOf(numbered(half))).toEqual({ frames, accuracy, errors: scoreOf(half).errors });
});
