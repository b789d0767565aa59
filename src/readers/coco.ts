import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { LimnError } from '../core/errors.ts';
import { meanScore, type Person, POINT_STRIDE } from '../core/pose.ts';
import { Recording, type TrackedFrame } from '../core/recording.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf, stemOf } from './foreign.ts';
import { parseJson } from './json.ts';
import type { NamedBytes, RecordingReader } from './reader.ts';
import { count } from './recording-info.ts';

const KEYPOINTS = 17;
const HEAD_LENGTH = 400;
/** In annotations the third number is a visibility: 0, 1 (hidden) or 2. */
const MAXIMUM_VISIBILITY = 2;

const person = v.object({
  image_id: count,
  keypoints: v.pipe(v.array(v.number()), v.length(KEYPOINTS * POINT_STRIDE)),
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
});

type CocoPerson = v.InferOutput<typeof person>;
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
    return (
      /^\s*\[\s*\{\s*"image_id"\s*:/.test(head) ||
      /^\s*\{.*"(images|annotations|categories)"\s*:/s.test(tail(bytes, head))
    );
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
  const [people, images] = Array.isArray(output) ? [output, []] : [output.annotations, output.images];
  return toRecording(people, images, stemOf(file.name, /(_coco)?(_annotations)?\.json$/i, 'COCO'));
}

/** Annotations may lie behind a long description: the file's end is looked at, too. */
function tail(bytes: Uint8Array, head: string): string {
  return `${head}${strFromU8(bytes.subarray(Math.max(0, bytes.length - HEAD_LENGTH)), true)}`;
}

function toRecording(people: readonly CocoPerson[], images: readonly CocoImage[], name: string): Recording {
  const byImage = new Map<number, CocoPerson[]>(images.map(({ id }) => [id, []]));
  for (const each of people) {
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
  // Scores don't go beyond 1, visibilities do.
  const scale = scores.some((value) => value > 1) ? MAXIMUM_VISIBILITY : 1;
  const points = Float32Array.from(keypoints, (value, i) => {
    const own = (scores[Math.floor(i / POINT_STRIDE)] ?? 0) / scale;
    if (i % POINT_STRIDE === POINT_STRIDE - 1) return Math.min(1, Math.max(0, own));
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
