import { LimnError } from '../../core/errors.ts';
import { greatest } from '../../core/lists.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { meanScore, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import type { RecordingReader } from '../reader.ts';
import { ASSUMED_FRAME_RATE, describeForeign, nameWithoutEnding } from '../reading/foreign.ts';
import { emptyOf } from '../reading/missing.ts';
import { Notes, ONLY_A_FACE } from '../reading/notes.ts';
import { type Placement, type PoseComponent, placeComponents } from './components.ts';
import { Cursor } from './cursor.ts';

/**
 * The binary format of the sign-language community, versions 0.0, 0.1 and 0.2.
 *
 * Format: sign-language-processing/pose, docs/specs/v0.1.md and v0.2.md. Version 0.0 (as its reader has it) holds,
 * per frame, the number of people, and per person an id and every keypoint with its score behind it.
 */
export const poseFileReader: RecordingReader = {
  id: 'pose',
  label: '.pose files',
  recognizes: ({ name }) => /\.pose$/i.test(name),
  read: (files) => files.map(readFile),
};

function readFile(file: NamedBytes): Recording {
  const cursor = new Cursor(file.bytes, file.name);
  const header = readHeader(cursor);
  const body = header.version === 0 ? readFirstBody(cursor, header) : readBody(cursor, header);
  return toRecording(header, body, file.name);
}

interface Header {
  /** 0, 1 or 2: the digit behind the point. */
  readonly version: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly PoseComponent[];
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
  const components = Array.from({ length: cursor.short() }, (): PoseComponent => {
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
  const dimensions = greatest(components.map((component) => component.width)) - 1;
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

function toRecording(header: Header, { frameRate, frames }: Body, fileName: string): Recording {
  const { placements, unknown } = placeComponents(header.components);
  if (!placements.some(({ part }) => part !== 'face')) {
    const names = header.components.map(({ name }) => name).join(', ');
    throw new LimnError(`${fileName} holds ${names}: Limn knows no body and no hand among these keypoints.`);
  }
  const notes = new Notes();
  if (unknown.length > 0) {
    notes.say(
      `Of the keypoints of the .pose file, those that Limn doesn’t know are left out: ${unknown.join(', ')}.`,
    );
  }
  const rate = frameRate > 0 && Number.isFinite(frameRate) ? frameRate : ASSUMED_FRAME_RATE;
  const tracked = frames.map((people, index): TrackedFrame => {
    const found = people.map((values, id) => values && toPerson(values, id, header, placements, notes));
    return { index, time: index / rate, people: found.filter((person) => person !== null) };
  });
  const hasHands = placements.some(({ part }) => part === 'leftHand' || part === 'rightHand');
  const name = nameWithoutEnding(fileName, /\.pose$/i, 'pose');
  const { width, height } = header;
  return new Recording(
    { ...describeForeign({ name, hands: hasHands, width, height, isTimed: true }), ...notes.info },
    tracked,
  );
}

function toPerson(
  values: Float32Array,
  id: number,
  header: Header,
  placements: readonly Placement[],
  notes: Notes,
): Person | null {
  const poses: Record<Placement['part'], Pose | null> = {
    body: null,
    leftHand: null,
    rightHand: null,
    face: null,
  };
  for (const placement of placements) {
    if (!placement.isWorld) poses[placement.part] = toPose(values, header, placement);
  }
  const world = placements.find(({ isWorld }) => isWorld);
  if (world && poses.body?.set === world.set) {
    poses.body = { ...poses.body, world: toWorld(values, header, world) };
  }
  const { face, ...others } = poses;
  const main = others.body ?? others.leftHand ?? others.rightHand;
  if (!main && face) notes.say(ONLY_A_FACE);
  return main && { id, score: meanScore(main), ...others, ...(face && { face }) };
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
