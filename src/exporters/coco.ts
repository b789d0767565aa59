import { boundingBox, POINT_STRIDE, type Pose } from '../core/pose.ts';
import type { CocoDocument, Recording, RecordingInfo, TrackedFrame } from '../core/recording.ts';
import { coco17 } from '../skeletons/coco.ts';
import { thirdOf } from '../skeletons/coco-keypoints.ts';
import { canConvert, convertPose } from '../skeletons/convert.ts';
import { countLabelled, findPersonCategory, KeptEntries, marksOf, parseKept } from './coco-kept.ts';
import type { Exporter, ReportProgress } from './exporter.ts';
import { bodiesWithoutCoco } from './left-out.ts';
import { describeMaking } from './making.ts';
import { round } from './round.ts';
import { encodeTexts, withProgress } from './text.ts';

/** COCO's category "person". */
const PERSON_CATEGORY = 1;

/**
 * Keypoint results as `pycocotools` loads them with `loadRes`: one object per person and frame, `image_id` the
 * frame's number, or the image's id in the COCO file that it was read from, keypoints as x, y, score. A missing keypoint is
 * 0, 0, 0, as COCO has it: its score says so. Results that were read go out as they were but for what was changed.
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
  leftOut: bodiesWithoutCoco,
  write(recording, report) {
    function* texts(): Generator<string> {
      yield '[';
      let isFirst = true;
      for (const text of writeEntries(recording, 'results', report)) {
        yield `${isFirst ? '' : ',\n'}${isFirst ? withMember(text, 'limn', describeMaking(recording)) : text}`;
        isFirst = false;
      }
      yield ']\n';
    }
    return encodeTexts(texts());
  },
};

/**
 * Keypoint annotations, as people make them for training: images, annotations with boxes, and the category with
 * its keypoints' names and skeleton. What was read from such a file goes out as it was but for what was changed: images,
 * categories, licences, annotations of people and of what has no keypoints, in the order of the images.
 *
 * Format: cocodataset.org, "Data format", keypoint detection. `area` of those that are new is that of the box.
 */
export const cocoAnnotations: Exporter = {
  id: 'coco-annotations',
  label: 'COCO keypoints (annotations)',
  extension: '_coco_annotations.json',
  mediaType: 'application/json',
  leftOut: bodiesWithoutCoco,
  write(recording, report) {
    const { info, frames } = recording;
    const kept = parseKept(info.coco?.head);
    const head = { ...headOf(recording, kept), info: describeInfo(recording, kept) };
    const lists: Readonly<Record<string, () => Iterable<string>>> = {
      images: () => frames.map((frame) => frame.coco?.image ?? JSON.stringify(describeImage(frame, info))),
      annotations: () => writeEntries(recording, 'annotations', report),
    };
    function* texts(): Generator<string> {
      let isFirst = true;
      for (const [key, value] of Object.entries(head)) {
        yield `${isFirst ? '{' : ',\n'}${JSON.stringify(key)}:`;
        isFirst = false;
        const list = lists[key];
        if (list) yield* writeList(list());
        else yield JSON.stringify(value);
      }
      yield '}\n';
    }
    return encodeTexts(texts());
  },
};

/** The members of the file; images and annotations are filled in as they are written. */
function headOf(
  { frames }: Recording,
  kept: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const lists = { images: [], annotations: [] };
  if (Object.keys(kept).length === 0) return { ...lists, categories: [describeCategory(PERSON_CATEGORY)] };
  const { id, isNew } = findPersonCategory(kept);
  const isNeeded = isNew && frames.some(({ people }) => people.some(({ extras }) => !extras?.coco));
  const categories = Array.isArray(kept.categories) ? kept.categories : [];
  return { ...lists, ...kept, ...(isNeeded && { categories: [...categories, describeCategory(id)] }) };
}

function describeCategory(id: number | string): object {
  return {
    id,
    name: 'person',
    supercategory: 'person',
    keypoints: coco17.keypoints,
    // COCO counts keypoints from 1 here.
    skeleton: coco17.limbs.map(({ from, to }) => [from + 1, to + 1]),
  };
}

function describeInfo(recording: Recording, kept: Readonly<Record<string, unknown>>): object {
  const { info } = recording;
  const own = { description: info.source.name, version: info.limn, date_created: info.created };
  const given = typeof kept.info === 'object' && kept.info !== null ? kept.info : null;
  return { ...(given ?? own), limn: describeMaking(recording) };
}

function describeImage(
  { index, name, width, height, time, coco: kept }: TrackedFrame,
  info: RecordingInfo,
): object {
  return {
    id: kept?.imageId ?? index,
    file_name: name ?? (typeof kept?.imageId === 'string' ? kept.imageId : info.source.name),
    width: width ?? info.width,
    height: height ?? info.height,
    time,
  };
}

function* writeList(texts: Iterable<string>): Generator<string> {
  let isFirst = true;
  yield '[';
  for (const text of texts) {
    yield `${isFirst ? '' : ',\n'}${text}`;
    isFirst = false;
  }
  yield ']';
}

/** The entries of all frames as JSON: those that were kept, with what has changed, and new ones. */
function* writeEntries(
  recording: Recording,
  kind: CocoDocument['kind'],
  report: ReportProgress | undefined,
): Generator<string> {
  const { frames } = recording;
  const document = recording.info.coco?.kind === kind ? recording.info.coco : null;
  const kept = document && new KeptEntries(document);
  const category = findPersonCategory(parseKept(recording.info.coco?.head));
  const categoryId = kind === 'results' && category.isNew ? PERSON_CATEGORY : category.id;
  const thirds = document?.thirds ?? (kind === 'results' ? 'score' : 'visibility');
  let nextId = kind === 'annotations' ? highestId(document ? frames : []) + 1 : 0;
  for (const [, frame] of withProgress(frames, report)) {
    for (const person of frame.people) {
      const pose = person.body && toCoco(person.body);
      const again = kept?.write(person, pose, !frame.openPose?.isAnonymous) ?? null;
      if (again !== null) yield again;
      else if (pose) {
        const imageId = frame.coco?.imageId ?? frame.index;
        const keypoints = flatten(pose, thirds);
        yield JSON.stringify({
          ...(kind === 'annotations' && { id: nextId++ }),
          image_id: imageId,
          category_id: categoryId,
          keypoints,
          ...(kind === 'annotations' && describeArea(pose, keypoints)),
          score: round(person.score),
          track_id: person.id,
          ...marksOf(pose),
        });
      }
    }
    if (kept) yield* frame.coco?.others ?? [];
  }
}

/** The highest id of all annotations that were kept. */
function highestId(frames: readonly TrackedFrame[]): number {
  let highest = 0;
  for (const { people, coco: kept } of frames) {
    for (const text of [...people.map(({ extras }) => extras?.coco?.entry), ...(kept?.others ?? [])]) {
      const { id } = parseKept(text);
      if (typeof id === 'number' && id > highest) highest = id;
    }
  }
  return highest;
}

/** What annotations have beyond results. */
function describeArea(pose: Pose, keypoints: readonly number[]): object {
  const { left = 0, top = 0, width = 0, height = 0 } = boundingBox(pose) ?? {};
  return {
    num_keypoints: countLabelled(keypoints),
    bbox: [left, top, width, height].map(round),
    area: round(width * height),
    iscrowd: 0,
  };
}

/** The JSON of an object with a member more. */
function withMember(text: string, key: string, value: unknown): string {
  return `${text.slice(0, text.lastIndexOf('}'))},${JSON.stringify(key)}:${JSON.stringify(value)}}`;
}

/** `null`: the body has no keypoints that COCO knows. */
function toCoco(body: Pose): Pose | null {
  if (body.set === 'coco-17') return body;
  return canConvert(body.set, 'coco-17') ? convertPose(body, 'coco-17') : null;
}

function flatten({ points }: Pose, thirds: CocoDocument['thirds']): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < points.length; at += POINT_STRIDE) {
    const [x = Number.NaN, y = Number.NaN, score = 0] = points.subarray(at, at + POINT_STRIDE);
    const isThere = score > 0 && !Number.isNaN(x) && !Number.isNaN(y);
    numbers.push(...(isThere ? [round(x), round(y), round(thirdOf(score, thirds))] : [0, 0, 0]));
  }
  return numbers;
}
