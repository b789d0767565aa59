import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { blendshapeNames } from '../../core/blendshapes.ts';
import { LimnError } from '../../core/errors.ts';
import { isMask, MASK_SIDE, maskOfRuns } from '../../core/mask.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { fromPlainRecording, type PlainFrame, type PlainRecording } from '../../core/plain-recording.ts';
import type { Recording, RecordingInfo } from '../../core/recording.ts';
import { withVideoTimes } from '../../core/time/slow-motion.ts';
import { skeletonOf, skeletons } from '../../skeletons/registry.ts';
import { parseJson } from '../json/json.ts';
import { shapeOf } from '../json/json-scan.ts';
import type { RecordingReader } from '../reader.ts';
import { checkOwnTimes } from '../reading/times.ts';
import {
  cocoFrameSchema,
  count,
  openPoseExtrasSchema,
  personExtrasSchema,
  personId,
  placeSchema,
  recordingInfoSchema,
} from '../recording-info.ts';

/** The versions that this reader understands: with the video's times, and with those of what happened. */
const VERSIONS = [1, 2] as const;
const HEAD_LENGTH = 400;

const missingAsNaN = v.pipe(
  v.union([v.null(), v.nan(), v.number()]),
  v.transform((value) => value ?? Number.NaN),
);
const score = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const set = v.picklist(skeletons.map((skeleton) => skeleton.id));

const blendshapesSchema = v.strictObject(v.entriesFromList(blendshapeNames, score));

const poseSchema = v.pipe(
  v.object({
    set,
    keypoints: v.array(v.object({ x: missingAsNaN, y: missingAsNaN, score })),
    world: v.optional(v.array(v.object({ x: missingAsNaN, y: missingAsNaN, z: missingAsNaN, score }))),
    handedness: v.optional(v.object({ side: v.picklist(['left', 'right']), score })),
    corrected: v.optional(v.array(count)),
    filled: v.optional(v.array(count)),
    blendshapes: v.optional(blendshapesSchema),
  }),
  v.check((pose) => {
    const expected = skeletonOf(pose.set).keypoints.length;
    return pose.keypoints.length === expected && (pose.world?.length ?? expected) === expected;
  }, 'the number of keypoints is not that of the set'),
  v.check(
    (pose) => pose.blendshapes === undefined || pose.set === 'face-478',
    'only faces of 478 points have blendshapes',
  ),
);

const length = v.pipe(v.number(), v.finite());
const cells = v.pipe(count, v.maxValue(MASK_SIDE));
const maskSchema = v.pipe(
  v.object({
    left: length,
    top: length,
    width: length,
    height: length,
    columns: cells,
    rows: cells,
    runs: v.pipe(v.array(v.pipe(count, v.maxValue(MASK_SIDE ** 2))), v.maxLength(MASK_SIDE ** 2 + 1)),
  }),
  v.check(({ runs, ...mask }) => isMask(maskOfRuns(mask, mask.columns, mask.rows, runs)), 'this is no mask'),
);

const frameSchema = v.object({
  index: count,
  time: v.pipe(v.number(), v.finite()),
  videoTime: v.optional(v.pipe(v.number(), v.finite())),
  name: v.optional(v.string()),
  width: v.optional(v.number()),
  height: v.optional(v.number()),
  openPose: v.optional(openPoseExtrasSchema),
  coco: v.optional(cocoFrameSchema),
  people: v.array(
    v.object({
      id: personId,
      score,
      body: v.optional(poseSchema),
      leftHand: v.optional(poseSchema),
      rightHand: v.optional(poseSchema),
      face: v.optional(poseSchema),
      mask: v.optional(maskSchema),
      lifted: v.optional(poseSchema),
      place: v.optional(placeSchema),
      extras: v.optional(personExtrasSchema),
    }),
  ),
});

const documentSchema = v.object({
  format: v.literal('limn-recording'),
  version: v.picklist(VERSIONS),
  info: recordingInfoSchema,
  frames: v.array(frameSchema),
});

/** Limn JSON, as `formats/limn-json/write.ts` writes it. */
export const limnJsonReader: RecordingReader = {
  id: 'limn-json',
  label: 'Limn JSON',
  recognizes: (file) =>
    strFromU8(file.bytes.subarray(0, HEAD_LENGTH), true).includes('"limn-recording"') ||
    ['format', 'info', 'frames'].every((key) => shapeOf(file)?.keys.includes(key)),
  read: (files) => files.map(readFile),
};

function readFile(file: NamedBytes): Recording {
  const parsed = v.safeParse(documentSchema, parseJson(file));
  if (!parsed.success) throw new LimnError(describeIssue(file.name, parsed.issues));
  checkOwnTimes(timesOf(parsed.output), file.name);
  return fromPlainRecording(withoutUndefined(parsed.output));
}

/** Checks a recording given by a caller of the library; its times are the video's again. @throws {LimnError} naming the first fault. */
export function checkPlainRecording(recording: unknown): PlainRecording {
  const parsed = v.safeParse(
    v.object({ info: recordingInfoSchema, frames: v.array(frameSchema) }),
    recording,
  );
  if (!parsed.success) throw new LimnError(describeIssue('The recording', parsed.issues));
  checkOwnTimes(timesOf(parsed.output), 'The recording');
  const { info, frames } = withVideoTimes(withoutUndefined(parsed.output));
  return { info, frames: [...frames] };
}

function timesOf({ frames }: { readonly frames: readonly { readonly time: number }[] }): number[] {
  return frames.map(({ time }) => time);
}

function describeIssue(name: string, issues: readonly v.BaseIssue<unknown>[]): string {
  const issue = issues[0];
  const path = issue ? v.getDotPath(issue) : null;
  const where = path ? ` at ${path}` : '';
  return `${name} is not a Limn recording of version ${VERSIONS.join(' or ')}${where}: ${issue?.message ?? 'unknown fault'}.`;
}

/** Valibot types absent keys as possibly `undefined`; what it gives never has such keys, for JSON has none. */
function withoutUndefined(document: { readonly info: unknown; readonly frames: unknown }): PlainRecording {
  return { info: document.info as RecordingInfo, frames: document.frames as PlainFrame[] };
}
