import { expect, it } from 'vitest';
import { accuracyOf } from '../../../src/evaluation/average-precision.ts';
import { toEvaluatedPicture, toEvaluatedPictures } from '../../../src/evaluation/evaluated-pictures.ts';
import { readAnnotations } from '../../../src/evaluation/read-annotations.ts';
import { cocoReader } from '../../../src/formats/coco/read.ts';

/** Somebody in a box of 100 × 200 pixels. */
const keypoints = (left: number, top: number): number[] =>
  Array.from({ length: 17 }, (_, i) => [left + ((i * 53) % 100), top + i * 12, i % 3 === 0 ? 1 : 2]).flat();

const document = {
  images: [
    { id: 7, file_name: 'a.jpg', width: 640, height: 480 },
    { id: 9, file_name: 'b.jpg', width: 640, height: 480 },
  ],
  annotations: [
    {
      id: 1,
      image_id: 7,
      category_id: 1,
      keypoints: keypoints(10, 10),
      bbox: [10, 10, 100, 200],
      area: 9000,
      segmentation: [[0, 0]],
    },
    { id: 2, image_id: 7, category_id: 1, keypoints: keypoints(300, 20), bbox: [300, 20, 100, 200] },
    {
      id: 3,
      image_id: 9,
      category_id: 1,
      bbox: [0, 0, 600, 400],
      area: 90_000,
      segmentation: {},
      iscrowd: 1,
    },
  ],
  categories: [{ id: 1, name: 'person' }],
};
const file = { name: 'a.json', bytes: new TextEncoder().encode(JSON.stringify(document)) };
const frames = cocoReader.read([file]).flatMap((recording) => recording.frames);

it('a recording that was read from annotations is judged by what they say of boxes, areas and crowds', () => {
  const pictures = toEvaluatedPictures(frames, readAnnotations(file));
  const byRecording = frames.map((frame) => toEvaluatedPicture(frame, frame));
  expect(
    byRecording.map(({ annotated }) => annotated.map(({ box, area, isCrowd }) => ({ box, area, isCrowd }))),
  ).toEqual(
    pictures.map(({ annotated }) => annotated.map(({ box, area, isCrowd }) => ({ box, area, isCrowd }))),
  );
  expect(byRecording[0]?.annotated.map(({ area }) => area)).toEqual([9000, expect.closeTo(0.53 * 20_000)]);
  expect(byRecording[1]?.annotated).toMatchObject([{ isCrowd: true, isIgnored: true }]);
  expect(byRecording[0]?.annotated[0]?.keypoints).toEqual(pictures[0]?.annotated[0]?.keypoints);
  expect(accuracyOf(byRecording)).toEqual(accuracyOf(pictures));
  expect(accuracyOf(byRecording)).toMatchObject({ people: 2, found: 2, averageRecall: 1 });
});

it('pictures are found by their names, or by their places where they have others', () => {
  const swapped = [...frames].reverse();
  const byName = toEvaluatedPictures(swapped, readAnnotations(file));
  expect(accuracyOf(byName)).toMatchObject({ people: 2, found: 2 });
  const byPlace = toEvaluatedPictures(
    frames.map(({ people }) => ({ people })),
    readAnnotations(file),
  );
  expect(accuracyOf(byPlace)).toMatchObject({ people: 2, found: 2 });
});
