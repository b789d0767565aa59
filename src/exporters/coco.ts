import { boundingBox, keypointsMarked, MARKS, type Person, POINT_STRIDE, type Pose } from '../core/pose.ts';
import type { TrackedFrame } from '../core/recording.ts';
import { coco17 } from '../skeletons/coco.ts';
import { canConvert, convertPose } from '../skeletons/convert.ts';
import type { Exporter } from './exporter.ts';
import { describeMaking } from './making.ts';
import { round } from './round.ts';
import { encodeTexts, withProgress } from './text.ts';

/** COCO's category "person". */
const PERSON_CATEGORY = 1;
/** COCO's visibility: 0 not labelled, 2 labelled and visible. */
const LABELLED = 2;

/** Somebody in a frame, as COCO sees them: 17 keypoints in pixels. */
interface CocoPerson {
  readonly imageId: number;
  readonly person: Person;
  readonly pose: Pose;
}

/**
 * Keypoint results as `pycocotools` loads them with `loadRes`: one object per person and frame, `image_id` the
 * frame's number, keypoints as x, y, score. A missing keypoint is 0, 0, 0, as COCO has it: its score says so.
 *
 * Format: cocodataset.org, "Results format", keypoint detection; the score in the third place is what
 * OpenMMLab and Detectron write there. `corrected` and `filled` are keypoints that are not as measured; the first
 * object says under `limn` how all was made.
 */
export const coco: Exporter = {
  id: 'coco',
  label: 'COCO keypoints (results)',
  extension: '_coco.json',
  mediaType: 'application/json',
  write(recording, report) {
    function* texts(): Generator<string> {
      yield '[';
      let isFirst = true;
      for (const [, frame] of withProgress(recording.frames, report)) {
        for (const { imageId, person, pose } of peopleOf(frame)) {
          const result = {
            image_id: imageId,
            category_id: PERSON_CATEGORY,
            keypoints: flatten(pose, (score) => score),
            score: round(person.score),
            track_id: person.id,
            ...marksOf(pose),
            ...(isFirst && { limn: describeMaking(recording) }),
          };
          yield `${isFirst ? '' : ',\n'}${JSON.stringify(result)}`;
          isFirst = false;
        }
      }
      yield ']\n';
    }
    return encodeTexts(texts());
  },
};

/**
 * Keypoint annotations, as people make them for training: images, annotations with boxes, and the category with
 * its keypoints' names and skeleton.
 *
 * Format: cocodataset.org, "Data format", keypoint detection. `area` is that of the box.
 */
export const cocoAnnotations: Exporter = {
  id: 'coco-annotations',
  label: 'COCO keypoints (annotations)',
  extension: '_coco_annotations.json',
  mediaType: 'application/json',
  write(recording) {
    const { info, frames } = recording;
    const annotations = frames.flatMap(peopleOf).map(({ imageId, person, pose }, i) => {
      const { left = 0, top = 0, width = 0, height = 0 } = boundingBox(pose) ?? {};
      const keypoints = flatten(pose, (score) => (score > 0 ? LABELLED : 0));
      return {
        id: i + 1,
        image_id: imageId,
        category_id: PERSON_CATEGORY,
        keypoints,
        num_keypoints: keypoints.filter((value, at) => at % POINT_STRIDE === 2 && value > 0).length,
        bbox: [left, top, width, height].map(round),
        area: round(width * height),
        iscrowd: 0,
        score: round(person.score),
        track_id: person.id,
        ...marksOf(pose),
      };
    });
    const document = {
      images: frames.map(({ index, name, width, height, time }) => ({
        id: index,
        file_name: name ?? info.source.name,
        width: width ?? info.width,
        height: height ?? info.height,
        time,
      })),
      annotations,
      categories: [
        {
          id: PERSON_CATEGORY,
          name: 'person',
          supercategory: 'person',
          keypoints: coco17.keypoints,
          // COCO counts keypoints from 1 here.
          skeleton: coco17.limbs.map(({ from, to }) => [from + 1, to + 1]),
        },
      ],
      info: {
        description: info.source.name,
        version: info.limn,
        date_created: info.created,
        limn: describeMaking(recording),
      },
    };
    return encodeTexts([JSON.stringify(document), '\n']);
  },
};

function peopleOf({ index, people }: TrackedFrame): CocoPerson[] {
  return people.flatMap((person) => {
    const pose = person.body && toCoco(person.body);
    return pose ? [{ imageId: index, person, pose }] : [];
  });
}

/** Positions of keypoints that are not as measured; keys only where there are any. */
function marksOf(pose: Pose): { corrected?: number[]; filled?: number[] } {
  const [corrected, filled] = [MARKS.corrected, MARKS.filled].map((mark) => keypointsMarked(pose, mark));
  return { ...(corrected?.length && { corrected }), ...(filled?.length && { filled }) };
}

/** `null`: the body has no keypoints that COCO knows. */
function toCoco(body: Pose): Pose | null {
  if (body.set === 'coco-17') return body;
  return canConvert(body.set, 'coco-17') ? convertPose(body, 'coco-17') : null;
}

function flatten({ points }: Pose, lastOf: (score: number) => number): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < points.length; at += POINT_STRIDE) {
    const [x = Number.NaN, y = Number.NaN, score = 0] = points.subarray(at, at + POINT_STRIDE);
    const isThere = score > 0 && !Number.isNaN(x) && !Number.isNaN(y);
    numbers.push(...(isThere ? [round(x), round(y), round(lastOf(score))] : [0, 0, 0]));
  }
  return numbers;
}
