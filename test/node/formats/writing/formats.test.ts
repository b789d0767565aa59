import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { baseName } from '../../../../src/formats/exporter.ts';
import { exporters } from '../../../../src/formats/exporters.ts';
import { formatNumber, openPoseFileNames } from '../../../../src/formats/openpose/write.ts';
import { expectOpenPoseFrame } from '../../../helpers/openpose-schema.ts';
import { info, sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

describe('numbers as a C++ stream writes them', () => {
  // Expected: printf("%g").
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [939.3671875, '939.367'],
    [0.878235, '0.878235'],
    [1189.5712, '1189.57'],
    [1234567, '1.23457e+06'],
    [999999.5, '1e+06'],
    [0.0001234567, '0.000123457'],
    [0.00001234567, '1.23457e-05'],
    [-12.5, '-12.5'],
    [100000, '100000'],
    [Number.NaN, '0'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('OpenPose JSON', () => {
  const entries = unzipSync(writeWith('openpose-json', sampleRecording()));

  const frameTexts = Object.entries(entries)
    .filter(([name]) => name.endsWith('_keypoints.json'))
    .map(([, bytes]) => strFromU8(bytes));

  it('has a file per frame, empty ones too, by OpenPose’s names', () => {
    expect(Object.keys(entries)).toEqual([
      ...[0, 1, 2].map((i) => `walk_${String(i).padStart(12, '0')}_keypoints.json`),
      'how-it-was-made.json',
    ]);
    expect(strFromU8(entries['walk_000000000001_keypoints.json'] ?? new Uint8Array())).toBe(
      '{"version":1.3,"people":[]}',
    );
  });

  it('writes OpenPose’s keys in their order, zeros for what is missing, and hands that were looked for', () => {
    const people = frameTexts.flatMap(expectOpenPoseFrame);
    expect(people).toHaveLength(3);
    const last = people[2];
    expect(last?.pose_keypoints_2d?.slice(7 * 3, 8 * 3)).toEqual([0, 0, 0]);
    expect(last?.pose_keypoints_3d?.slice(7 * 4, 8 * 4)).toEqual([0, 0, 0, 0]);
    expect(last?.pose_keypoints_2d?.slice(20 * 3, 21 * 3)).toEqual([0, 0, 0]);
    expect(last?.hand_left_keypoints_2d?.[0]).toBe(310);
    expect(last?.hand_right_keypoints_2d).toEqual(new Array(63).fill(0));
    expect(people[0]?.pose_keypoints_2d?.[0]).toBe(90);
  });

  it('is the same as JSON Lines, line by line', () => {
    const lines = strFromU8(writeWith('openpose-jsonl', sampleRecording())).trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/,"limn":\{.*\}\}$/, '}'))).toEqual(frameTexts);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ limn: { info: { source: { name: 'walk.mp4' } } } });
  });

  it('names the files of pictures after them, and never two alike', () => {
    const frames = ['a/x.jpg', 'b/x.jpg', 'y.png'].map((name, i) => ({
      index: i,
      time: i,
      name,
      people: [],
    }));
    const recording = new Recording({ ...info, source: { kind: 'pictures', name: '3 pictures' } }, frames);
    expect(openPoseFileNames(recording)).toEqual([
      'x_keypoints.json',
      'x_2_keypoints.json',
      'y_keypoints.json',
    ]);
  });
});

describe('Limn JSON', () => {
  const bytes = writeWith('limn-json', sampleRecording());

  it('is as its published schema says', () => {
    const schema: unknown = JSON.parse(readFileSync('public/schema/limn-recording-1.json', 'utf8'));
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema as object);
    validate(JSON.parse(strFromU8(bytes)));
    expect(validate.errors).toBeNull();
  });

  it('reads back as it was', () => {
    const again = readRecording([{ name: 'x.limn.json', bytes }]);
    const original = sampleRecording();
    expect(again.info).toEqual(original.info);
    expect(again.frames).toEqual(original.frames);
  });
});

describe('CSV', () => {
  it('has a row a keypoint, and empty cells for what is missing', () => {
    const rows = strFromU8(writeWith('csv-long', sampleRecording())).trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + 33 * 3 + 21);
    const columns = rows[0]?.split(',') ?? [];
    const cells = rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [columns[i], cell])));
    const missing = cells.find(({ frame, name }) => frame === '2' && name === 'left_wrist');
    expect(missing).toMatchObject({ x: '', y: '', score: '0', world_x: '' });
    expect(cells.filter(({ part }) => part === 'left_hand')).toHaveLength(21);
  });
});

it.each(exporters)('$id gives the same bytes for the same recording', (exporter) => {
  const bytes = writeWith(exporter.id, sampleRecording());
  expect(bytes.length).toBeGreaterThan(100);
  expect(bytes).toEqual(writeWith(exporter.id, sampleRecording()));
});

it('makes names that are safe on any disk', () => {
  expect(baseName('C:\\films\\a:b?.mp4')).toBe('a_b_');
  expect(baseName('../../x.mp4')).toBe('x');
  expect(baseName('.mp4')).toBe('limn');
  expect(baseName('walk.limn.json')).toBe('walk');
});

describe('CSV, wide', () => {
  const [head = '', ...rows] = strFromU8(writeWith('csv', sampleRecording())).trimEnd().split('\r\n');
  const columns = head.split(',');
  const at = (row: number, column: string) => rows[row]?.split(',')[columns.indexOf(column)];

  it('has a row a person and frame, with every keypoint in its columns', () => {
    expect(rows).toHaveLength(3);
    // The first row ends with how it was made: JSON in quotes, which has commas.
    for (const row of rows.slice(1)) expect(row.split(',')).toHaveLength(columns.length);
    const made = /,"(\{.*\})"$/.exec(rows[0] ?? '')?.[1]?.replaceAll('""', '"') ?? '';
    expect(JSON.parse(made)).toMatchObject({ info: { source: { name: 'walk.mp4' } } });
    expect(columns).toHaveLength(4 + 33 * 6 + 21 * 3 + 3);
    const body = sampleRecording().frames[0]?.people[1]?.body;
    expect(Number(at(1, 'nose_x'))).toBeCloseTo(body?.points[0] ?? 0, 4);
    expect(Number(at(1, 'nose_world_y'))).toBeCloseTo(body?.world?.[1] ?? 0, 6);
    expect([at(2, 'frame'), at(2, 'person')]).toEqual(['2', '1']);
  });

  it('leaves what is missing empty', () => {
    expect([at(2, 'left_wrist_x'), at(2, 'left_wrist_world_x'), at(2, 'left_wrist_score')]).toEqual([
      '',
      '',
      '0',
    ]);
    expect(at(0, 'left_hand_wrist_x')).toBe('');
    expect(Number(at(2, 'left_hand_wrist_x'))).toBe(310);
  });
});
