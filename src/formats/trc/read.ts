import { strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import { greatest } from '../../core/lists.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import type { Vector3 } from '../../core/numbers/vector.ts';
import type { Person } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import type { RecordingReader } from '../reader.ts';
import { describeForeign, nameWithoutEnding } from '../reading/foreign.ts';
import { type Made, readMade } from '../reading/made.ts';
import { Notes } from '../reading/notes.ts';
import { joinPersonFiles, personOf } from '../reading/person-files.ts';
import { describeSpace, findSpace, isTrunk, type PlaceOf, type Space, toMetres } from '../reading/space.ts';
import { NO_PICTURE, toSpatialPerson } from '../reading/spatial-person.ts';
import { type TableFrame, withOwnTimes } from '../reading/times.ts';
import { type MarkerMapping, mapMarkers } from './marker-names.ts';

const AXES = 3;
/** Columns before the markers: the frame's number and its time. */
const LEADING = 2;
/** Path, names of the facts, facts, names of the markers; names of the axes come behind. */
const HEAD_LINES = 4;
/** How many names a sentence lists. */
const NAMED_AT_MOST = 6;
const UNITS: readonly (readonly [Space['unit'], RegExp])[] = [
  ['m', /^(m|met(er|re)s?)$/i],
  ['cm', /^(cm|centimet(er|re)s?)$/i],
  ['mm', /^(mm|millimet(er|re)s?)$/i],
];

/**
 * Marker trajectories in space, as Limn, Pose2Sim and OpenSim write them: markers named after the keypoints of a body. What
 * is missing is an empty cell, NaN, or zeros. The unit is the header's; which axis is up is what Limn's own files say, else
 * what the people's trunks do, else y, as OpenSim has it.
 *
 * Format: OpenSim documentation, "Marker (.trc) Files".
 */
export const trcReader: RecordingReader = {
  id: 'trc',
  label: 'TRC',
  recognizes: ({ name, bytes }) =>
    /\.trc$/i.test(name) || strFromU8(bytes.subarray(0, 12), true) === 'PathFileType',
  read: (files) => joinPersonFiles(files.map((file) => ({ fileName: file.name, recording: readFile(file) }))),
};

interface Trc {
  readonly name: string;
  readonly made: Made | null;
  readonly unit: Space['unit'];
  readonly mapping: MarkerMapping;
  readonly rows: readonly TrcRow[];
}

interface TrcRow extends TableFrame {
  /** By keypoint of the mapping's set, in the file's numbers. */
  readonly placeOf: PlaceOf;
}

function readFile(file: NamedBytes): Recording {
  const notes = new Notes();
  const { name, made, unit: stated, mapping, rows } = parse(file, notes);
  const found = findSpace(
    mapping.set,
    rows.map(({ placeOf }) => placeOf),
  );
  const up = made?.up ?? found.up ?? 'y';
  // Some programs state millimetres and write metres, or the other way round.
  const isOther = !made && found.unit !== null && !isTrunk(found.trunk, stated);
  const unit = isOther ? (found.unit ?? stated) : stated;
  if (isOther) {
    notes.say(`The file states ${stated}, in which people would be of no human size: ${unit} are taken.`);
  }
  const space: Space = { unit, up };
  if (!made) notes.say(`Places are taken for ${describeSpace(space)}.`);
  const { id } = personOf(name);
  const frames = rows.map(({ index, time, placeOf }): TrackedFrame => {
    const inMetres: PlaceOf = (keypoint) => {
      const place = placeOf(keypoint);
      return place && toMetres(place, space);
    };
    const person: Person | null = toSpatialPerson(id ?? 0, mapping.set, inMetres, up !== '-y');
    return { index, time, people: person ? [person] : [] };
  });
  const stem = nameWithoutEnding(personOf(name).name, /\.trc$/i, 'TRC');
  const info = made?.info ?? describeForeign({ name: stem, hands: false, ...NO_PICTURE, isTimed: true });
  return new Recording({ ...info, ...notes.info }, frames);
}

function parse({ name, bytes }: NamedBytes, notes: Notes): Trc {
  const lines = strFromU8(bytes).split(/\r\n|\n|\r/);
  const [path = '', factNames = '', facts = '', markerLine = ''] = lines;
  const cells = (line: string): string[] => line.split('\t').map((cell) => cell.trim());
  const names = cells(markerLine);
  if (!/^PathFileType/.test(path) || !/^frame#?$/i.test(names[0] ?? '')) {
    throw new LimnError(
      `${name} is no TRC file: its fourth line has to begin with Frame#, Time and the markers' names, separated by tabs.`,
    );
  }
  const factOf = (fact: RegExp): string =>
    cells(facts)[cells(factNames).findIndex((each) => fact.test(each))] ?? '';
  const unitText = factOf(/^units$/i);
  const unit = UNITS.find(([, spelling]) => spelling.test(unitText))?.[0];
  if (!unit)
    throw new LimnError(`${name} is in units that Limn doesn't know ("${unitText}"): m, cm and mm are read.`);
  const columns = names.flatMap((marker, column) =>
    column >= LEADING && marker !== '' ? [{ marker, column }] : [],
  );
  const mapping = mapMarkers(columns.map(({ marker }) => marker));
  if (!mapping) {
    throw new LimnError(
      `${name} has the markers ${list(columns.map(({ marker }) => marker))}: Limn reads those that are named after the keypoints of a body, such as RShoulder or right_shoulder.`,
    );
  }
  if (mapping.leftOut.length > 0) notes.say(`Markers that are left out: ${list(mapping.leftOut)}.`);
  const columnOf = mapping.markers.map((marker) => columns[marker]?.column ?? -1);
  const rows = readRows(name, lines, columnOf, notes);
  if (rows.length === 0) throw new LimnError(`${name} has no frames: it may be cut off.`);
  const stated = Number(factOf(/^numframes$/i));
  if (stated > rows.length) notes.say(`The file states ${stated} frames, and ${rows.length} are in it.`);
  const timed = withOwnTimes(rows, name, Number(factOf(/^datarate$/i)), notes);
  return { name, made: readMade(cells(path).slice(3).join('\t')), unit, mapping, rows: timed };
}

/** @param columnOf where the marker of each keypoint begins; negative: it has none */
function readRows(
  name: string,
  lines: readonly string[],
  columnOf: readonly number[],
  notes: Notes,
): TrcRow[] {
  const rows: TrcRow[] = [];
  const width = greatest(columnOf) + AXES;
  let first: number | null = null;
  for (const [i, text] of lines.entries()) {
    const row = text.split('\t');
    // The names of the axes, and empty lines.
    if (i < HEAD_LINES || !/^\s*\d+\s*$/.test(row[0] ?? '')) continue;
    const where = `${name}, line ${i + 1}`;
    // What no line end is behind may end in the middle of a number.
    if (row.length < width && i === lines.length - 1) {
      notes.say(`The last frame is left out: its line (${i + 1}) is cut off.`);
      continue;
    }
    // Some programs leave out the blanks at the end of a line.
    if (row.length < width && (row.length - LEADING) % AXES !== 0) {
      throw new LimnError(
        `${where}, has ${row.length} cells, and the markers take ${width}: it may be cut off. Export the file again.`,
      );
    }
    const time = Number(row[1]);
    if ((row[1] ?? '').trim() === '' || !Number.isFinite(time)) {
      throw new LimnError(`${where}, has no valid time ("${row[1] ?? ''}").`);
    }
    const places = columnOf.map((column) => (column < 0 ? null : placeAt(row, column, where)));
    const number = Number(row[0]);
    if (!Number.isSafeInteger(number))
      throw new LimnError(`${where}, has no valid frame number ("${row[0] ?? ''}").`);
    // Frames are counted from 1, by some programs from 0.
    first ??= number;
    const index = first === 0 ? number : Math.max(0, number - 1);
    rows.push({ index, time, line: i + 1, placeOf: (keypoint) => places[keypoint] ?? null });
  }
  return rows;
}

function placeAt(row: readonly string[], column: number, where: string): Vector3 | null {
  const numbers = Array.from({ length: AXES }, (_, axis) => {
    const text = (row[column + axis] ?? '').trim();
    if (text === '' || /^-?nan$/i.test(text)) return Number.NaN;
    const value = Number(text);
    if (!Number.isFinite(value)) throw new LimnError(`${where}, has no valid place ("${text}").`);
    return value;
  });
  const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = numbers;
  // Some programs write zeros for markers that weren't seen.
  return Number.isNaN(x + y + z) || (x === 0 && y === 0 && z === 0) ? null : [x, y, z];
}

function list(names: readonly string[]): string {
  const more = names.length > NAMED_AT_MOST ? ` and ${names.length - NAMED_AT_MOST} more` : '';
  return `${names.slice(0, NAMED_AT_MOST).join(', ')}${more}`;
}
