import { LimnError } from '../core/errors.ts';
import {
  type KeypointSetId,
  meanScore,
  type Person,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../core/pose.ts';
import { Recording, type TrackedFrame } from '../core/recording.ts';
import { mediapipeNames, openPoseNames, openPoseSets } from '../skeletons/names.ts';
import { skeletons } from '../skeletons/registry.ts';
import { Cursor } from './cursor.ts';
import { ASSUMED_FRAME_RATE, describeForeign, stemOf } from './foreign.ts';
import { emptyOf } from './missing.ts';
import type { NamedBytes, RecordingReader } from './reader.ts';

/**
 * The binary format of the sign-language community, versions 0.0, 0.1 and 0.2.
 *
 * Format: sign-language-processing/pose, docs/specs/v0.1.md and v0.2.md. Version 0.0 (as its reader has it) holds,
 * per frame, the number of people, and per person an id and every keypoint with its score behind it.
 */
export const poseFileReader: RecordingReader = {
  id: 'pose',
  label: 'a .pose file',
  recognizes: ({ name }) => /\.pose$/i.test(name),
  read: (files) => files.map(readFile),
};

function readFile(file: NamedBytes): Recording {
  const cursor = new Cursor(file.bytes, file.name);
  const header = readHeader(cursor);
  const body = header.version === 0 ? readFirstBody(cursor, header) : readBody(cursor, header);
  return toRecording(header, body, file.name);
}

interface Component {
  readonly name: string;
  readonly points: readonly string[];
  /** Numbers per keypoint, with its score. */
  readonly width: number;
}

interface Header {
  /** 0, 1 or 2: the digit behind the point. */
  readonly version: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
  /** Keypoints of all components. */
  readonly keypoints: number;
  /** Coordinates per keypoint. */
  readonly dimensions: number;
}

/** x, y (z), score of every keypoint of everybody in every frame; missing people are `null`. */
interface Body {
  readonly frameRate: number;
  readonly frames: readonly (readonly (Float32Array | null)[])[];
}

const MAXIMUM_DIMENSIONS = 3;

function readHeader(cursor: Cursor): Header {
  const version = Math.round(cursor.float() * 10);
  if (![0, 1, 2].includes(version)) {
    throw new LimnError(
      `${cursor.name} is no .pose file of version 0.0, 0.1 or 0.2, or its start is damaged.`,
    );
  }
  const [width, height] = [cursor.short(), cursor.short()];
  cursor.short();
  const components = Array.from({ length: cursor.short() }, (): Component => {
    const [name, format] = [cursor.text(), cursor.text()];
    const [points, limbs, colors] = [cursor.short(), cursor.short(), cursor.short()];
    if (format.length < 2 || format.length > MAXIMUM_DIMENSIONS + 1 || !format.endsWith('C')) {
      throw new LimnError(`${cursor.name} has keypoints of the unknown form "${format}" in ${name}.`);
    }
    const names = Array.from({ length: points }, () => cursor.text());
    cursor.skip(limbs * 4 + colors * 6);
    return { name, points: names, width: format.length };
  });
  const keypoints = components.reduce((sum, { points }) => sum + points.length, 0);
  if (keypoints === 0) throw new LimnError(`${cursor.name} names no keypoints.`);
  const dimensions = Math.max(...components.map((component) => component.width)) - 1;
  return { version, width, height, components, keypoints, dimensions };
}

function readFirstBody(cursor: Cursor, { components, keypoints, dimensions }: Header): Body {
  const frameRate = cursor.short();
  const stride = dimensions + 1;
  const frames = Array.from({ length: cursor.short() }, () =>
    Array.from({ length: cursor.short() }, () => {
      cursor.skip(2);
      const person = new Float32Array(keypoints * stride);
      let keypoint = 0;
      for (const { points, width } of components) {
        const values = cursor.floats(points.length * width);
        for (let i = 0; i < points.length; i++, keypoint++) {
          person.set(values.subarray(i * width, (i + 1) * width - 1), keypoint * stride);
          person[keypoint * stride + dimensions] = values[(i + 1) * width - 1] ?? 0;
        }
      }
      return person;
    }),
  );
  return { frameRate, frames };
}

function readBody(cursor: Cursor, { version, keypoints, dimensions }: Header): Body {
  const frameRate = version === 1 ? cursor.short() : cursor.float();
  const declared = version === 1 ? cursor.short() : cursor.word();
  const people = cursor.short();
  const perFrame = people * keypoints;
  const held = perFrame === 0 ? 0 : Math.floor(cursor.left / (perFrame * (dimensions + 1) * 4));
  // Version 0.1 has 16 bits for the number of frames: longer files say what is left of theirs.
  const count = version === 1 && held > declared && (held & 0xffff) === declared ? held : declared;
  if (perFrame > 0 && held < count) {
    throw new LimnError(
      `${cursor.name} is cut off: it holds ${held} of ${count} frames, and no scores of them. Copy it again.`,
    );
  }
  if (perFrame === 0) return { frameRate, frames: Array.from({ length: Math.min(count, 0xffff) }, () => []) };
  const places = cursor.floats(count * perFrame * dimensions);
  const scores = cursor.floats(count * perFrame);
  const stride = dimensions + 1;
  const frames = Array.from({ length: count }, (_, frame) =>
    Array.from({ length: people }, (_, person) => {
      const values = new Float32Array(keypoints * stride);
      let isThere = false;
      for (let i = 0; i < keypoints; i++) {
        const cell = frame * perFrame + person * keypoints + i;
        const score = scores[cell] ?? 0;
        isThere ||= score > 0;
        values.set(places.subarray(cell * dimensions, (cell + 1) * dimensions), i * stride);
        values[i * stride + dimensions] = score;
      }
      return isThere ? values : null;
    }),
  );
  return { frameRate, frames };
}

type Target = {
  readonly part: 'body' | 'leftHand' | 'rightHand';
  readonly isWorld: boolean;
  readonly set: KeypointSetId;
};

/** What a component is to Limn, and which of its keypoints are which; `null`: nothing that Limn knows. */
interface Placement extends Target {
  readonly offset: number;
  /** For each keypoint of the component, its position in the set; −1: none. */
  readonly positions: readonly number[];
}

const HANDS: readonly (readonly [name: string, part: Target['part']])[] = [
  ['LEFT_HAND_LANDMARKS', 'leftHand'],
  ['RIGHT_HAND_LANDMARKS', 'rightHand'],
  ['hand_left_keypoints_2d', 'leftHand'],
  ['hand_right_keypoints_2d', 'rightHand'],
];
const HAND_KEYPOINTS = 21;

function placementsOf({ components }: Header): Placement[] {
  let offset = 0;
  const found: Placement[] = [];
  for (const { name, points } of components) {
    const placed = place(name, points);
    if (placed) found.push({ ...placed, offset });
    offset += points.length;
  }
  return found;
}

function place(name: string, points: readonly string[]): Omit<Placement, 'offset'> | null {
  const hand = HANDS.find(([known]) => known === name);
  // OpenPose's and MediaPipe's hands have the same order; their names differ.
  if (hand && points.length === HAND_KEYPOINTS) {
    return { part: hand[1], isWorld: false, set: 'hand-21', positions: points.map((_, i) => i) };
  }
  const isWorld = name === 'POSE_WORLD_LANDMARKS';
  if (isWorld || name === 'POSE_LANDMARKS') {
    const names = mediapipeNames('blazepose-33');
    return {
      part: 'body',
      isWorld,
      set: 'blazepose-33',
      positions: points.map((point) => names.indexOf(point)),
    };
  }
  const own = skeletons.find(({ id }) => id === name);
  if (own && own.id !== 'hand-21') {
    const names = mediapipeNames(own.id);
    return {
      part: 'body',
      isWorld: false,
      set: own.id,
      positions: points.map((point) => names.indexOf(point)),
    };
  }
  if (name !== 'pose_keypoints_2d') return null;
  for (const set of openPoseSets) {
    const names = openPoseNames(set);
    if (names.length !== points.length) continue;
    return { part: 'body', isWorld: false, set, positions: points.map((_, i) => i) };
  }
  return null;
}

function toRecording(header: Header, { frameRate, frames }: Body, fileName: string): Recording {
  const placements = placementsOf(header);
  if (placements.length === 0) {
    const names = header.components.map(({ name }) => name).join(', ');
    throw new LimnError(`${fileName} holds ${names}: none of these keypoints Limn knows.`);
  }
  const rate = frameRate > 0 && Number.isFinite(frameRate) ? frameRate : ASSUMED_FRAME_RATE;
  const tracked = frames.map((people, index): TrackedFrame => {
    const found = people.map((values, id) => values && toPerson(values, id, header, placements));
    return { index, time: index / rate, people: found.filter((person) => person !== null) };
  });
  const hasHands = placements.some(({ part }) => part !== 'body');
  const name = stemOf(fileName, /\.pose$/i, 'pose');
  const { width, height } = header;
  return new Recording(describeForeign({ name, hands: hasHands, width, height, isTimed: true }), tracked);
}

function toPerson(
  values: Float32Array,
  id: number,
  header: Header,
  placements: readonly Placement[],
): Person | null {
  const poses: Record<Target['part'], Pose | null> = { body: null, leftHand: null, rightHand: null };
  for (const placement of placements) {
    if (!placement.isWorld) poses[placement.part] = toPose(values, header, placement);
  }
  const world = placements.find(({ isWorld }) => isWorld);
  if (world && poses.body?.set === world.set) {
    poses.body = { ...poses.body, world: toWorld(values, header, world) };
  }
  const main = poses.body ?? poses.leftHand ?? poses.rightHand;
  return main && { id, score: meanScore(main), ...poses };
}

function toPose(values: Float32Array, header: Header, placement: Placement): Pose | null {
  const { set } = placement;
  const points = emptyOf(set, POINT_STRIDE);
  let isThere = false;
  forEachPoint(values, header, placement, (position, [x = 0, y = 0], score) => {
    points.set([x, y, score], position * POINT_STRIDE);
    isThere = true;
  });
  return isThere ? { set, points, world: null, handedness: null } : null;
}

function toWorld(values: Float32Array, header: Header, placement: Placement): Float32Array | null {
  const world = emptyOf(placement.set, WORLD_STRIDE);
  let isThere = false;
  forEachPoint(values, header, placement, (position, [x = 0, y = 0, z = 0], score) => {
    world.set([x, -y, -z, score], position * WORLD_STRIDE);
    isThere = true;
  });
  return isThere ? world : null;
}

/** Calls with every keypoint that is there and that the set has. */
function forEachPoint(
  values: Float32Array,
  { dimensions }: Header,
  { offset, positions }: Placement,
  use: (position: number, coordinates: Float32Array, score: number) => void,
): void {
  const stride = dimensions + 1;
  for (const [i, position] of positions.entries()) {
    const at = (offset + i) * stride;
    const coordinates = values.subarray(at, at + dimensions);
    const score = Math.min(1, values[at + dimensions] ?? 0);
    if (position >= 0 && score > 0 && !coordinates.some(Number.isNaN)) use(position, coordinates, score);
  }
}
