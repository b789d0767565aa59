import { strToU8 } from 'fflate';
import type { Recording } from '../core/recording.ts';
import { skeletonOf } from '../skeletons/registry.ts';
import type { Exporter } from './exporter.ts';
import { type FrameGrid, frameGrid } from './frame-grid.ts';
import { describeMaking, makingLine } from './making.ts';
import { findMarkers, type MarkerPerson } from './markers.ts';

/** Everything in the format comes in blocks of this many bytes, or 16-bit words. */
const BLOCK = 512;
/** "Intel": little-endian, IEEE floats. */
const PROCESSOR = 84;
const PARAMETER_KEY = 0x50;
/** A parameter section has at most so many blocks, a list of labels so many entries, a text so many letters. */
const MAXIMUM_BLOCKS = 255;
const MAXIMUM_LABELS = 255;
const MAXIMUM_LETTERS = 255;
const MAXIMUM_WORD = 0xffff;
const POINT_FLOATS = 4;
const AXES = 3;
const NOT_SEEN = -1;

/**
 * Marker trajectories of everybody in one C3D file: floats, millimetres, y up. Markers of the person with id 3 begin
 * with `P3_`. The format knows one frame rate: frames lie where their times are on its grid. A missing marker has
 * residual −1, as the format says it. Group `LIMN` says how it was made.
 *
 * Format: c3d.org, "The C3D File Format User Guide".
 */
export const c3d: Exporter = {
  id: 'c3d',
  label: 'C3D markers',
  extension: '.c3d',
  mediaType: 'application/octet-stream',
  *write(recording, report) {
    const people = findMarkers(recording);
    const grid = frameGrid(recording.frames.map(({ time }) => time));
    const labels = people.flatMap(({ id, set }) => skeletonOf(set).keypoints.map((name) => `P${id}_${name}`));
    const parameters = writeParameters(recording, people, grid, labels);
    const dataBlock = 2 + parameters.length / BLOCK;
    yield writeHeader(labels.length, grid, dataBlock);
    // The place of the data is known only now.
    yield patchDataStart(parameters, dataBlock);
    report?.(0.5);
    yield writePoints(people, grid, labels.length);
  },
};

function writeHeader(points: number, { rate, count }: FrameGrid, dataBlock: number): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 2);
  view.setUint8(1, PARAMETER_KEY);
  view.setUint16(2, points, true);
  view.setUint16(6, 1, true);
  view.setUint16(8, Math.min(count, MAXIMUM_WORD), true);
  view.setFloat32(12, -1, true);
  view.setUint16(16, dataBlock, true);
  view.setFloat32(20, rate, true);
  return bytes;
}

function writeParameters(
  recording: Recording,
  people: readonly MarkerPerson[],
  { rate, count }: FrameGrid,
  labels: readonly string[],
): Uint8Array {
  const out = new ParameterWriter();
  out.group('POINT', 'Keypoints in space');
  out.integers('USED', [labels.length]);
  out.floats('SCALE', [-1]);
  out.floats('RATE', [rate]);
  out.integers('DATA_START', [0]);
  out.integers('FRAMES', [Math.min(count, MAXIMUM_WORD)]);
  out.floats('LONG_FRAMES', [count]);
  for (let first = 0, i = 1; first < labels.length; first += MAXIMUM_LABELS, i++) {
    const some = labels.slice(first, first + MAXIMUM_LABELS);
    out.texts(`LABELS${i === 1 ? '' : i}`, some);
    out.texts(
      `DESCRIPTIONS${i === 1 ? '' : i}`,
      some.map(() => ''),
    );
  }
  out.texts('UNITS', ['mm']);
  out.texts('X_SCREEN', ['+X']);
  out.texts('Y_SCREEN', ['+Y']);
  out.group('ANALOG', 'None');
  out.integers('USED', [0]);
  out.floats('RATE', [0]);
  out.floats('GEN_SCALE', [1]);
  out.group('TRIAL', '');
  out.integers('ACTUAL_START_FIELD', [1, 0]);
  out.integers('ACTUAL_END_FIELD', [count & MAXIMUM_WORD, count >>> 16]);
  out.group('SUBJECTS', '');
  out.integers('USED', [people.length]);
  out.integers('IS_STATIC', [0]);
  out.texts(
    'NAMES',
    people.map(({ id }) => `P${id}`),
  );
  out.texts(
    'LABEL_PREFIXES',
    people.map(({ id }) => `P${id}_`),
  );
  out.integers('USES_PREFIXES', [1]);
  out.group('MANUFACTURER', '');
  out.texts('COMPANY', ['Limn']);
  out.texts('SOFTWARE', ['Limn']);
  out.texts('VERSION_LABEL', [recording.info.limn]);
  out.group('LIMN', 'How it was made: JSON, in parts');
  const room = (MAXIMUM_BLOCKS - 2) * BLOCK - out.length;
  out.texts('MADE', splitText(fittingLine(recording, room), MAXIMUM_LETTERS));
  return out.finish();
}

/** How it was made; if that is longer than the section has room for, without the frames of what is marked. */
function fittingLine(recording: Recording, room: number): string {
  const line = makingLine(recording);
  if (strToU8(line).length < room - MAXIMUM_LETTERS) return line;
  const { marked, ...rest } = describeMaking(recording);
  const short = marked.map(({ person, part, keypoint, how }) => `${person} ${part} ${keypoint} ${how}`);
  return JSON.stringify({ ...rest, marked: short });
}

function splitText(text: string, length: number): string[] {
  // Only ASCII: letters and bytes are the same then.
  const ascii = text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Array.from({ length: Math.ceil(ascii.length / length) }, (_, i) =>
    ascii.slice(i * length, (i + 1) * length),
  );
}

/** Puts the number of the first data block where POINT:DATA_START stands. */
function patchDataStart(parameters: Uint8Array, dataBlock: number): Uint8Array {
  const name = strToU8('DATA_START');
  const at = parameters.findIndex((_, i) => name.every((byte, j) => parameters[i + j] === byte));
  // Behind the name: offset (2), type, dimensions.
  new DataView(parameters.buffer).setUint16(at + name.length + 4, dataBlock, true);
  return parameters;
}

function writePoints(
  people: readonly MarkerPerson[],
  { rows, count }: FrameGrid,
  points: number,
): Uint8Array {
  const length = count * points * POINT_FLOATS * 4;
  const bytes = new Uint8Array(Math.ceil(length / BLOCK) * BLOCK);
  const values = new Float32Array(bytes.buffer, 0, length / 4);
  for (let at = AXES; at < values.length; at += POINT_FLOATS) values[at] = NOT_SEEN;
  let first = 0;
  for (const { frames, set } of people) {
    const markers = skeletonOf(set).keypoints.length;
    for (const [i, places] of frames.entries()) {
      if (!places) continue;
      for (let marker = 0; marker < markers; marker++) {
        const place = places.subarray(marker * AXES, (marker + 1) * AXES);
        if (place.some(Number.isNaN)) continue;
        const at = ((rows[i] ?? 0) * points + first + marker) * POINT_FLOATS;
        values.set(place, at);
        values[at + AXES] = 0;
      }
    }
    first += markers;
  }
  return bytes;
}

const TEXT = -1;
const INTEGER = 2;
const FLOAT = 4;

/** Groups and their parameters one after the other, as the format chains them. */
class ParameterWriter {
  readonly #bytes: number[] = [1, PARAMETER_KEY, 0, PROCESSOR];
  #groups = 0;
  /** Where the last record keeps the way to the next. */
  #lastLinkAt = 0;

  get length(): number {
    return this.#bytes.length;
  }

  group(name: string, description: string): void {
    this.#groups++;
    this.#record(name, -this.#groups, [description.length, ...strToU8(description)]);
  }

  integers(name: string, values: readonly number[]): void {
    const content = values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
    this.#parameter(name, INTEGER, values.length === 1 ? [] : [values.length], content);
  }

  floats(name: string, values: readonly number[]): void {
    const content = [...new Uint8Array(Float32Array.from(values).buffer)];
    this.#parameter(name, FLOAT, values.length === 1 ? [] : [values.length], content);
  }

  texts(name: string, values: readonly string[]): void {
    const width = Math.max(1, ...values.map(({ length }) => length));
    const content = values.flatMap((value) => [...strToU8(value.padEnd(width).slice(0, width))]);
    this.#parameter(name, TEXT, [width, values.length], content);
  }

  /** The section in whole blocks. */
  finish(): Uint8Array {
    // The last record leads nowhere.
    this.#bytes[this.#lastLinkAt] = 0;
    this.#bytes[this.#lastLinkAt + 1] = 0;
    const blocks = Math.ceil((this.#bytes.length + 2) / BLOCK);
    this.#bytes[2] = blocks;
    const section = new Uint8Array(blocks * BLOCK);
    section.set(this.#bytes);
    return section;
  }

  #parameter(name: string, type: number, dimensions: readonly number[], content: readonly number[]): void {
    this.#record(name, this.#groups, [type & 0xff, dimensions.length, ...dimensions, ...content, 0]);
  }

  #record(name: string, group: number, content: readonly number[]): void {
    this.#bytes.push(name.length, group & 0xff, ...strToU8(name));
    this.#lastLinkAt = this.#bytes.length;
    const link = content.length + 2;
    this.#bytes.push(link & 0xff, link >> 8);
    for (const byte of content) this.#bytes.push(byte);
  }
}
