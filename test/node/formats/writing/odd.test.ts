import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import type { Recording } from '../../../../src/core/recording.ts';
import type { DataFormatId } from '../../../../src/formats/exporter.ts';
import { exporters } from '../../../../src/formats/exporters.ts';
import { oddRecordings, withOddNumbers, withOneIdForTwo } from '../../../helpers/odd-recordings.ts';
import { parseNpy } from '../../../helpers/parse-npy.ts';
import { readC3d } from '../../../helpers/read-c3d.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith, writeWith } from '../../../helpers/write-with.ts';

const ids = exporters.map(({ id }) => id);

/** The files of an export by name, a ZIP's own ones where it is one. */
function filesOf(format: DataFormatId, recording: Recording): Record<string, Uint8Array> {
  const { bytes, extension } = writeFileWith(format, recording);
  return strFromU8(bytes.subarray(0, 2), true) === 'PK' ? unzipSync(bytes) : { [`x${extension}`]: bytes };
}

describe('two people of a frame with one id', () => {
  const recording = withOneIdForTwo();
  const file = (format: DataFormatId, name?: string): Uint8Array => {
    const files = filesOf(format, recording);
    return (name === undefined ? Object.values(files)[0] : files[name]) ?? new Uint8Array();
  };
  const json = (format: DataFormatId): unknown => JSON.parse(strFromU8(file(format)));
  const rows = (format: DataFormatId): string[] => strFromU8(file(format)).trim().split('\r\n').slice(1);
  const namesOf = (format: DataFormatId, ending: string): string[] =>
    Object.keys(filesOf(format, recording)).filter((name) => name.endsWith(ending));
  /** People of the four frames, by format, as each format counts them. */
  const people: Readonly<Record<DataFormatId, () => number>> = {
    'openpose-json': () =>
      Object.keys(filesOf('openpose-json', recording))
        .filter((name) => name.endsWith('_keypoints.json'))
        .flatMap(
          (name) => (JSON.parse(strFromU8(file('openpose-json', name))) as { people: unknown[] }).people,
        ).length,
    'openpose-jsonl': () => strFromU8(file('openpose-jsonl')).match(/"person_id"/g)?.length ?? 0,
    'limn-json': () =>
      (json('limn-json') as { frames: { people: unknown[] }[] }).frames.flatMap((frame) => frame.people)
        .length,
    csv: () => rows('csv').length,
    'csv-long': () => new Set(rows('csv-long').map((row) => row.split(',').slice(0, 3).join())).size,
    coco: () => (json('coco') as unknown[]).length,
    'coco-annotations': () => (json('coco-annotations') as { annotations: unknown[] }).annotations.length,
    npz: () => {
      const { shape, values } = parseNpy(file('npz', 'keypoints.npy'));
      const step = 33 * 3;
      return Array.from({ length: (shape[0] ?? 0) * (shape[1] ?? 0) }, (_, i) => values[i * step]).filter(
        (x) => !Number.isNaN(x),
      ).length;
    },
    // An array of 4 × 17 floats a person lies behind its length in bytes.
    'detectron-npz': () =>
      (strFromU8(file('detectron-npz', 'keypoints.npy'), true).split('B\x20\x02\0\0').length - 1) * 2,
    'viz-npy': () =>
      namesOf('viz-npy', '.npy')
        .map((name) => parseNpy(file('viz-npy', name)).values)
        .flatMap((values) => [0, 1, 2, 3].map((frame) => values[frame * 51 + 3]))
        .filter((x) => !Number.isNaN(x)).length,
    'angles-csv': () => rows('angles-csv').length,
    'motion-csv': () => new Set(rows('motion-csv').map((row) => row.split(',')[0])).size * 4 - 4,
    trc: () =>
      namesOf('trc', '.trc')
        .flatMap((name) => strFromU8(file('trc', name)).split('\n').slice(6, -1))
        .filter((row) => !/\t\t/.test(row)).length,
    c3d: () => {
      const c3d = readC3d(file('c3d'));
      return [0, 1, 2, 3]
        .flatMap((frame) => [0, 33, 66].map((marker) => c3d.point(frame, marker)[3]))
        .filter((residual) => residual === 0).length;
    },
    bvh: () => namesOf('bvh', '.bvh').length * 4 - 4,
    glb: () => (strFromU8(file('glb'), true).match(/"name":"Body of Person/g)?.length ?? 0) * 4 - 4,
    vtt: () => strFromU8(file('vtt')).match(/"id":/g)?.length ?? 0,
    pose: () => {
      const { frames } = readRecording([{ name: 'x.pose', bytes: file('pose') }]);
      return frames.flatMap((frame) => frame.people).length;
    },
  };

  it.each(ids)('are both in %s', (format) => expect(people[format]()).toBe(8));

  it('get ids of their own, the same in all frames, and that is said', () => {
    const { notes } = writeFileWith('csv', recording);
    expect(notes).toEqual(['Several people of a frame had one id, and all are kept: 9 (written as 11).']);
    const found = rows('csv')
      .map((row) => row.split(','))
      .map(([frame, , id]) => `${frame}:${id}`);
    expect(found).toEqual(['0:9', '0:11', '1:9', '1:11', '2:9', '2:10', '3:9', '3:11']);
  });
});

describe('numbers that no text can hold', () => {
  const recording = withOddNumbers();

  it.each(ids)('never reach %s', (format) => {
    for (const [name, bytes] of Object.entries(filesOf(format, recording))) {
      if (/\.(npy|c3d|glb|pose)$/.test(name)) continue;
      const text = strFromU8(bytes);
      expect(text).not.toMatch(/\b(NaN|Infinity|undefined)\b/i);
      if (name.endsWith('.json')) JSON.parse(text);
      if (name.endsWith('.jsonl')) for (const line of text.trim().split('\n')) JSON.parse(line);
    }
  });

  it('are missing keypoints, with score 0', () => {
    const document = JSON.parse(strFromU8(writeWith('limn-json', recording))) as {
      frames: { people: { score: number; body: { keypoints: { x: number | null; score: number }[] } }[] }[];
    };
    const noses = document.frames.map(({ people }) => people[0]?.body.keypoints[0]);
    const missing = { x: null, y: null, score: 0 };
    expect(noses.slice(0, 3)).toEqual([missing, missing, missing]);
    expect(noses.slice(3).map((nose) => nose?.x)).toEqual(
      [0, 1e21, -1e21, 1e-7, 3.4e38, 1.4012985e-45].map((x) => Number(Math.fround(x).toPrecision(9))),
    );
    for (const { people } of document.frames) expect(people[0]?.score).toBeTypeOf('number');
  });
});

describe.each(Object.entries(oddRecordings))('a recording with %s', (_, recording) => {
  it.each(ids)('is written as %s, or refused by a sentence', (format) => {
    try {
      writeWith(format, recording);
    } catch (error) {
      expect(error).toBeInstanceOf(LimnError);
      expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it('keeps ids beyond 32 bits in NPZ', () => {
  const people =
    filesOf('npz', oddRecordings['ids beyond 32 bits'] as Recording)['people.npy'] ?? new Uint8Array();
  expect(strFromU8(people, true)).toContain("'descr': '<i8'");
  expect(new DataView(people.buffer, people.byteOffset).getBigInt64(people.length - 8, true)).toBe(2n ** 40n);
});

it('writes numbers in one way, whatever the language', () => {
  const folder = 'src/formats';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(writ|film).*\.ts$/.test(name),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(
      /\bIntl\.|toLocale|localeCompare|LocaleString/,
    );
  }
});
