import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../src/evaluation/average-precision.ts';
import { jointErrorsOf } from '../../../src/evaluation/joint-errors.ts';
import { keypointSimilarity } from '../../../src/evaluation/keypoint-similarity.ts';
import type { AnnotatedPerson, EvaluatedPicture, ScoredPerson } from '../../../src/evaluation/people.ts';
import { readAnnotations } from '../../../src/evaluation/read-annotations.ts';

const KEYPOINTS = 17;

/** Somebody of 100 × 100 pixels, all of whose keypoints are seen, at different places. */
function person(left: number, top: number): AnnotatedPerson {
  const keypoints = Array.from({ length: KEYPOINTS }, (_, i) => [
    left + i * 6,
    top + ((i * 37) % 100),
    2,
  ]).flat();
  return {
    keypoints,
    box: { left, top, width: 100, height: 100 },
    area: 10_000,
    isIgnored: false,
    isCrowd: false,
  };
}

function found({ keypoints }: AnnotatedPerson, score: number, moved = 0): ScoredPerson {
  return { points: Float32Array.from(keypoints, (value, at) => (at % 3 === 2 ? 1 : value + moved)), score };
}

describe('average precision', () => {
  it('is what pycocotools says, of people of all sizes, crowds, people without labels, and 25 doubles', () => {
    const text = readFileSync(new URL('../../fixtures/coco-evaluation.json', import.meta.url), 'utf8');
    const { document, results, stats } = JSON.parse(text);
    const bytes = new TextEncoder().encode(JSON.stringify(document));
    const { images } = readAnnotations({ name: 'drawn.json', bytes });
    const pictures = images.map(
      ({ people }, i): EvaluatedPicture => ({
        annotated: people,
        found: results
          .filter((result: { image_id: number }) => result.image_id === i + 1)
          .map(({ keypoints, score }: { keypoints: number[]; score: number }) => ({
            points: Float32Array.from(keypoints),
            score,
          })),
      }),
    );
    const accuracy = accuracyOf(pictures);
    const close = 5;
    expect(accuracy.averagePrecision).toBeCloseTo(stats.AP, close);
    expect(accuracy.averagePrecisionAt50).toBeCloseTo(stats.AP50, close);
    expect(accuracy.averagePrecisionAt75).toBeCloseTo(stats.AP75, close);
    expect(accuracy.averagePrecisionOfMedium).toBeCloseTo(stats.APmedium, close);
    expect(accuracy.averagePrecisionOfLarge).toBeCloseTo(stats.APlarge, close);
    expect(accuracy.averageRecall).toBeCloseTo(stats.AR, close);
    expect(accuracy.found / accuracy.people).toBeCloseTo(stats.AR50, close);
  });

  it('is 1 of annotations that are given as results', () => {
    const people = [person(0, 0), person(200, 50)];
    const accuracy = accuracyOf([{ annotated: people, found: people.map((each) => found(each, 1)) }]);
    expect(accuracy.averagePrecision).toBeCloseTo(1);
    expect(accuracy).toMatchObject({ averageRecall: 1, people: 2, found: 2 });
    expect(accuracy.averagePrecisionOfMedium).toBeNull();
  });

  it('is 51/101 where one of two is found, and somebody who isn’t there', () => {
    const [first, second] = [person(0, 0), person(200, 50)];
    const accuracy = accuracyOf([
      { annotated: [first, second], found: [found(first, 0.9), found(second, 0.8, 400)] },
    ]);
    expect(accuracy.averagePrecision).toBeCloseTo(51 / 101);
    expect(accuracy.averagePrecisionAt50).toBeCloseTo(51 / 101);
    expect(accuracy.averageRecall).toBeCloseTo(0.5);
  });

  it('is nothing where nobody is to be found, whoever was', () => {
    expect(accuracyOf([{ annotated: [], found: [found(person(0, 0), 1)] }])).toMatchObject({
      averagePrecision: null,
      averageRecall: null,
      people: 0,
    });
  });
});

describe('object keypoint similarity', () => {
  it('counts keypoints that were not found as nothing', () => {
    const somebody = person(0, 0);
    const { points } = found(somebody, 1);
    points.fill(Number.NaN, 0, 2);
    expect(keypointSimilarity(points, somebody)).toBeCloseTo(16 / 17);
  });

  it('is exp(−1/2) one standard deviation away: twice sigma times the root of the area', () => {
    const somebody = person(0, 0);
    const nose = {
      ...somebody,
      keypoints: somebody.keypoints.map((value, at) => (at > 2 && at % 3 === 2 ? 0 : value)),
    };
    const { points } = found(nose, 1);
    points[0] = (points[0] ?? 0) + 2 * 0.026 * 100;
    expect(keypointSimilarity(points, nose)).toBeCloseTo(Math.exp(-0.5));
  });
});

describe('errors of joints', () => {
  it('are in pixels, and right within a fifth of the torso', () => {
    const somebody = person(0, 0);
    const torso = Math.hypot((12 - 5) * 6, ((12 * 37) % 100) - ((5 * 37) % 100));
    const moved = found(somebody, 1);
    moved.points[0] = (moved.points[0] ?? 0) + 0.19 * torso;
    moved.points[3] = (moved.points[3] ?? 0) + 0.21 * torso;
    const { joints, meanPixels, correct } = jointErrorsOf([{ annotated: [somebody], found: [moved] }]);
    expect(joints[0]).toMatchObject({ keypoint: 'nose', count: 1, correct: 1 });
    expect(joints[0]?.meanPixels).toBeCloseTo(0.19 * torso, 4);
    expect(joints[1]).toMatchObject({ keypoint: 'left_eye', correct: 0 });
    expect(meanPixels).toBeCloseTo((0.4 * torso) / KEYPOINTS, 4);
    expect(correct).toBeCloseTo(16 / 17);
  });

  it('are of nobody where nobody was found', () => {
    const { joints, meanPixels, correct } = jointErrorsOf([{ annotated: [person(0, 0)], found: [] }]);
    expect([meanPixels, correct]).toEqual([null, null]);
    expect(joints.every(({ count }) => count === 0)).toBe(true);
  });
});

describe('annotations', () => {
  const read = (value: unknown) =>
    readAnnotations({ name: 'a.json', bytes: new TextEncoder().encode(JSON.stringify(value)) });
  const images = [{ id: 1, file_name: 'folder/a.jpg' }];

  it('have the area of the outline, or 0.53 of the box', () => {
    const one = { image_id: 1, category_id: 1, keypoints: person(0, 0).keypoints, bbox: [0, 0, 10, 20] };
    const { images: read1 } = read({ images, annotations: [one, { ...one, area: 50, segmentation: [] }] });
    expect(read1[0]?.fileName).toBe('a.jpg');
    expect(read1[0]?.people.map(({ area }) => area)).toEqual([expect.closeTo(106), 50]);
  });

  it('find keypoints by their names, in whatever order, and pass over what is no person', () => {
    const names = [
      'right_hip',
      'left_hip',
      'nose',
      'left_shoulder',
      'right_shoulder',
      'left_knee',
      'right_knee',
    ];
    const keypoints = names.flatMap((_, i) => [i, 10 * i, 2]);
    const {
      images: [image],
    } = read({
      images,
      categories: [
        { id: 1, keypoints: names },
        { id: 2, name: 'cat', keypoints: ['tail', 'paw'] },
      ],
      annotations: [
        { image_id: 1, category_id: 1, keypoints },
        { image_id: 1, category_id: 2, keypoints: [1, 1, 2, 2, 2, 2] },
      ],
    });
    expect(image?.people).toHaveLength(1);
    expect(image?.people[0]?.keypoints.slice(0, 3)).toEqual([2, 20, 2]);
    expect(image?.people[0]?.keypoints.slice(12 * 3)).toEqual([
      0, 0, 2, 5, 50, 2, 6, 60, 2, 0, 0, 0, 0, 0, 0,
    ]);
  });

  it('refuse what is none of COCO’s, and somebody who is nowhere, by name', () => {
    expect(() => read({ images: [] })).toThrow(
      /a\.json has no annotations as COCO writes them \(annotations/,
    );
    expect(() => read({ images, annotations: [{ image_id: 1, keypoints: [] }] })).toThrow(/annotations\[0\]/);
  });
});
