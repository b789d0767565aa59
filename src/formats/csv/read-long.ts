import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import {
  type KeypointSetId,
  MARKS,
  meanScore,
  type Person,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { Recording, type RecordingInfo, type TrackedFrame } from '../../core/recording.ts';
import { skeletonOf, skeletons } from '../../skeletons/registry.ts';
import type { RecordingReader } from '../reader.ts';
import { describeForeign, extentOf, nameWithoutEnding } from '../reading/foreign.ts';
import { readMade } from '../reading/made.ts';
import { emptyOf } from '../reading/missing.ts';
import { Notes } from '../reading/notes.ts';
import { type TableFrame, withOwnTimes } from '../reading/times.ts';
import { readColumns, readCsv } from './table.ts';

/** Columns that must be there, in any order; others are passed over. */
const COLUMNS = ['frame', 'time', 'person', 'part', 'set', 'keypoint', 'x', 'y', 'score'] as const;
const HEAD_LENGTH = 400;

const whole = v.pipe(v.string(), v.nonEmpty(), v.transform(Number), v.number(), v.safeInteger());
/** How programs spell a missing value: R, pandas, MATLAB. */
const MISSING = ['', 'NA', 'NaN', 'nan', 'NULL', 'null'] as const;
const number = v.union([
  v.pipe(
    v.picklist(MISSING),
    v.transform(() => Number.NaN),
  ),
  v.pipe(v.string(), v.nonEmpty(), v.transform(Number), v.number(), v.finite()),
]);
const rowSchema = v.object({
  frame: v.pipe(whole, v.minValue(0)),
  time: v.pipe(v.string(), v.nonEmpty(), v.transform(Number), v.number(), v.finite()),
  person: whole,
  part: v.picklist(['body', 'left_hand', 'right_hand', 'face']),
  set: v.picklist(skeletons.map(({ id }) => id)),
  keypoint: v.pipe(whole, v.minValue(0)),
  x: number,
  y: number,
  score: number,
  world_x: v.optional(number),
  world_y: v.optional(number),
  world_z: v.optional(number),
  mark: v.optional(v.picklist(['', 'corrected', 'filled']), ''),
});

type Row = v.InferOutput<typeof rowSchema>;
type Part = 'body' | 'leftHand' | 'rightHand' | 'face';
const PARTS: Readonly<Record<Row['part'], Part>> = {
  body: 'body',
  left_hand: 'leftHand',
  right_hand: 'rightHand',
  face: 'face',
};

/** A table with one row a keypoint, as the exporter `csv-long` writes it. Frames without anybody are not in it. */
export const csvLongReader: RecordingReader = {
  id: 'csv-long',
  label: 'CSV with a row for each keypoint',
  recognizes: ({ name, bytes }) =>
    /\.csv$/i.test(name) || isLong(readColumns(strFromU8(bytes.subarray(0, HEAD_LENGTH), true), isLong)),
  read: (files) => files.map(readFile),
};

function isLong(columns: readonly string[]): boolean {
  return COLUMNS.every((column) => columns.includes(column));
}

function readFile(file: NamedBytes): Recording {
  const table = readCsv(file, isLong);
  const missing = COLUMNS.find((column) => !table.columns.includes(column));
  if (missing !== undefined) throw isOther(file.name, table.columns, missing);
  const frames = new FrameBuilder();
  let made: RecordingInfo | null = null;
  for (const { line, cells } of table.rows()) {
    made ??= cells.made ? (readMade(cells.made)?.info ?? null) : null;
    const where = `${file.name}, line ${line}`;
    frames.add(toRow(cells, where), line, where);
  }
  const notes = new Notes();
  const tracked = withOwnTimes(frames.inOrder, file.name, null, notes).map(toFrame);
  const hands = tracked.some(({ people }) => people.some(({ leftHand, rightHand }) => leftHand ?? rightHand));
  const name = nameWithoutEnding(file.name, /(_long)?\.csv$/i, 'CSV');
  const info = made ?? describeForeign({ name, hands, ...extentOf(tracked), isTimed: true });
  return new Recording({ ...info, ...notes.info }, tracked);
}

/** What tables of other programs begin with, and what they are. */
const KNOWN_TABLES: readonly (readonly [begins: RegExp, label: string])[] = [
  [/^scorer$/i, 'a DeepLabCut table'],
  [/^(instance\.score|frame_idx)$/i, 'a SLEAP table'],
  [/^timestamp_by_camera$|^(body|face|left_hand|right_hand)_\w+_[xyz]$/i, 'a FreeMoCap table'],
  [/\btrajectory \d+/i, 'a Kinovea table'],
  [/^nose[_.]x$|^person$|^[xyzcv]_?\d+$/i, 'a table with a row a person and frame'],
];

function isOther(name: string, columns: readonly string[], missing: string): LimnError {
  const label = KNOWN_TABLES.find(([begins]) => columns.some((column) => begins.test(column)))?.[1];
  return new LimnError(
    `${name} ${label ? `is ${label}, which Limn doesn't read` : `has no column ${missing}`}. Limn reads tables with one row a keypoint, as it writes them (CSV, one row a keypoint).`,
  );
}

function toRow(cells: Readonly<Record<string, string>>, where: string): Row {
  const parsed = v.safeParse(rowSchema, cells);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new LimnError(
      `${where}, has no valid ${v.getDotPath(issue) ?? 'cell'} ("${String(issue.input)}").`,
    );
  }
  const { set, keypoint } = parsed.output;
  const count = skeletonOf(set).keypoints.length;
  if (keypoint >= count) throw new LimnError(`${where}, names keypoint ${keypoint} of ${count}.`);
  return parsed.output;
}

interface BuiltPose {
  readonly set: KeypointSetId;
  readonly points: Float32Array;
  world: Float32Array | null;
  marks?: Uint8Array;
}

interface BuiltFrame extends TableFrame {
  readonly people: Map<number, Map<Part, BuiltPose>>;
}

/** Puts keypoints together into poses, people and frames. */
class FrameBuilder {
  readonly #frames = new Map<number, BuiltFrame>();

  /** @throws {LimnError} if the frame had another time before */
  add(row: Row, line: number, where: string): void {
    const {
      frame: index,
      time,
      person,
      part,
      set,
      keypoint,
      x,
      y,
      score,
      world_x,
      world_y,
      world_z,
      mark,
    } = row;
    const frame = this.#frames.get(index) ?? { index, time, line, people: new Map() };
    if (frame.time !== time) {
      throw new LimnError(
        `${where}, gives frame ${index} the time ${time}, and line ${frame.line} the time ${frame.time}: give all rows of a frame the same.`,
      );
    }
    this.#frames.set(index, frame);
    const parts = frame.people.get(person) ?? new Map<Part, BuiltPose>();
    frame.people.set(person, parts);
    const known = parts.get(PARTS[part]);
    const pose: BuiltPose =
      known?.set === set ? known : { set, points: emptyOf(set, POINT_STRIDE), world: null };
    parts.set(PARTS[part], pose);
    if (!(score > 0) || Number.isNaN(x) || Number.isNaN(y)) return;
    if (mark !== '') {
      pose.marks ??= new Uint8Array(skeletonOf(set).keypoints.length);
      pose.marks[keypoint] = MARKS[mark];
    }
    const held = Math.min(1, score);
    pose.points.set([x, y, held], keypoint * POINT_STRIDE);
    const world = [world_x, world_y, world_z].map((value) => value ?? Number.NaN);
    if (world.some(Number.isNaN)) return;
    pose.world ??= emptyOf(set, WORLD_STRIDE);
    pose.world.set([...world, held], keypoint * WORLD_STRIDE);
  }

  /** By time; those with the same by number. */
  get inOrder(): BuiltFrame[] {
    return [...this.#frames.values()].sort((a, b) => a.time - b.time || a.index - b.index);
  }
}

function toFrame({ index, time, people }: BuiltFrame): TrackedFrame {
  return { index, time, people: [...people.entries()].map(([id, parts]) => toPerson(id, parts)) };
}

function toPerson(id: number, parts: ReadonlyMap<Part, BuiltPose>): Person {
  const poseOf = (part: Part): Pose | null => {
    const built = parts.get(part);
    return built ? { ...built, handedness: null } : null;
  };
  const [body, leftHand, rightHand] = [poseOf('body'), poseOf('leftHand'), poseOf('rightHand')];
  const face = poseOf('face');
  const main = body ?? leftHand ?? rightHand;
  return { id, score: main ? meanScore(main) : 0, body, leftHand, rightHand, ...(face && { face }) };
}
