import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type ConventionId, conventionOf } from '../convention.ts';
import type { Exporter } from '../exporter.ts';
import { describeShared, type FrameGrid, frameGrid } from '../writing/frame-grid.ts';
import { bodiesWithoutMarkers } from '../writing/left-out.ts';
import { describeMaking } from '../writing/making.ts';
import { findMarkers, type MarkerPerson } from '../writing/markers.ts';
import { type AngleChannels, angleChannels, writeAnalog } from './angles.ts';
import { describeMoreEvents, writeEvents } from './events.ts';
import { C3D_BLOCK, MAXIMUM_WORD, PARAMETER_KEY, ParameterWriter } from './parameters.ts';

const POINT_FLOATS = 4;
const AXES = 3;
const NOT_SEEN = -1;
/** Of each analogue channel. */
const SAMPLES_A_FRAME = 1;
/** Frames are written in parts of about so many bytes. */
const PART_BYTES = 2 ** 20;
/** `POINT:LONG_FRAMES` is a float, `TRIAL:ACTUAL_END_FIELD` has 32 bits. */
const MAXIMUM_FRAMES = 2 ** 24;
const CONVENTIONS = ['mm-y-up', 'mm-z-up'] as const;

/**
 * Marker trajectories of everybody in one C3D file: floats, millimetres, with y up, or with z up, as laboratories have it
 * and Mokka draws its floor; `POINT:X_SCREEN` and `Y_SCREEN` say which. Markers of the person with id 3 begin with `P3_`.
 * The format knows one frame rate: frames lie where their times are on its grid. A missing marker has residual −1, as the
 * format says it. Joint angles are analogue channels, a sample a frame, NaN where unknown. Moments that have names are in `EVENT`,
 * by the names that gait laboratories have for a foot's. Group `LIMN` says how it was made.
 *
 * What the format counts in a byte or a word and has more of is split as its users do it: labels in `LABELS2` and so on,
 * frames in `POINT:LONG_FRAMES` and `TRIAL:ACTUAL_END_FIELD`.
 *
 * Format: c3d.org, "The C3D File Format User Guide".
 */
export const c3d: Exporter = {
  id: 'c3d',
  label: 'C3D markers',
  extension: '.c3d',
  mediaType: 'application/octet-stream',
  conventions: CONVENTIONS,
  leftOut: bodiesWithoutMarkers,
  write(recording, report, convention = CONVENTIONS[0]) {
    const people = findMarkers(recording, convention);
    const grid = frameGrid(recording.frames.map(({ time }) => time));
    const labels = people.flatMap(({ id, set }) => skeletonOf(set).keypoints.map((name) => `P${id}_${name}`));
    checkCounts(people, labels, grid);
    const angles = angleChannels(recording, people);
    const parameters = writeParameters(recording, people, grid, labels, angles.labels, convention);
    function* parts(): Generator<Uint8Array> {
      yield writeHeader(labels.length, angles.labels.length, grid, 2 + parameters.length / C3D_BLOCK);
      yield parameters;
      yield* writeFrames(people, grid, labels.length, angles, report);
    }
    const { extension, mediaType } = this;
    const notes = [...describeShared(grid), ...angles.notes, ...describeMoreEvents(recording)];
    return { extension, mediaType, parts: parts(), notes };
  },
};

/** @throws {LimnError} if there are more than the format can count */
function checkCounts(people: readonly MarkerPerson[], labels: readonly string[], { count }: FrameGrid): void {
  if (labels.length > MAXIMUM_WORD) throw hasNoRoom(people.length);
  if (count > MAXIMUM_FRAMES) {
    throw new LimnError(
      `C3D counts up to ${MAXIMUM_FRAMES} frames, and the recording's times span ${count} at its rate. Export a shorter part, or TRC, which has times.`,
    );
  }
}

function hasNoRoom(people: number): LimnError {
  return new LimnError(
    `C3D has no room for the markers' names of ${people} people. Export one person at a time (click one), or GLB, which holds everybody.`,
  );
}

function writeHeader(
  points: number,
  channels: number,
  { rate, count }: FrameGrid,
  dataBlock: number,
): Uint8Array {
  const bytes = new Uint8Array(C3D_BLOCK);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 2);
  view.setUint8(1, PARAMETER_KEY);
  view.setUint16(2, points, true);
  view.setUint16(4, channels, true);
  view.setUint16(6, 1, true);
  view.setUint16(8, Math.min(count, MAXIMUM_WORD), true);
  view.setFloat32(12, -1, true);
  view.setUint16(16, dataBlock, true);
  view.setUint16(18, channels > 0 ? SAMPLES_A_FRAME : 0, true);
  view.setFloat32(20, rate, true);
  return bytes;
}

function writeParameters(
  recording: Recording,
  people: readonly MarkerPerson[],
  { rate, count }: FrameGrid,
  labels: readonly string[],
  channels: readonly string[],
  convention: ConventionId,
): Uint8Array {
  const { unit, up } = conventionOf(convention);
  const out = new ParameterWriter();
  out.group('POINT', 'Keypoints in space');
  out.integers('USED', [labels.length]);
  out.floats('SCALE', [-1]);
  out.floats('RATE', [rate]);
  out.dataStart('DATA_START');
  out.integers('FRAMES', [Math.min(count, MAXIMUM_WORD)]);
  out.floats('LONG_FRAMES', [count]);
  out.lists('LABELS', labels);
  out.lists(
    'DESCRIPTIONS',
    labels.map(() => ''),
  );
  out.lists('UNITS', [unit]);
  out.lists('X_SCREEN', ['+X']);
  out.lists('Y_SCREEN', [up === 'y' ? '+Y' : '+Z']);
  writeAnalog(out, channels, rate * SAMPLES_A_FRAME);
  out.group('TRIAL', '');
  out.integers('ACTUAL_START_FIELD', [1, 0]);
  out.integers('ACTUAL_END_FIELD', [count & MAXIMUM_WORD, count >>> 16]);
  out.group('SUBJECTS', '');
  out.integers('USED', [people.length]);
  out.integers('IS_STATIC', [0]);
  out.lists(
    'NAMES',
    people.map(({ id }) => recording.info.names?.[id] ?? `P${id}`),
  );
  out.lists(
    'LABEL_PREFIXES',
    people.map(({ id }) => `P${id}_`),
  );
  out.integers('USES_PREFIXES', [1]);
  out.group('MANUFACTURER', '');
  out.lists('COMPANY', ['Limn']);
  out.lists('SOFTWARE', ['Limn']);
  out.lists('VERSION_LABEL', [recording.info.limn.slice(0, MAXIMUM_VERSION)]);
  writeEvents(out, recording, people);
  out.group('LIMN', 'How it was made: JSON, in parts');
  const made = makingTexts(recording).find((text) => out.hasRoomFor(text));
  if (made === undefined) throw hasNoRoom(people.length);
  out.text('MADE', made);
  return out.finish();
}

const MAXIMUM_VERSION = 40;

/** How it was made, the shorter the later: without the frames of what is marked, without what is marked. */
function makingTexts(recording: Recording): string[] {
  const { marked, ...rest } = describeMaking(recording);
  const short = marked.map(({ person, part, keypoint, how }) => `${person} ${part} ${keypoint} ${how}`);
  return [
    { ...rest, marked },
    { ...rest, marked: short },
    { ...rest, marked: `${marked.length} keypoints, too many to be listed here` },
  ].map((each) => JSON.stringify(each));
}

/** The points of each frame, and behind them its analogue samples. */
function* writeFrames(
  people: readonly MarkerPerson[],
  { rows, count }: FrameGrid,
  points: number,
  angles: AngleChannels,
  report: Parameters<Exporter['write']>[1],
): Generator<Uint8Array> {
  const framesByRow = new Map(rows.map((row, frame) => [row, frame]));
  const pointFloats = points * POINT_FLOATS;
  const rowFloats = pointFloats + angles.labels.length * SAMPLES_A_FRAME;
  const rowBytes = rowFloats * Float32Array.BYTES_PER_ELEMENT;
  const rowsAPart = Math.max(1, Math.floor(PART_BYTES / rowBytes));
  for (let first = 0; first < count; first += rowsAPart) {
    const values = new Float32Array(Math.min(rowsAPart, count - first) * rowFloats);
    for (let row = first; row < Math.min(first + rowsAPart, count); row++) {
      const start = (row - first) * rowFloats;
      const markers = values.subarray(start, start + pointFloats);
      const samples = values.subarray(start + pointFloats, start + rowFloats);
      for (let at = AXES; at < markers.length; at += POINT_FLOATS) markers[at] = NOT_SEEN;
      const frame = framesByRow.get(row);
      if (frame !== undefined) writeMarkers(markers, people, frame);
      if (frame === undefined) samples.fill(Number.NaN);
      else samples.set(angles.samplesOf(frame));
    }
    yield new Uint8Array(values.buffer);
    report?.(first / count);
  }
  const filler = (C3D_BLOCK - ((count * rowBytes) % C3D_BLOCK)) % C3D_BLOCK;
  yield new Uint8Array(filler);
}

/** @param values of a frame's points */
function writeMarkers(values: Float32Array, people: readonly MarkerPerson[], frame: number): void {
  let first = 0;
  for (const { frames, set } of people) {
    const markers = skeletonOf(set).keypoints.length;
    const places = frames[frame];
    for (let marker = 0; places && marker < markers; marker++) {
      const place = places.subarray(marker * AXES, (marker + 1) * AXES);
      if (!place.every(Number.isFinite)) continue;
      const at = (first + marker) * POINT_FLOATS;
      values.set(place, at);
      values[at + AXES] = 0;
    }
    first += markers;
  }
}
