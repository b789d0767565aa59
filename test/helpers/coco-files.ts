import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { coco17 } from '../../src/skeletons/sets/coco.ts';

export type Json = Record<string, unknown>;

/** x = 10, 11, …, y = 20, 21, … and a third number by position, of as many keypoints. */
export function cocoKeypoints(count = 17, thirdOf: (position: number) => number = () => 2): number[] {
  return Array.from({ length: count }, (_, i) => {
    const third = thirdOf(i);
    return third > 0 ? [10 + i, 20.25 + i, third] : [0, 0, 0];
  }).flat();
}

export function cocoFile(value: unknown, name = 'a.json'): NamedBytes {
  return { name, bytes: new TextEncoder().encode(JSON.stringify(value)) };
}

export const personCategory = {
  supercategory: 'person',
  id: 1,
  name: 'person',
  keypoints: coco17.keypoints,
  skeleton: [
    [16, 14],
    [14, 12],
  ],
};

/** An image of COCO's. */
export function cocoImage(id: number, more: Json = {}): Json {
  return {
    license: 4,
    file_name: `${String(id).padStart(12, '0')}.jpg`,
    coco_url: `http://images.example/${id}.jpg`,
    height: 427,
    width: 640,
    date_captured: '2013-11-14 17:02:52',
    flickr_url: '',
    id,
    ...more,
  };
}

/** An annotation of somebody, with all fields that COCO has. */
export function cocoAnnotation(
  id: number,
  imageId: number,
  keypoints: readonly number[],
  more: Json = {},
): Json {
  return {
    segmentation: [[100.5, 50, 200, 50.25, 200, 350]],
    num_keypoints: keypoints.filter((value, at) => at % 3 === 2 && value > 0).length,
    area: 30000.25,
    iscrowd: 0,
    keypoints,
    image_id: imageId,
    bbox: [100, 50.123, 100.4567, 300],
    category_id: 1,
    id,
    ...more,
  };
}

/**
 * What COCO's files hold: images of two sizes with odd ids, the middle one without anybody, all visibilities, somebody without
 * keypoints, a crowd, a box, and categories and fields of others.
 */
export function cocoDocument(): { images: Json[]; annotations: Json[] } & Json {
  return {
    info: { description: 'Photos', url: '', version: '1.0', year: 2017, date_created: '2017/09/01' },
    licenses: [{ url: 'http://example/by', id: 4, name: 'Attribution' }],
    images: [
      cocoImage(37_777, { height: 230, width: 352 }),
      cocoImage(252_219),
      cocoImage(397_133, { some: ['thing', null] }),
    ],
    annotations: [
      cocoAnnotation(
        908_000,
        37_777,
        cocoKeypoints(17, (i) => i % 3),
      ),
      cocoAnnotation(
        183_126,
        37_777,
        cocoKeypoints(17, () => 0),
      ),
      cocoAnnotation(900_100_259, 37_777, [], {
        segmentation: { counts: [100, 200], size: [230, 352] },
        iscrowd: 1,
        keypoints: cocoKeypoints(17, () => 0),
      }),
      { id: 5, image_id: 397_133, category_id: 18, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 },
      cocoAnnotation(7, 397_133, cocoKeypoints(), { attributes: { occluded: true, 'é "': 'ü' } }),
    ].sort((a, b) => Number(a.image_id) - Number(b.image_id)),
    categories: [personCategory, { supercategory: 'animal', id: 18, name: 'dog' }],
    something_else: { nested: [1, 2.5, null] },
  };
}

/** Points of a mask's outline, so that an annotation has as many bytes as COCO's have. */
const OUTLINE_POINTS = 55;

/**
 * A file like COCO's own (`person_keypoints_val2017.json` has 5,000 images and 10 MB, that of `train2017` 118,287 and 240
 * MB): two annotations an image, one of them without keypoints, with outlines; the images come first, in no order.
 */
export function largeCocoFile(images: number): NamedBytes {
  const encoder = new TextEncoder();
  const outline = [Array.from({ length: 2 * OUTLINE_POINTS }, (_, i) => 100.25 + i * 4)];
  const parts: Uint8Array[] = [];
  const writeList = (key: string, count: number, of: (i: number) => Json): void => {
    for (let i = 0; i < count; i++) {
      parts.push(encoder.encode(`${i === 0 ? `,"${key}":[` : ','}${JSON.stringify(of(i))}`));
    }
    parts.push(encoder.encode(']'));
  };
  // Ids that are far apart, and none twice: the factor and the modulus are primes.
  const idOf = (i: number): number => ((i + 1) * 7919) % 581_929;
  parts.push(
    encoder.encode(`{"info":{"description":"Large"},"categories":[${JSON.stringify(personCategory)}]`),
  );
  writeList('images', images, (i) => cocoImage(idOf(i)));
  writeList('annotations', images * 2, (i) =>
    cocoAnnotation(
      i,
      idOf(Math.floor(i / 2)),
      cocoKeypoints(17, () => (i % 2 === 0 ? 2 : 0)),
      {
        segmentation: outline,
      },
    ),
  );
  parts.push(encoder.encode('}'));
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { name: 'large.json', bytes };
}
