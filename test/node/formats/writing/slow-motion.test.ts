import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RecordingColumns } from '../../../../src/app/timeline/columns.ts';
import { fromPlainRecording, toPlainRecording } from '../../../../src/core/plain-recording.ts';
import { Recording } from '../../../../src/core/recording.ts';
import type { DataFormatId } from '../../../../src/formats/exporter.ts';
import { exporters } from '../../../../src/formats/exporters.ts';
import { checkPlainRecording } from '../../../../src/formats/limn-json/read.ts';
import { resample } from '../../../../src/motion/cleaning/resample.ts';
import { smooth } from '../../../../src/motion/cleaning/smooth.ts';
import { encodeFrames } from '../../../../src/recording/log/encode-frames.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readC3d } from '../../../helpers/read-c3d.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith, writeWith } from '../../../helpers/write-with.ts';

const SLOW = 8;
const FRAMES = 32;
const plain = actorRecording(FRAMES, { source: { kind: 'video', name: 'jump.mp4' } });

/** The same in a video that is so many times slower, and says so. */
function slowed({ info, frames }: Recording, slowMotion: number): Recording {
  return new Recording(
    { ...info, selection: { slowMotion } },
    frames.map((frame) => ({ ...frame, time: frame.time * slowMotion })),
  );
}

const slow = slowed(plain, SLOW);

/** A line of JSON that says how a file was made, wherever it stands. */
const MADE = /"?\{""?format""?:""?limn-making.*/g;

/** What of a file is numbers, without what it says of how it was made. */
const NUMBERS: Readonly<Partial<Record<DataFormatId, (bytes: Uint8Array) => unknown>>> = {
  csv: (bytes) => strFromU8(bytes).replace(MADE, ''),
  'csv-long': (bytes) => strFromU8(bytes).replace(MADE, ''),
  'angles-csv': (bytes) => strFromU8(bytes).replace(MADE, ''),
  'motion-csv': (bytes) => strFromU8(bytes).replace(MADE, ''),
  'coco-annotations': (bytes) => {
    const { images, annotations } = JSON.parse(strFromU8(bytes));
    return { images, annotations };
  },
  npz: (bytes) =>
    Object.entries(unzipSync(bytes)).flatMap(([name, array]) =>
      name === 'info.json' ? [] : [name, strFromU8(array, true)],
    ),
  trc: (bytes) =>
    Object.entries(unzipSync(bytes)).flatMap(([name, file]) =>
      name.endsWith('.trc') ? strFromU8(file).replace(MADE, '') : [],
    ),
  bvh: (bytes) =>
    Object.entries(unzipSync(bytes)).flatMap(([name, file]) =>
      name.endsWith('.bvh') ? strFromU8(file) : [],
    ),
  c3d: (bytes) => {
    const { header, numbers, point } = readC3d(bytes);
    const points = Array.from({ length: FRAMES }, (_, i) => point(i, 3));
    return { rate: header.rate, stated: numbers('POINT:RATE'), points };
  },
  // The binary chunk: times, translations and rotations.
  glb: (bytes) => strFromU8(bytes.subarray(20 + new DataView(bytes.buffer).getUint32(12, true)), true),
  pose: (bytes) => strFromU8(bytes, true).replace(MADE, ''),
  'limn-json': (bytes) =>
    JSON.parse(strFromU8(bytes)).frames.map(({ videoTime: _, ...frame }: { videoTime: number }) => frame),
};

describe('Files of a video in slow motion hold the times and rates of what happened:', () => {
  it.each(exporters.filter(({ clock }) => clock === undefined).map(({ id }) => id))('%s', (format) => {
    const [numbersOf, file] = [NUMBERS[format], writeFileWith(format, slow)];
    if (!numbersOf) throw new Error(`Say what of ${format} is numbers.`);
    const [found, expected] = [file.bytes, writeWith(format, plain)].map((each) =>
      JSON.stringify(numbersOf(each)),
    );
    expect(found === expected).toBe(true);
    expect(file.notes.join(' ')).toContain('the file’s seconds times 8 are those of the video');
    expect(writeFileWith(format, plain).notes.join(' ')).not.toContain('what happened');
  });

  it('and rates are those that other programs need', () => {
    const bvh = Object.values(unzipSync(writeWith('bvh', slow))).map((bytes) => strFromU8(bytes));
    expect(bvh[0]).toContain('Frame Time: 0.033333');
    expect(readC3d(writeWith('c3d', slow)).header.rate).toBeCloseTo(30, 3);
    const times = unzipSync(writeWith('npz', slow))['times.npy'] ?? new Uint8Array();
    const atFrame30 = new DataView(times.buffer, times.byteOffset + times.length - (FRAMES - 30) * 8);
    expect(atFrame30.getFloat64(0, true)).toBeCloseTo(1, 9);
  });

  it('but WebVTT, which lies beside the video', () => {
    expect(strFromU8(writeWith('vtt', slow))).toContain('\n00:00:08.000 -->');
    expect(strFromU8(writeWith('vtt', plain))).toContain('\n00:00:01.000 -->');
  });
});

it.each([
  'limn-json',
  'csv-long',
  'npz',
  'trc',
  'coco-annotations',
] as const)('What is read back from %s has the video’s times again', (format) => {
  for (const factor of [SLOW, 10, 0.4]) {
    const recording = slowed(plain, factor);
    const { bytes, extension } = writeFileWith(format, recording);
    const read = readRecording([{ name: `jump${extension}`, bytes }]);
    expect(read.info.selection).toEqual({ slowMotion: factor });
    expect(read.info.written).toBeUndefined();
    // TRC has microseconds, of what happened.
    expect(read.frames.map(({ time }) => time)).toEqual(
      recording.frames.map(({ time }) => expect.closeTo(time, format === 'trc' ? 4 : 12)),
    );
    expect(read.frames.some((frame) => 'videoTime' in frame)).toBe(false);
    // TRC’s markers stand on the floor, which is found anew.
    if (factor !== SLOW || format === 'trc') continue;
    const [first, again] = [bytes, writeWith(format, read)].map((each) => NUMBERS[format]?.(each));
    expect(JSON.stringify(again) === JSON.stringify(first)).toBe(true);
  }
});

describe('Limn JSON of a video in slow motion', () => {
  it('has the video’s times beside, exactly, and gives the same recording', () => {
    const recording = slowed(plain, 10);
    const bytes = writeWith('limn-json', recording);
    expect(JSON.parse(strFromU8(bytes))).toMatchObject({
      version: 2,
      info: { selection: { slowMotion: 10 }, written: { timesDividedBy: 10 } },
      frames: recording.frames.map(({ time }) => ({ time: time / 10, videoTime: time })),
    });
    const read = readRecording([{ name: 'jump.limn.json', bytes }]);
    expect(read.info).toEqual(recording.info);
    expect(read.frames.map(({ time }) => time)).toEqual(recording.frames.map(({ time }) => time));
    // What a page parses itself and hands to the library is the same.
    const {
      format: _,
      version: __,
      units: ___,
      keypointSets: ____,
      ...parsed
    } = JSON.parse(strFromU8(bytes));
    expect(fromPlainRecording(checkPlainRecording(parsed)).frames).toEqual(read.frames);
    expect(toPlainRecording(read).info).toEqual(recording.info);
  });

  it('of earlier versions of Limn, with the video’s times, is read as it was', () => {
    const text = strFromU8(writeWith('limn-json', plain));
    const earlier = text.replace('"mirrored": false', '"mirrored": false, "selection": {"slowMotion": 8}');
    const read = readRecording([{ name: 'jump.limn.json', bytes: strToU8(earlier) }]);
    expect(read.frames[30]?.time).toBe(1);
    expect(read.info.selection).toEqual({ slowMotion: 8 });
  });

  it('is as the published schema says, and all others stay of the first version', () => {
    const schema: unknown = JSON.parse(readFileSync('public/schema/limn-recording-1.json', 'utf8'));
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema as object);
    expect(
      validate(JSON.parse(strFromU8(writeWith('limn-json', slow)))),
      JSON.stringify(validate.errors),
    ).toBe(true);
    expect(JSON.parse(strFromU8(writeWith('limn-json', plain)))).toMatchObject({ version: 1 });
    expect(strFromU8(writeWith('limn-json', plain))).not.toContain('videoTime');
  });
});

describe('In slow motion, steps go by the seconds of what happened:', () => {
  const pointsOf = ({ frames }: Recording, i: number) => [...(frames[i]?.people[0]?.body?.points ?? [])];

  it.each(['butterworth', 'one-euro'] as const)('smoothing (%s)', (method) => {
    const [expected, found] = [plain, slow].map((each) => smooth(each, { method, cutoff: 5 }));
    if (!expected || !found) throw new Error('Nothing was smoothed.');
    expect(pointsOf(found, 25)).toEqual(pointsOf(expected, 25).map((value) => expect.closeTo(value, 3)));
    expect(pointsOf(found, 25)).not.toEqual(pointsOf(slow, 25));
  });

  it('frame rates', () => {
    const [expected, found] = [resample(plain, { rate: 60 }), resample(slow, { rate: 60 })];
    expect(found.frames).toHaveLength(expected.frames.length);
    expect(found.frames.map(({ time }) => time)).toEqual(
      expected.frames.map(({ time }) => expect.closeTo(time * SLOW, 9)),
    );
    expect(pointsOf(found, 31)).toEqual(pointsOf(expected, 31).map((value) => expect.closeTo(value, 2)));
  });

  it('speeds in the timeline, which keeps the video’s times', () => {
    const speed = { kind: 'keypoint', personId: 0, part: 'body', keypoint: 15, quantity: 'speed' } as const;
    const [expected, found] = [plain, slow].map((each, i) => {
      const columns = new RecordingColumns();
      if (i === 1) columns.setSlowness(SLOW);
      columns.add(encodeFrames(each.frames));
      return { times: columns.times, speeds: columns.read([speed])[0] ?? [] };
    });
    expect(found?.times.at(-1)).toBe(slow.frames.at(-1)?.time);
    expect([...(found?.speeds ?? [])]).toEqual(
      [...(expected?.speeds ?? [])].map((value) => expect.closeTo(value, 2)),
    );
  });
});
