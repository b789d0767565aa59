import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import type { Recording } from '../../../../src/core/recording.ts';
import { writeNpy } from '../../../../src/formats/numpy/write-array.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, sharedPath } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const read = (name: string, bytes: Uint8Array) => readRecording([{ name, bytes }]);
const pointsOf = ({ frames }: Recording) =>
  frames.map(({ people }) =>
    people.map(({ body, leftHand }) => [body?.points, body?.world, leftHand?.points]),
  );

/** Damages bytes at random; whatever comes of it is a recording or a sentence. */
function expectOnlySentences(name: string, bytes: Uint8Array, rounds: number): void {
  const random = createRandom(11);
  for (let round = 0; round < rounds; round++) {
    const damaged = bytes.slice(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length);
    for (let i = 0; i < 4; i++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
    try {
      read(name, damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(LimnError);
    }
  }
}

describe('NPZ', () => {
  const bytes = writeWith('npz', sampleRecording());

  it('comes back as it was, with ids, times, hands, world keypoints and how it was made', () => {
    const again = read('walk.npz', bytes);
    const original = sampleRecording();
    expect(pointsOf(again)).toEqual(pointsOf(original));
    expect(again.info).toEqual(original.info);
    expect(again.frames.map(({ time, index }) => [time, index])).toEqual(
      original.frames.map(({ time, index }) => [time, index]),
    );
    expect(again.frames.map(({ people }) => people.map(({ id }) => id))).toEqual([[0, 1], [], [1]]);
  });

  it('is read from nothing but keypoints, as other programs write them', () => {
    const values = Float32Array.from({ length: 2 * 1 * 17 * 3 }, (_, i) => (i % 3 === 2 ? 0.5 : i));
    const again = read('coco.npz', zipSync({ 'keypoints.npy': writeNpy(values, [2, 1, 17, 3]) }));
    expect(again.frames.map(({ time }) => time)).toEqual([0, 1 / 30]);
    expect(again.frames[1]?.people[0]?.body?.set).toBe('coco-17');
    expect([...(again.frames[1]?.people[0]?.body?.points.slice(0, 3) ?? [])]).toEqual([51, 52, 0.5]);
  });

  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    [
      'a time twice',
      {
        'keypoints.npy': writeNpy(new Float32Array(3 * 51), [3, 1, 17, 3]),
        'times.npy': writeNpy(Float64Array.of(0, 0.1, 0.1), [3]),
      },
      /x\.npz gives frames 1 and 2 \(counted from 0\) the same time \(0\.1 s\)/,
    ],
    ['no keypoints', { 'times.npy': writeNpy(Float64Array.of(0), [1]) }, /has no array named keypoints/],
    [
      'another shape',
      { 'keypoints.npy': writeNpy(new Float32Array(12), [4, 3]) },
      /x\.npz has 4 keypoints\. Limn knows /,
    ],
    ['no array', { 'keypoints.npy': strToU8('something') }, /is no NumPy array/],
    [
      'a cut array',
      { 'keypoints.npy': writeNpy(new Float32Array(51), [1, 1, 17, 3]).subarray(0, 200) },
      /is cut off or damaged/,
    ],
  ])('with %s gets a sentence', (_, entries, sentence) => {
    expect(() => read('x.npz', zipSync(entries))).toThrow(sentence);
  });

  it('that is damaged gets a sentence, and nothing else happens', () => {
    expectOnlySentences('walk.npz', bytes, 300);
    const entries = unzipSync(bytes);
    const random = createRandom(12);
    for (let round = 0; round < 300; round++) {
      const keypoints = (entries['keypoints.npy'] ?? new Uint8Array()).slice();
      for (let i = 0; i < 3; i++) keypoints[Math.floor(random() * 128)] = Math.floor(random() * 256);
      try {
        read('walk.npz', zipSync({ ...entries, 'keypoints.npy': keypoints }, { level: 0 }));
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
      }
    }
  });
});

it('Limn JSON with a time twice gets a sentence', () => {
  const text = strFromU8(writeWith('limn-json', sampleRecording()));
  const frame = /"time":\s*0\.0333\d*/;
  expect(text).toMatch(frame);
  expect(() => read('a.limn.json', strToU8(text.replace(frame, '"time":0')))).toThrow(
    /a\.limn\.json gives frames 0 and 1 \(counted from 0\) the same time \(0 s\)/,
  );
});

describe('COCO', () => {
  const original = sampleRecording();
  const expected = original.frames
    .filter(({ people }) => people.length > 0)
    .map(({ index, people }) => ({
      index,
      points: people.map(({ body }) => body && convertPose(body, 'coco-17').points),
    }));

  it('results come back as they were, a missing keypoint as missing', () => {
    const again = read('walk_coco.json', writeWith('coco', original));
    expect(again.frames.map(({ index }) => index)).toEqual([0, 2]);
    for (const [i, { people }] of again.frames.entries()) {
      for (const [at, { body }] of people.entries()) {
        const points = expected[i]?.points[at] ?? [];
        for (const [k, value] of (body?.points ?? []).entries()) {
          if (Number.isNaN(points[k])) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(points[k] ?? 0, 4);
        }
      }
    }
  });

  it('annotations come back with their frames, times, ids and size', () => {
    const again = read('walk_coco_annotations.json', writeWith('coco-annotations', original));
    expect(again.frames.map(({ index, time }) => [index, time])).toEqual([
      [0, 0],
      [1, 1 / 30],
      [2, 2 / 30],
    ]);
    expect(again.frames.map(({ people }) => people.map(({ id }) => id))).toEqual([[0, 1], [], [1]]);
    expect(again.info).toMatchObject({ width: 640, height: 480, source: { name: 'walk.mp4' } });
    expect(again.frames[2]?.people[0]?.body?.points.slice(27, 30)).toEqual(
      Float32Array.of(Number.NaN, Number.NaN, 0),
    );
  });

  it('that is damaged gets a sentence, and nothing else happens', () => {
    expectOnlySentences('a.json', writeWith('coco', original), 500);
    expect(() => read('a.json', strToU8('[{"image_id":1,"keypoints":[1,2]}]'))).toThrow(
      /a\.json is not COCO's keypoints, at 0\.keypoints/,
    );
  });
});

describe('CSV with a row a keypoint', () => {
  const bytes = writeWith('csv-long', sampleRecording());

  it('comes back as it was, but for frames without anybody', () => {
    const again = read('walk_long.csv', bytes);
    const original = sampleRecording();
    const peopled = original.frames.filter(({ people }) => people.length > 0);
    expect(again.frames.map(({ index, time }) => [index, time])).toEqual(
      peopled.map(({ index, time }) => [index, time]),
    );
    for (const [i, { people }] of again.frames.entries()) {
      expect(people.map(({ id }) => id)).toEqual(peopled[i]?.people.map(({ id }) => id));
      for (const [at, { body, leftHand }] of people.entries()) {
        const expected = peopled[i]?.people[at];
        for (const [given, wished] of [
          [body?.points, expected?.body?.points],
          [body?.world, expected?.body?.world],
          [leftHand?.points, expected?.leftHand?.points],
        ] as const) {
          // Nine digits are all that 32 bits hold.
          expect(given).toEqual(wished);
        }
      }
    }
    expect(again.info).toEqual(original.info);
  });

  it.each([
    ['a,b,c\r\n1,2,3', /has no column frame/],
    ['frame,time,person,part,set,keypoint,x,y,score\n0,0,0,body', /line 2, has 4 cells, not 9/],
    ['frame,time,person,part,set,keypoint,x,y,score\n0,0,0,body,coco-17,17,1,1,1', /names keypoint 17 of 17/],
    ['frame,time,person,part,set,keypoint,x,y,score\n0,0,0,tail,coco-17,1,1,1,1', /no valid part \("tail"\)/],
    ['frame,time,person,part,set,keypoint,x,y,score\n0,0,0,body,coco-17,1,a,1,1', /no valid x \("a"\)/],
  ])('%j gets a sentence', (text, sentence) => {
    expect(() => read('x.csv', strToU8(text))).toThrow(sentence);
  });

  const rows = (separator: string, write: (value: number) => string, quote = ''): string =>
    [
      ['frame', 'time', 'person', 'part', 'set', 'keypoint', 'x', 'y', 'score'],
      ...[0, 1].map((i) => [
        '7',
        write(0.25),
        '3',
        'body',
        'coco-17',
        String(i),
        write(100.5 + i),
        write(1e-7),
        write(0.5),
      ]),
      ['7', write(0.25), '3', 'body', 'coco-17', '2', 'NA', '', 'NaN'],
    ]
      .map((cells) => cells.map((cell) => `${quote}${cell}${quote}`).join(separator))
      .join('\r\n');
  const comma = (value: number): string => String(value).replace('.', ',');

  it.each([
    ['as R writes it, all in quotes', rows(',', String, '"')],
    ['with semicolons and decimal commas', rows(';', comma)],
    ['the same, in quotes', rows(';', comma, '"')],
    ['with semicolons and points', rows(';', String)],
    ['with tabs', rows('\t', String)],
    ['with a byte order mark', `\ufeff${rows(',', String, '"')}`],
    [
      'with a column of row names, as R writes it',
      rows(',', String, '"')
        .split('\r\n')
        .map((row, i) => `"${i === 0 ? '' : i}",${row}`)
        .join('\n'),
    ],
  ])('is read %s', (_, text) => {
    for (const name of ['x.csv', 'x.txt']) {
      const [frame] = read(name, strToU8(text)).frames;
      expect([frame?.index, frame?.time, frame?.people[0]?.id]).toEqual([7, 0.25, 3]);
      expect(frame?.people[0]?.body?.points.slice(0, 9)).toEqual(
        Float32Array.of(100.5, 1e-7, 0.5, 101.5, 1e-7, 0.5, Number.NaN, Number.NaN, 0),
      );
    }
  });

  const head = 'frame,time,person,part,set,keypoint,x,y,score';
  const timed = (times: readonly (readonly [frame: number, time: number | string])[]): Uint8Array =>
    strToU8(
      [head, ...times.map(([frame, time]) => `${frame},${time},0,body,coco-17,0,${frame},1,1`)].join('\n'),
    );

  it('has its times made from its frames’ numbers where they are rounded so that frames have the same', () => {
    const again = read('x.csv', timed(Array.from({ length: 49 }, (_, i) => [i, (i / 240).toFixed(2)])));
    expect(again.frames).toHaveLength(49);
    for (const [i, { time }] of again.frames.entries()) expect(time).toBeCloseTo(i / 240, 10);
    expect(again.info.notes).toEqual([
      'Times are rounded so that frames have the same: they are made from the frames’ numbers, at 240 frames a second.',
    ]);
  });

  it.each([
    [
      'all times 0',
      timed([
        [0, 0],
        [1, 0],
        [2, 0],
      ]),
      /x\.csv, line 3, has the time 0, which is not later than/,
    ],
    [
      'a time twice',
      timed([
        [0, 0],
        [1, 0.125],
        [2, 0.125],
        [3, 0.5],
      ]),
      /line 4, has the time 0\.125, which is not/,
    ],
    [
      'two times of a frame',
      timed([
        [0, 0],
        [1, 0.1],
        [1, 0.2],
      ]),
      /line 4, gives frame 1 the time 0\.2, and line 3 the time 0\.1/,
    ],
    [
      'a line break in a cell',
      strToU8(`${head},name\n0,0,0,body,coco-17,0,1,1,1,"left\nwrist"\n`),
      /line 3, begins or ends in a cell in quotes that goes over several lines, which Limn doesn't read/,
    ],
  ])('with %s is refused with the line', (_, text, sentence) => {
    expect(() => read('x.csv', text)).toThrow(sentence);
  });

  it.skipIf(!hasSharedData)('is read as R wrote it', () => {
    const again = read('quoted.csv', new Uint8Array(readFileSync(sharedPath('faults/quoted.csv'))));
    expect(again.frames[0]?.people[0]?.body?.points.slice(0, 6)).toEqual(
      Float32Array.of(100, 50, 0.9, 101, 51, 0.9).map(Math.fround),
    );
  });

  it.each([
    [
      'scorer,net,net\nbodyparts,nose,nose\ncoords,x,y\n0,1,2',
      /is a DeepLabCut table, which Limn doesn't read\./,
    ],
    [
      'frame,time,person,score,nose_x,nose_y\n0,0,0,1,2,3',
      /is a table with a row a person and frame, which Limn doesn't read\./,
    ],
  ])('of another kind is named: %j', (text, sentence) => {
    expect(() => read('x.csv', strToU8(text))).toThrow(sentence);
  });

  it('that is damaged gets a sentence, and nothing else happens', () => {
    expectOnlySentences('walk.csv', bytes, 200);
  });
});
