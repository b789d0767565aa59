import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import type { DataFormatId } from '../../../../src/formats/exporter.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { writeFileWith } from '../../../helpers/write-with.ts';

const measured = actorRecording(4);
const named = new Recording({ ...measured.info, names: { 1: 'Anna "Ä" S.' } }, measured.frames);

const write = (format: DataFormatId, recording: Recording) => writeFileWith(format, recording);

const text = (format: DataFormatId, recording = named): string => strFromU8(write(format, recording).bytes);

it('stand beside ids in tables, and only where anybody has one', () => {
  for (const format of ['csv', 'csv-long', 'angles-csv', 'motion-csv'] as const) {
    const [head = '', ...rows] = text(format).split('\r\n');
    expect([format, head.includes('person,person_name,')]).toEqual([format, true]);
    expect(rows.some((row) => row.includes(',"Anna ""Ä"" S.",'))).toBe(true);
    expect(text(format, measured)).not.toContain('person_name');
  }
});

it('are read back from Limn’s own JSON and tables', () => {
  for (const format of ['limn-json', 'csv-long'] as const) {
    const { extension, bytes } = write(format, named);
    const [read] = readRecordings([{ name: `x${extension}`, bytes }]);
    expect([format, read?.info.names]).toEqual([format, named.info.names]);
    expect(read?.frames[0]?.people.map(({ id }) => id)).toEqual([0, 1]);
  }
});

it('are those of figures, subjects and files', () => {
  expect(text('glb')).toContain('"name":"Person 1"');
  expect(text('glb')).toContain('"name":"Anna \\"Ä\\" S."');
  expect(strFromU8(write('c3d', named).bytes, true)).toContain('Anna "');
  expect(text('vtt')).toContain('"id":1,"name":"Anna');
  const files = Object.keys(unzipSync(write('bvh', named).bytes));
  expect(files.filter((name) => /_person_/.test(name)).map((name) => name.replace(/^.*_person/, ''))).toEqual(
    [expect.stringMatching(/^_0[._]/), expect.stringMatching(/^_1_Anna_Ä_S/)],
  );
});
