import { boundingBox, type Pose } from '../../core/pose.ts';
import type { CocoDocument, Recording, RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import { labelOfId, toExactJson } from '../../core/texts/exact-json.ts';
import { coco17 } from '../../skeletons/sets/coco.ts';
import type { Exporter, ReportProgress } from '../exporter.ts';
import { bodiesWithoutCoco, type LeftOut } from '../writing/left-out.ts';
import { describeMaking } from '../writing/making.ts';
import { round } from '../writing/round.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';
import { cocoBody } from '../writing/who-fits.ts';
import { flatten } from './flatten.ts';
import {
  countLabelled,
  findPersonCategory,
  KeptEntries,
  type KeptHead,
  parseKept,
  readKeptHead,
} from './kept.ts';
import { marksOf } from './marks.ts';
import { describeWholeBody } from './whole-body.ts';

/** COCO's category "person". */
const PERSON_CATEGORY = 1;

/**
 * Keypoint results as `pycocotools` loads them with `loadRes`: one object per person and frame, `image_id` the
 * frame's number, or the image's id in the COCO file that it was read from, keypoints as x, y, score. A missing keypoint is
 * 0, 0, 0, as COCO has it: its score says so. Results that were read go out as they were but for what was changed.
 *
 * Format: cocodataset.org, "Results format", keypoint detection; the score in the third place is what
 * OpenMMLab and Detectron write there. Feet, face and hands are beside them as COCO-WholeBody has
 * them (`foot_kpts`, `face_kpts` …). `corrected` and `filled` are keypoints that are not as measured, by their position
 * among COCO-WholeBody's 133; the first object says under `limn` how all was made.
 */
export const coco: Exporter = {
  id: 'coco',
  label: 'COCO keypoints (results)',
  extension: '_coco.json',
  mediaType: 'application/json',
  clock: 'none',
  leftOut: (recording) => leftOut(recording, 'results'),
  write(recording, report) {
    function* texts(): Generator<string> {
      yield '[';
      let isFirst = true;
      const head = readKeptHead(recording.info.coco);
      for (const text of writeEntries(recording, head, 'results', report)) {
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
  leftOut: (recording) => leftOut(recording, 'annotations'),
  write(recording, report) {
    const { info, frames } = recording;
    const kept = readKeptHead(info.coco);
    const head = { ...headOf(recording, kept), info: describeInfo(recording, kept) };
    const lists: Readonly<Record<string, () => Iterable<string>>> = {
      images: () => frames.map((frame) => keptImage(frame) ?? toExactJson(describeImage(frame, info))),
      annotations: () => writeEntries(recording, kept, 'annotations', report),
    };
    function* texts(): Generator<string> {
      let isFirst = true;
      for (const [key, value] of Object.entries(head)) {
        yield `${isFirst ? '{' : ',\n'}${JSON.stringify(key)}:`;
        isFirst = false;
        const list = lists[key];
        if (list) yield* writeList(list());
        else yield toExactJson(value);
      }
      yield '}\n';
    }
    return encodeTexts(texts());
  },
};

/** The members of the file; images and annotations are filled in as they are written. */
function headOf({ frames }: Recording, kept: KeptHead): Readonly<Record<string, unknown>> {
  const lists = { images: [], annotations: [] };
  const { members } = kept;
  if (Object.keys(members).length === 0) return { ...lists, categories: [describeCategory(PERSON_CATEGORY)] };
  const { id, isNew } = findPersonCategory(kept);
  const isNeeded = isNew && frames.some(({ people }) => people.some(({ extras }) => !extras?.coco));
  const categories = Array.isArray(members.categories) ? members.categories : [];
  return { ...lists, ...members, ...(isNeeded && { categories: [...categories, describeCategory(id)] }) };
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

function describeInfo(recording: Recording, { members }: KeptHead): object {
  const { info } = recording;
  const own = { description: info.source.name, version: info.limn, date_created: info.created };
  const given = typeof members.info === 'object' && members.info !== null ? members.info : null;
  return { ...(given ?? own), limn: describeMaking(recording) };
}

/** An image's entry as it was read; what was in the video's seconds is in those of what happened now. `null`: none was read */
function keptImage({ time, videoTime, coco: kept }: TrackedFrame): string | null {
  if (kept?.image === undefined) return null;
  const entry = parseKept(kept.image);
  const isOther = videoTime !== undefined && 'time' in entry && entry.time !== time;
  return isOther ? toExactJson({ ...entry, time }) : kept.image;
}

function describeImage(
  { index, name, width, height, time, coco: kept }: TrackedFrame,
  info: RecordingInfo,
): object {
  return {
    id: kept?.imageId ?? index,
    file_name: name ?? (typeof kept?.imageId === 'string' ? labelOfId(kept.imageId) : info.source.name),
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

/** What was read from a file of the kind that is written; `null`: it was another, or none. */
function keptDocument({ info }: Recording, kind: CocoDocument['kind']): CocoDocument | null {
  return info.coco?.kind === kind ? info.coco : null;
}

function leftOut(recording: Recording, kind: CocoDocument['kind']): LeftOut {
  const document = keptDocument(recording, kind);
  return bodiesWithoutCoco(({ extras }) => document !== null && extras?.coco !== undefined);
}

/** The entries of all frames as JSON: those that were kept, with what has changed, and new ones. */
function* writeEntries(
  recording: Recording,
  head: KeptHead,
  kind: CocoDocument['kind'],
  report: ReportProgress | undefined,
): Generator<string> {
  const { frames } = recording;
  const document = keptDocument(recording, kind);
  const kept = document && new KeptEntries(document, head);
  const category = findPersonCategory(head);
  const categoryId = kind === 'results' && category.isNew ? PERSON_CATEGORY : category.id;
  const thirds = document?.thirds ?? (kind === 'results' ? 'score' : 'visibility');
  let nextId = kind === 'annotations' ? highestId(document ? frames : []) + 1 : 0;
  for (const [, frame] of withProgress(frames, report)) {
    for (const person of frame.people) {
      const pose = cocoBody(person);
      const again = kept?.write(person, pose, !frame.openPose?.isAnonymous) ?? null;
      if (again !== null) yield again;
      else if (pose) {
        const imageId = frame.coco?.imageId ?? frame.index;
        const keypoints = flatten(pose, thirds);
        yield toExactJson({
          ...(kind === 'annotations' && { id: nextId++ }),
          image_id: imageId,
          category_id: categoryId,
          keypoints,
          ...(kind === 'annotations' && describeArea(pose, keypoints)),
          score: round(person.score),
          track_id: person.id,
          ...describeWholeBody(person, thirds, kind === 'annotations'),
          ...marksOf(person, pose),
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
