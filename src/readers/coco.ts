import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { LimnError } from '../core/errors.ts';
import { meanScore, type Person, POINT_STRIDE } from '../core/pose.ts';
import { Recording, type TrackedFrame } from '../core/recording.ts';
import { coco17 } from '../skeletons/coco.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf, stemOf } from './foreign.ts';
import { parseJson } from './json.ts';
import type { NamedBytes, RecordingReader } from './reader.ts';
import { count } from './recording-info.ts';

/** The first result lies within it, whatever its keys' order. */
const HEAD_LENGTH = 65_536;
/** In annotations the third number is a visibility: 0, 1 (hidden) or 2. */
const MAXIMUM_VISIBILITY = 2;

/** PoseTrack's people have no eyes. */
const MAY_BE_MISSING = /_eye$/;

const person = v.object({
  image_id: count,
  category_id: v.optional(count),
  /** None where only a box is marked. */
  keypoints: v.optional(
    v.pipe(
      v.array(v.number()),
      v.check(
        (numbers) => numbers.length % POINT_STRIDE === 0,
        'three numbers are expected for each keypoint',
      ),
    ),
    [],
  ),
  score: v.optional(v.number()),
  track_id: v.optional(count),
});
const resultsSchema = v.array(person);
const annotationsSchema = v.object({
  images: v.array(
    v.object({
      id: count,
      width: v.optional(count),
      height: v.optional(count),
      time: v.optional(v.pipe(v.number(), v.finite())),
    }),
  ),
  annotations: v.array(person),
  categories: v.optional(v.array(v.object({ id: count, keypoints: v.optional(v.array(v.string())) })), []),
});

type CocoPerson = v.InferOutput<typeof person>;
type CocoCategory = v.InferOutput<typeof annotationsSchema>['categories'][number];
type CocoImage = v.InferOutput<typeof annotationsSchema>['images'][number];

/**
 * COCO's keypoint results and annotations. A frame is an image; without times of their own, images are taken for
 * frames at 30 per second by their ids.
 *
 * Format: cocodataset.org, "Results format" and "Data format".
 */
export const cocoReader: RecordingReader = {
  id: 'coco',
  label: 'COCO keypoints',
  recognizes: ({ bytes }) => {
    const head = strFromU8(bytes.subarray(0, HEAD_LENGTH), true);
    if (/^\s*\[\s*\{/.test(head)) return /"image_id"\s*:/.test(head);
    return /^\s*\{/.test(head) && /"annotations"\s*:\s*\[/.test(strFromU8(bytes, true));
  },
  read: (files) => files.map(readFile),
};

function readFile(file: NamedBytes): Recording {
  const document = parseJson(file);
  const parsed = Array.isArray(document)
    ? v.safeParse(resultsSchema, document)
    : v.safeParse(annotationsSchema, document);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new LimnError(
      `${file.name} is not COCO's keypoints, at ${v.getDotPath(issue) ?? 'the top'}: ${issue.message}.`,
    );
  }
  const { output } = parsed;
  const name = stemOf(file.name, /(_coco)?(_annotations)?\.json$/i, 'COCO');
  if (Array.isArray(output)) return toRecording(output.map(withCoco17(file.name, [], 1)), [], name);
  const { annotations, images, categories } = output;
  return toRecording(annotations.map(withCoco17(file.name, categories, MAXIMUM_VISIBILITY)), images, name);
}

/**
 * Brings keypoints into COCO's order by their category's names, and what they are sure of to 0 … 1.
 *
 * @param highest value of the third number: results hold scores, annotations visibilities
 */
function withCoco17(
  file: string,
  categories: readonly CocoCategory[],
  highest: number,
): (person: CocoPerson) => CocoPerson {
  const namesOf = new Map(categories.map(({ id, keypoints }) => [id, keypoints]));
  return (each) => {
    if (each.keypoints.length === 0) return each;
    const named = namesOf.get(each.category_id ?? -1) ?? [];
    // Some programs write the category with an empty list.
    const names = named.length > 0 ? named : coco17.keypoints;
    const missing = coco17.keypoints.filter((name) => !names.includes(name));
    if (missing.length === coco17.keypoints.length || names.length * POINT_STRIDE !== each.keypoints.length) {
      throw new LimnError(
        `${file} holds ${each.keypoints.length / POINT_STRIDE} keypoints a person that are not those of COCO. Limn reads COCO's ${coco17.keypoints.length}.`,
      );
    }
    if (missing.some((name) => !MAY_BE_MISSING.test(name))) {
      throw new LimnError(
        `${file} names other keypoints than COCO's: it has no ${missing.join(', ')}. Limn reads COCO's.`,
      );
    }
    const keypoints = coco17.keypoints.flatMap((name) => {
      const at = names.indexOf(name) * POINT_STRIDE;
      const [x = 0, y = 0, sure = 0] = at < 0 ? [] : each.keypoints.slice(at, at + POINT_STRIDE);
      return [x, y, Math.min(1, Math.max(0, sure / highest))];
    });
    return { ...each, keypoints };
  };
}

/** COCO gives who has no keypoints marked 51 zeros. */
function hasKeypoints({ keypoints }: CocoPerson): boolean {
  return keypoints.some((value, at) => at % POINT_STRIDE === POINT_STRIDE - 1 && value > 0);
}

function toRecording(people: readonly CocoPerson[], images: readonly CocoImage[], name: string): Recording {
  const byImage = new Map<number, CocoPerson[]>(images.map(({ id }) => [id, []]));
  for (const each of people) {
    if (!hasKeypoints(each)) continue;
    const others = byImage.get(each.image_id);
    if (others) others.push(each);
    else byImage.set(each.image_id, [each]);
  }
  const times = new Map(images.map(({ id, time }) => [id, time]));
  const frames = [...byImage.entries()]
    .sort(([a], [b]) => a - b)
    .map(
      ([index, found]): TrackedFrame => ({
        index,
        time: times.get(index) ?? index / ASSUMED_FRAME_RATE,
        people: found.map(toPerson),
      }),
    );
  const [first] = images;
  const extent = extentOf(frames);
  return new Recording(
    describeForeign({
      name,
      hands: false,
      width: first?.width ?? extent.width,
      height: first?.height ?? extent.height,
      isTimed: images.some(({ time }) => time !== undefined),
    }),
    frames,
  );
}

function toPerson({ keypoints, score, track_id }: CocoPerson, position: number): Person {
  const scores = keypoints.filter((_, i) => i % POINT_STRIDE === POINT_STRIDE - 1);
  const points = Float32Array.from(keypoints, (value, i) => {
    const own = scores[Math.floor(i / POINT_STRIDE)] ?? 0;
    if (i % POINT_STRIDE === POINT_STRIDE - 1) return own;
    return own > 0 ? value : Number.NaN;
  });
  const body = { set: 'coco-17', points, world: null, handedness: null } as const;
  return {
    id: track_id ?? position,
    score: Math.min(1, Math.max(0, score ?? meanScore(body))),
    body,
    leftHand: null,
    rightHand: null,
  };
}
