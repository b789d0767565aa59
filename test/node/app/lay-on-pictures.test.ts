import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layOnPictures } from '../../../src/app/opening/lay-on-pictures.ts';
import { Recording } from '../../../src/core/recording.ts';
import { standsForTruth } from '../../../src/evaluation/truth.ts';
import { cocoReader } from '../../../src/formats/coco/read.ts';
import { info, sampleRecording } from '../../helpers/people.ts';

const annotated = (): Recording => {
  const bytes = readFileSync(new URL('../../fixtures/coco-ten/annotations.json', import.meta.url));
  const [recording] = cocoReader.read([{ name: 'annotations.json', bytes }]);
  if (!recording) throw new Error('The fixture has a recording.');
  return recording;
};

it('annotations have the places of their pictures among those that are there, and say which aren’t', () => {
  const laid = layOnPictures(annotated(), [
    'photos/coco_000000000415.jpg',
    'photos/coco_000000000360.jpg',
    'photos/holiday.jpg',
    'photos/coco_000000000241.jpg',
  ]);
  expect(laid?.frames.map(({ name, index, time, people }) => [name, index, time, people.length])).toEqual([
    ['coco_000000000241.jpg', 0, 0, 5],
    ['coco_000000000360.jpg', 1, 1, 1],
    ['coco_000000000415.jpg', 2, 2, 1],
  ]);
  expect(laid?.info.incomplete).toMatch(/^7 annotated pictures aren’t among those that were opened/);
  expect(laid?.info.notes?.join(' ')).toContain(
    'One picture isn’t annotated, and doesn’t count: holiday.jpg.',
  );
});

it('pictures of one name in two folders are nobody’s, for none can tell which is annotated', () => {
  const name = 'coco_000000000241.jpg';
  expect(layOnPictures(annotated(), [`a/${name}`, `b/${name}`])).toBeNull();
  expect(layOnPictures(annotated(), [`a/${name}`, 'b.jpg'])?.frames).toHaveLength(1);
});

it('what a model has found is no truth for pictures, unless somebody has corrected it', () => {
  const frames = sampleRecording().frames.map((frame, i) => ({ ...frame, name: `${i}.jpg` }));
  expect(layOnPictures(new Recording(info, frames), ['0.jpg', '2.jpg'])).toBeNull();
  const corrected = { ...info, corrections: ['nose of person 0 moved'] };
  expect(layOnPictures(new Recording(corrected, frames), ['0.jpg', '2.jpg'])?.frames).toHaveLength(2);
  expect(standsForTruth({ ...info, coco: { kind: 'annotations', thirds: 'visibility' } })).toBe(false);
  expect(standsForTruth({ ...info, runs: [], coco: { kind: 'results', thirds: 'score' } })).toBe(false);
});
