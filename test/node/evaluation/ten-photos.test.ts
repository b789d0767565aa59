import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../src/evaluation/average-precision.ts';
import { readAnnotations } from '../../../src/evaluation/read-annotations.ts';
import { cocoReader } from '../../../src/formats/coco/read.ts';
import { statedSize } from '../../../src/sources/pictures/reading/stated-size.ts';
import { hasSharedData, readShared } from '../../helpers/shared-data.ts';

const bytes = new Uint8Array(
  readFileSync(new URL('../../fixtures/coco-ten/annotations.json', import.meta.url)),
);
const file = { name: 'annotations.json', bytes };

const documentSchema = v.object({
  images: v.array(v.object({ id: v.number(), file_name: v.string(), width: v.number(), height: v.number() })),
  annotations: v.array(
    v.object({
      id: v.number(),
      image_id: v.number(),
      iscrowd: v.picklist([0, 1]),
      num_keypoints: v.number(),
      keypoints: v.pipe(v.array(v.number()), v.length(51)),
      bbox: v.tuple([v.number(), v.number(), v.number(), v.number()]),
      area: v.number(),
      segmentation: v.array(v.array(v.number())),
    }),
  ),
  categories: v.array(
    v.object({ keypoints: v.array(v.string()), skeleton: v.array(v.tuple([v.number(), v.number()])) }),
  ),
});
const { images, annotations, categories } = v.parse(
  documentSchema,
  JSON.parse(new TextDecoder().decode(bytes)),
);

/** People in each picture: those with keypoints, those without, crowds. */
const COUNTS: Readonly<Record<string, readonly [number, number, number]>> = {
  'coco_000000000192.jpg': [4, 0, 0],
  'coco_000000000241.jpg': [5, 1, 0],
  'coco_000000000257.jpg': [21, 9, 4],
  'coco_000000000294.jpg': [1, 0, 0],
  'coco_000000000328.jpg': [3, 0, 0],
  'coco_000000000338.jpg': [2, 0, 0],
  'coco_000000000357.jpg': [15, 1, 1],
  'coco_000000000360.jpg': [1, 1, 0],
  'coco_000000000395.jpg': [7, 2, 2],
  'coco_000000000415.jpg': [1, 0, 1],
};
/** A wrist or an ankle may lie where something hides it, a little outside of what is visible of a person. */
const MARGIN = 6;

interface Joint {
  readonly x: number;
  readonly y: number;
  readonly visibility: number;
}

function jointsOf(keypoints: readonly number[]): ReadonlyMap<string, Joint> {
  const names = categories[0]?.keypoints ?? [];
  return new Map(
    names.map((name, i) => {
      const [x = Number.NaN, y = Number.NaN, visibility = Number.NaN] = keypoints.slice(i * 3, i * 3 + 3);
      return [name, { x, y, visibility }];
    }),
  );
}

function isLabelled(joint: Joint | undefined): boolean {
  return joint !== undefined && joint.visibility > 0;
}

function labelledIn(keypoints: readonly number[]): readonly Joint[] {
  return [...jointsOf(keypoints).values()].filter(isLabelled);
}

/** Its area by the shoelace formula, in square pixels. */
function areaOf(polygon: readonly number[]): number {
  let doubled = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const [x = 0, y = 0] = polygon.slice(i, i + 2);
    const next = (i + 2) % polygon.length;
    doubled += x * (polygon[next + 1] ?? 0) - (polygon[next] ?? 0) * y;
  }
  return Math.abs(doubled) / 2;
}

describe('the annotations of ten photos', () => {
  it('have all people of all pictures, as the evaluation reads them', () => {
    const read = readAnnotations(file);
    const counts = read.images.map(({ fileName, people }) => {
      const crowds = people.filter(({ isCrowd }) => isCrowd).length;
      const ignored = people.filter(({ isIgnored }) => isIgnored).length;
      return [fileName, [people.length - ignored, ignored - crowds, crowds]];
    });
    expect(Object.fromEntries(counts)).toEqual(COUNTS);
    expect(new Set(annotations.map(({ id }) => id)).size).toBe(annotations.length);
  });

  it('are read as a recording of pictures with every labelled joint in its place', () => {
    const [recording, ...others] = cocoReader.read([file]);
    expect(others).toEqual([]);
    const frames = recording?.frames ?? [];
    expect(frames.map(({ name }) => name).sort()).toEqual(Object.keys(COUNTS));
    for (const { id, file_name } of images) {
      const people = frames.find(({ name }) => name === file_name)?.people ?? [];
      const read = people.flatMap(({ body }) => {
        expect(body?.set).toBe('coco-17');
        return [...(body?.points ?? [])].filter((_, at) => at % 3 < 2 && !Number.isNaN(body?.points[at]));
      });
      const written = annotations
        .filter(({ image_id }) => image_id === id)
        .flatMap(({ keypoints }) => labelledIn(keypoints).flatMap(({ x, y }) => [x, y]));
      expect(read).toEqual(written.map(Math.fround));
    }
  });

  it('have sound numbers: joints inside pictures and boxes, boxes and areas of the outlines', () => {
    for (const { image_id, iscrowd, num_keypoints, keypoints, bbox, area, segmentation } of annotations) {
      const image = images.find(({ id }) => id === image_id);
      const [width, height] = [image?.width ?? 0, image?.height ?? 0];
      const [left, top, across, down] = bbox;
      const joints = labelledIn(keypoints);
      expect(num_keypoints).toBe(joints.length);
      if (iscrowd) expect(joints).toEqual([]);
      for (const { x, y, visibility } of joints) {
        expect([1, 2]).toContain(visibility);
        expect(x >= 0 && x < width && y >= 0 && y < height).toBe(true);
        expect(x >= left - MARGIN && x <= left + across + MARGIN).toBe(true);
        expect(y >= top - MARGIN && y <= top + down + MARGIN).toBe(true);
      }
      const xs = segmentation.flatMap((polygon) => polygon.filter((_, at) => at % 2 === 0));
      const ys = segmentation.flatMap((polygon) => polygon.filter((_, at) => at % 2 === 1));
      expect([Math.min(...xs), Math.min(...ys)]).toEqual([left, top]);
      expect(Math.max(...xs) - left).toBeCloseTo(across);
      expect(Math.max(...ys) - top).toBeCloseTo(down);
      expect(Math.max(...xs)).toBeLessThanOrEqual(width);
      expect(Math.max(...ys)).toBeLessThanOrEqual(height);
      expect(segmentation.reduce((sum, polygon) => sum + areaOf(polygon), 0)).toBeCloseTo(area, 1);
      expect(area).toBeLessThanOrEqual(across * down);
    }
  });

  it('have the left of whoever shows both eyes on the right of the picture', () => {
    const facing = annotations
      .map(({ keypoints }) => jointsOf(keypoints))
      .filter((joints) => ['left_eye', 'right_eye'].every((name) => isLabelled(joints.get(name))));
    expect(facing.length).toBeGreaterThanOrEqual(8);
    for (const joints of facing) {
      for (const name of ['eye', 'ear', 'shoulder']) {
        const [left, right] = [joints.get(`left_${name}`), joints.get(`right_${name}`)];
        if (left && right && isLabelled(left) && isLabelled(right)) expect(left.x).toBeGreaterThan(right.x);
      }
    }
  });

  it('taken for what a model has found are found without a fault', () => {
    const pictures = readAnnotations(file).images.map(({ people }) => ({
      annotated: people,
      found: people
        .filter(({ isIgnored }) => !isIgnored)
        .map(({ keypoints }) => ({ points: Float32Array.from(keypoints), score: 1 })),
    }));
    // COCO looks at 20 people a picture; one picture has 21.
    expect(accuracyOf(pictures).averagePrecision).toBeGreaterThan(0.98);
  });

  it.skipIf(!hasSharedData)('say how large the photos are', () => {
    for (const { file_name, width, height } of images) {
      expect(statedSize(readShared(`images/${file_name}`))).toEqual({ width, height });
    }
  });
});
