import { strToU8 } from 'fflate';
import { type Vector3, ZERO } from '../../core/numbers/vector.ts';
import { type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';
import { isOpenPoseSet } from '../../skeletons/names.ts';
import { toOpenPoseSpace } from '../../skeletons/openpose-space.ts';
import type { Exporter } from '../exporter.ts';
import { createFrameStems } from '../writing/frame-stems.ts';
import { makingFile, makingLine } from '../writing/making.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';
import { type ZipEntry, zipMany } from '../zip/write.ts';

/** What OpenPose's peopleJsonSaver writes as `version`. */
const VERSION = '1.3';
/** Digits that a C++ stream writes by default. */
const SIGNIFICANT_DIGITS = 6;
/** The id of people whom nobody tracks. */
const ANONYMOUS = -1;

/** A number as a C++ stream writes it by default, i.e. printf's %g: six significant digits, no zeros behind. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value) || value === 0) return '0';
  const [mantissa = '0', exponentText = '0'] = value.toExponential(SIGNIFICANT_DIGITS - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= SIGNIFICANT_DIGITS) {
    const sign = exponent < 0 ? '-' : '+';
    return `${withoutTrailingZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return withoutTrailingZeros(value.toFixed(SIGNIFICANT_DIGITS - 1 - exponent));
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * One frame exactly as OpenPose writes it with `--write_json`: keys in its order, missing keypoints as zeros,
 * what wasn't looked for as an empty array.
 *
 * Bodies that aren't in one of OpenPose's own sets are mapped to BODY_25 (rules in `skeletons/convert.ts`).
 * 3-D coordinates are the world keypoints in metres in the axes of OpenPose's own 3-D, y down (`skeletons/openpose-space.ts`),
 * with 1 for "there"; those that were read from there are where they were.
 *
 * Format: openpose, doc/02_output.md and src/openpose/filestream/fileStream.cpp.
 */
export function writeOpenPoseFrame({ people, openPose }: TrackedFrame, hasHands: boolean): string {
  // OpenPose writes zeros for faces that it didn't find where it looked for them: where it found one of a frame.
  const lookedFor = {
    hands: hasHands,
    faces: people.some(({ face }) => face && canConvert(face.set, 'face-70')),
  };
  const written = people.map((person) => writePerson(person, lookedFor, openPose?.isAnonymous ?? false));
  const candidates = openPose?.partCandidates;
  const extras = candidates ? `,"part_candidates":[${writeCandidates(candidates)}]` : '';
  return `{"version":${VERSION},"people":[${written.join(',')}]${extras}}`;
}

function writeCandidates(candidates: readonly (readonly number[])[]): string {
  const parts = candidates.map((values, part) => `"${part}":[${values.map(formatNumber).join(',')}]`);
  return `{${parts.join(',')}}`;
}

const HAND_KEYPOINTS = 21;
const FACE_KEYPOINTS = 70;

interface LookedFor {
  readonly hands: boolean;
  readonly faces: boolean;
}

function writePerson(person: Person, lookedFor: LookedFor, isAnonymous: boolean): string {
  const body = person.body && toOpenPoseBody(person.body);
  const hand2d = (hand: Pose | null): string => {
    if (hand) return flat2d(hand);
    return lookedFor.hands ? zeros(HAND_KEYPOINTS * POINT_STRIDE) : '[]';
  };
  const missingFace = lookedFor.faces ? zeros(FACE_KEYPOINTS * POINT_STRIDE) : '[]';
  const face = person.face ? toOpenPoseFace(person.face) : null;
  const { openPoseId, openPoseOrigins: origins = {} } = person.extras ?? {};
  return (
    `{"person_id":[${openPoseId ?? (isAnonymous ? ANONYMOUS : person.id)}]` +
    `,"pose_keypoints_2d":${body ? flat2d(body) : '[]'}` +
    `,"face_keypoints_2d":${face ? flat2d(face) : missingFace}` +
    `,"hand_left_keypoints_2d":${hand2d(person.leftHand)}` +
    `,"hand_right_keypoints_2d":${hand2d(person.rightHand)}` +
    `,"pose_keypoints_3d":${flat3d(body, origins.body)}` +
    `,"face_keypoints_3d":${flat3d(face, origins.face)}` +
    `,"hand_left_keypoints_3d":${flat3d(person.leftHand, origins.leftHand)}` +
    `,"hand_right_keypoints_3d":${flat3d(person.rightHand, origins.rightHand)}}`
  );
}

function toOpenPoseBody(pose: Pose): Pose {
  return !isOpenPoseSet(pose.set) && canConvert(pose.set, 'body-25') ? convertPose(pose, 'body-25') : pose;
}

/** `null`: it is none that becomes OpenPose's face. */
function toOpenPoseFace(face: Pose): Pose | null {
  return canConvert(face.set, 'face-70') ? convertPose(face, 'face-70') : null;
}

function flat2d(pose: Pose): string {
  return flat(pose.points, POINT_STRIDE, (score) => score);
}

function flat3d(pose: Pose | null, origin: Vector3 = ZERO): string {
  return pose?.world ? flat(toOpenPoseSpace(pose.world, origin), WORLD_STRIDE, () => 1) : '[]';
}

function flat(values: ArrayLike<number>, stride: number, scoreOf: (score: number) => number): string {
  const numbers: string[] = [];
  for (let at = 0; at < values.length; at += stride) {
    const score = values[at + stride - 1] ?? 0;
    const position = Array.from({ length: stride - 1 }, (_, i) => values[at + i] ?? Number.NaN);
    if (!(score > 0) || position.some(Number.isNaN)) {
      for (let i = 0; i < stride; i++) numbers.push('0');
    } else {
      for (const value of position) numbers.push(formatNumber(value));
      numbers.push(formatNumber(scoreOf(score)));
    }
  }
  return `[${numbers.join(',')}]`;
}

function zeros(count: number): string {
  return `[${new Array<string>(count).fill('0').join(',')}]`;
}

/** Were hands looked for in the run that a frame belongs to? Then OpenPose writes zeros for those not found. */
function createHandsLookup(recording: Recording): (position: number) => boolean {
  const runs = recording.info.runs;
  return (position) => runs.findLast((run) => run.firstFrame <= position)?.hands ?? false;
}

/** OpenPose's file names, as `createFrameStems` has them. */
export function openPoseFileNames({ info, frames }: Recording): string[] {
  const stemOf = createFrameStems(info);
  return frames.map((frame) => `${stemOf(frame)}_keypoints.json`);
}

/**
 * A ZIP with one JSON file per frame, as OpenPose's `--write_json` folder holds them, and one that says how they
 * were made.
 */
export const openPoseJson: Exporter = {
  id: 'openpose-json',
  label: 'OpenPose JSON (ZIP, one file a frame)',
  extension: '_openpose.zip',
  mediaType: 'application/zip',
  clock: 'none',
  write(recording, report) {
    const names = openPoseFileNames(recording);
    const hasHands = createHandsLookup(recording);
    function* entries(): Generator<ZipEntry> {
      for (const [position, frame] of withProgress(recording.frames, report)) {
        yield {
          name: names[position] ?? '',
          bytes: strToU8(writeOpenPoseFrame(frame, hasHands(position))),
        };
      }
      yield makingFile(recording);
    }
    return zipMany(entries(), names.length + 1, recording.info.created);
  },
};

/**
 * The same objects, one line a frame; the first says under `limn` how they were made, and `frame` is a frame's number where
 * it isn't that of the line, from 0.
 */
export const openPoseJsonLines: Exporter = {
  id: 'openpose-jsonl',
  label: 'OpenPose JSON Lines (one file)',
  extension: '_openpose.jsonl',
  mediaType: 'application/jsonl',
  clock: 'none',
  write(recording, report) {
    const hasHands = createHandsLookup(recording);
    function* lines(): Generator<string> {
      for (const [position, frame] of withProgress(recording.frames, report)) {
        const number = frame.index === position ? '' : `,"frame":${frame.index}`;
        const making = position === 0 ? `,"limn":${makingLine(recording)}` : '';
        yield `${writeOpenPoseFrame(frame, hasHands(position)).slice(0, -1)}${number}${making}}\n`;
      }
    }
    return encodeTexts(lines());
  },
};
