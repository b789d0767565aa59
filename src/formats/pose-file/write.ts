import { strToU8 } from 'fflate';
import { concat } from '../../core/bytes.ts';
import { LimnError } from '../../core/errors.ts';
import { type KeypointSetId, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { isOpenPoseSet, mediapipeNames, openPoseNames } from '../../skeletons/names.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Exporter } from '../exporter.ts';
import { ensureFits } from '../writing/capacity.ts';
import { describeShared, type FrameGrid, frameGrid, hasOwnRow } from '../writing/frame-grid.ts';
import { idsOf } from '../writing/ids.ts';
import { otherBodies } from '../writing/left-out.ts';
import { makingLine } from '../writing/making.ts';
import { describeOtherSizes } from '../writing/one-size.ts';
import { firstBodySet } from '../writing/who-fits.ts';

/** The version of the format that is written; later ones only differ in what the body's head holds. */
const VERSION = 0.2;
const SHORT_LIMIT = 2 ** 16 - 1;
/** Components have a colour each, for viewers. */
const COLORS = [
  [255, 87, 34],
  [33, 150, 243],
  [76, 175, 80],
  [156, 39, 176],
];

/** A group of keypoints as the format has them. */
interface Component {
  readonly name: string;
  readonly set: KeypointSetId;
  readonly names: readonly string[];
  /** x, y, z and score of a keypoint of somebody; `null`: it is missing. */
  readonly read: (person: Person, keypoint: number) => readonly [number, number, number, number] | null;
}

/**
 * The binary format of the sign-language community, version 0.2: a header that names components and their
 * keypoints, then x, y (z) of every keypoint of everybody in every frame, then all scores. Bodies, hands and faces are named
 * as MediaPipe's or OpenPose's files name them; world keypoints are `POSE_WORLD_LANDMARKS` with MediaPipe's axes.
 *
 * The format knows one frame rate and no ids: frames lie where their times are on its grid, people in the order of
 * their ids. Behind all that, where readers don't look, a line of JSON says how it was made.
 *
 * Format: sign-language-processing/pose, docs/specs/v0.2.md; component names: the same, utils/holistic.py and
 * utils/openpose.py.
 */
export const poseFile: Exporter = {
  id: 'pose',
  label: 'Pose (.pose, sign language)',
  extension: '.pose',
  mediaType: 'application/octet-stream',
  leftOut: otherBodies,
  write(recording) {
    const components = componentsOf(recording);
    if (components.length === 0) throw hasNobody();
    const dimensions = components.some(({ name }) => name === WORLD) ? 3 : 2;
    const out = new Writer();
    const grid = frameGrid(recording.frames.map(({ time }) => time));
    writeHeader(out, recording, components, dimensions);
    writeBody(out, recording, grid, components, dimensions);
    out.line(makingLine(recording));
    const { extension, mediaType } = this;
    return {
      extension,
      mediaType,
      parts: [out.bytes()],
      notes: [...describeShared(grid), ...describeOtherSizes(recording)],
    };
  },
};

const WORLD = 'POSE_WORLD_LANDMARKS';

function hasNobody(): LimnError {
  return new LimnError(
    'A .pose file names the keypoints that were found, and there are none in this recording. Choose another format.',
  );
}

function componentsOf(recording: Recording): Component[] {
  const people = recording.frames.flatMap((frame) => frame.people);
  const set = firstBodySet(recording);
  const components: Component[] = [];
  if (set) {
    const isOpenPose = isOpenPoseSet(set);
    const name = set === 'blazepose-33' ? 'POSE_LANDMARKS' : isOpenPose ? 'pose_keypoints_2d' : set;
    const names = isOpenPose ? openPoseNames(set) : mediapipeNames(set);
    components.push({ name, set, names, read: ({ body }, i) => readPoint(body, set, i) });
    if (people.some((person) => person.body?.set === set && person.body.world)) {
      components.push({ name: WORLD, set, names, read: ({ body }, i) => readWorld(body, set, i) });
    }
  }
  for (const [part, name] of [
    ['leftHand', 'LEFT_HAND_LANDMARKS'],
    ['rightHand', 'RIGHT_HAND_LANDMARKS'],
  ] as const) {
    if (!people.some((person) => person[part])) continue;
    const names = mediapipeNames('hand-21');
    components.push({
      name,
      set: 'hand-21',
      names,
      read: (person, i) => readPoint(person[part], 'hand-21', i),
    });
  }
  // As OpenPose's own files have them in this format, and MediaPipe's: utils/openpose.py, utils/holistic.py.
  for (const [set, name, prefix] of [
    ['face-70', 'face_keypoints_2d', 'FB_'],
    ['face-478', 'FACE_LANDMARKS', ''],
  ] as const) {
    if (!people.some(({ face }) => face?.set === set)) continue;
    const names = skeletonOf(set).keypoints.map((_, i) => `${prefix}${i}`);
    components.push({ name, set, names, read: ({ face }, i) => readPoint(face ?? null, set, i) });
  }
  return components;
}

function readPoint(
  pose: Pose | null,
  set: KeypointSetId,
  i: number,
): readonly [number, number, number, number] | null {
  if (pose?.set !== set) return null;
  const [x = 0, y = 0, score = 0] = pose.points.subarray(i * POINT_STRIDE, (i + 1) * POINT_STRIDE);
  return score > 0 && !Number.isNaN(x) ? [x, y, 0, score] : null;
}

function readWorld(
  pose: Pose | null,
  set: KeypointSetId,
  i: number,
): readonly [number, number, number, number] | null {
  if (pose?.set !== set || !pose.world) return null;
  const [x = 0, y = 0, z = 0, score = 0] = pose.world.subarray(i * WORLD_STRIDE, (i + 1) * WORLD_STRIDE);
  // MediaPipe's y points down and its z away from the viewer.
  return score > 0 && !Number.isNaN(x) ? [x, -y, -z, score] : null;
}

function writeHeader(
  out: Writer,
  { info }: Recording,
  components: readonly Component[],
  dimensions: number,
): void {
  out.float(VERSION);
  for (const size of [info.width, info.height, dimensions === 3 ? info.width : 0])
    out.short(Math.round(size));
  out.short(components.length);
  for (const [i, { name, set, names }] of components.entries()) {
    const { limbs } = skeletonOf(set);
    out.text(name);
    out.text(dimensions === 3 ? 'XYZC' : 'XYC');
    for (const count of [names.length, limbs.length, 1]) out.short(count);
    for (const each of names) out.text(each);
    for (const { from, to } of limbs) {
      out.short(from);
      out.short(to);
    }
    for (const value of COLORS[i % COLORS.length] ?? []) out.short(value);
  }
}

function writeBody(
  out: Writer,
  recording: Recording,
  grid: FrameGrid,
  components: readonly Component[],
  dimensions: number,
): void {
  const { frames } = recording;
  const { rate, rows, count } = grid;
  const ids = idsOf(recording);
  const keypoints = components.reduce((sum, { names }) => sum + names.length, 0);
  out.float(rate);
  out.word(count);
  out.short(ids.length);
  const cells = count * ids.length * keypoints;
  ensureFits(cells * (dimensions + 1) * 4, poseFile.label);
  const places = new Float32Array(cells * dimensions);
  const scores = new Float32Array(cells);
  for (const [position, { people }] of frames.entries()) {
    if (!hasOwnRow(grid, position)) continue;
    for (const person of people) {
      let cell = ((rows[position] ?? 0) * ids.length + ids.indexOf(person.id)) * keypoints;
      for (const { names, read } of components) {
        for (let i = 0; i < names.length; i++, cell++) {
          const value = read(person, i);
          if (!value) continue;
          places.set(value.slice(0, dimensions), cell * dimensions);
          scores[cell] = value[3];
        }
      }
    }
  }
  out.floats(places);
  out.floats(scores);
}

/** Little-endian numbers and texts, one after the other. */
class Writer {
  readonly #parts: Uint8Array[] = [];

  float(value: number): void {
    this.floats(Float32Array.of(value));
  }

  floats(values: Float32Array): void {
    this.#parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  word(value: number): void {
    this.#parts.push(new Uint8Array(Uint32Array.of(value).buffer));
  }

  /** @throws {LimnError} if it doesn't fit into 16 bits */
  short(value: number): void {
    if (value > SHORT_LIMIT) {
      throw new LimnError(
        `.pose files count up to ${SHORT_LIMIT}, and this recording has ${value} people or pixels. Export one person at a time (click one), or Limn JSON.`,
      );
    }
    this.#parts.push(new Uint8Array(Uint16Array.of(value).buffer));
  }

  /** Its length in bytes, then UTF-8. */
  text(value: string): void {
    const bytes = strToU8(value);
    this.short(bytes.length);
    this.#parts.push(bytes);
  }

  line(text: string): void {
    this.#parts.push(strToU8(`${text}\n`));
  }

  bytes(): Uint8Array {
    return concat(this.#parts);
  }
}
