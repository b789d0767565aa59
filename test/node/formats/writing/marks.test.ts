import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { strFromU8 } from 'fflate';
import { expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import type { TimeMark } from '../../../../src/core/time-mark.ts';
import { trim } from '../../../../src/motion/arranging/trim.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readC3d } from '../../../helpers/read-c3d.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith, writeWith } from '../../../helpers/write-with.ts';

const FRAMES = 30;
const MARKS: readonly TimeMark[] = [
  { id: 'a', time: 60.5, label: 'Start, “réal”', kind: 'mark' },
  { id: 'b', time: 60.7, label: 'Left foot strike', kind: 'foot-strike', side: 'left', personId: 0 },
  { id: 'c', time: 60.9, label: 'Right toe-off', kind: 'toe-off', side: 'right', personId: 0 },
];
const { info, frames } = actorRecording(FRAMES, { source: { kind: 'video', name: 'walk.mp4' } });
/** Begins a minute into its video. */
const marked = new Recording(
  { ...info, marks: MARKS },
  frames.map((frame) => ({ ...frame, time: 60 + frame.index / 30 })),
);

it('marks come back from Limn JSON, which is as its schema says', () => {
  const bytes = writeWith('limn-json', marked);
  expect(readRecording([{ name: 'x.limn.json', bytes }]).info.marks).toEqual(MARKS);
  const schema: unknown = JSON.parse(readFileSync('public/schema/limn-recording-1.json', 'utf8'));
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema as object);
  validate(JSON.parse(strFromU8(bytes)));
  expect(validate.errors).toBeNull();
});

it('in slow motion, files have marks at the seconds of what happened, and they come back at those of the video', () => {
  const slow = new Recording({ ...marked.info, selection: { slowMotion: 8 } }, marked.frames);
  const bytes = writeWith('limn-json', slow);
  const written = JSON.parse(strFromU8(bytes)) as { info: { marks: { time: number }[] } };
  expect(written.info.marks[0]?.time).toBeCloseTo(60.5 / 8, 9);
  const times = readRecording([{ name: 'x.limn.json', bytes }]).info.marks?.map(({ time }) => time);
  expect(times?.[1]).toBeCloseTo(60.7, 9);
});

it('C3D has them as events: with sides, in minutes and seconds from the first frame', () => {
  const c3d = readC3d(writeWith('c3d', marked));
  expect(c3d.numbers('EVENT:USED')).toEqual([3]);
  expect(c3d.texts('EVENT:CONTEXTS')).toEqual(['General', 'Left', 'Right']);
  expect(c3d.texts('EVENT:LABELS')).toEqual(['Start, ?real?', 'Foot Strike', 'Foot Off']);
  expect(c3d.texts('EVENT:SUBJECTS')).toEqual(['', 'P0', 'P0']);
  expect(c3d.numbers('EVENT:ICON_IDS')).toEqual([0, 1, 2]);
  const times = c3d.numbers('EVENT:TIMES');
  for (const [i, expected] of [0, 0.5, 0, 0.7, 0, 0.9].entries()) expect(times[i]).toBeCloseTo(expected, 5);
  const long = new Recording(
    { ...info, marks: [{ id: 'z', time: 75.25, label: 'late', kind: 'mark' }] },
    frames.map((frame) => ({ ...frame, time: frame.index * 3 })),
  );
  expect(readC3d(writeWith('c3d', long)).numbers('EVENT:TIMES')).toEqual([1, 15.25]);
});

it('C3D has no such group without marks, and says how many it has no room for', () => {
  expect(strFromU8(writeWith('c3d', new Recording(info, frames)), true)).not.toContain('EVENT');
  const marks = Array.from({ length: 260 }, (_, i): TimeMark => {
    return { id: `${i}`, time: 60.1 + i / 1000, label: `Mark ${i}`, kind: 'mark' };
  });
  const { notes, bytes } = writeFileWith('c3d', new Recording({ ...marked.info, marks }, marked.frames));
  expect(readC3d(bytes).numbers('EVENT:USED')).toEqual([255]);
  expect(notes).toContain('C3D counts up to 255 events: the last 5 marks are left out.');
});

it('the table of angles has them at the nearest frame', () => {
  const rows = strFromU8(writeWith('angles-csv', marked)).trimEnd().split('\r\n');
  const header = rows[0]?.split(',') ?? [];
  expect(header.slice(-2)).toEqual(['mark', 'made']);
  const cellOf = (frame: number) => rows.find((row) => row.split(',')[1] === `${frame}`);
  expect(cellOf(15)).toMatch(/,"Start, “réal”",$/);
  expect(cellOf(21)).toMatch(/,Left foot strike,$/);
  expect(cellOf(22)).toMatch(/,,$/);
});

it('of a stretch, only those within are kept', () => {
  expect(trim(marked, { from: 60.6, to: 60.8 }).info.marks?.map(({ id }) => id)).toEqual(['b']);
});
