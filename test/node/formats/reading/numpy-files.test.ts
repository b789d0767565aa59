import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { concat } from '../../../../src/core/bytes.ts';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { subtract, type Vector3 } from '../../../../src/core/numbers/vector.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { writeNpy } from '../../../../src/formats/numpy/write-array.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, sharedPath } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const read = (name: string, bytes: Uint8Array) => readRecording([{ name, bytes }]);
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!hasNumpy) console.warn('Python with NumPy is missing: its own files are not read.');

/** x, y of everybody's keypoints in a frame. */
function placesOf({ frames }: Recording, frame: number): number[][][] {
  return (frames[frame]?.people ?? []).map(({ body }) =>
    Array.from({ length: (body?.points.length ?? 0) / 3 }, (_, i) => [
      ...(body?.points.slice(i * 3, i * 3 + 2) ?? []),
    ]),
  );
}

describe.skipIf(!hasNumpy)('arrays as NumPy saves them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limn-numpy-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { stdout } = spawnSync('python3', ['-W', 'ignore', 'test/helpers/make-npy.py', folder], {
    encoding: 'utf8',
  });
  const { first, second } = (stdout ? JSON.parse(stdout) : {}) as { first: number[][]; second: number[][] };
  const load = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

  it.each([
    'little-f2',
    'little-f4',
    'little-f8',
    'big-f4',
    'big-f8',
    'big-i2',
    'little-i4',
    'big-i8',
    'u1',
    'little-u2',
    'big-u4',
    'fortran',
    'scored',
  ])('%s', (name) => {
    const recording = read(`${name}.npy`, load(`${name}.npy`));
    expect([placesOf(recording, 0), placesOf(recording, 1)]).toEqual([[first], [second]]);
    const [person] = recording.frames[0]?.people ?? [];
    expect([person?.body?.set, person?.body?.points[2]]).toEqual(['coco-17', name === 'scored' ? 0.5 : 1]);
    expect(recording.info.notes?.join(' ')).toMatch(
      /The 17 keypoints are taken for COCO’s, by the length of limbs\./,
    );
  });

  it.each(['fortran', 'unnamed', 'flat'])('%s, in an NPZ', (name) => {
    const recording = read(`${name}.npz`, load(`${name}.npz`));
    expect([placesOf(recording, 0), placesOf(recording, 1)]).toEqual([[first], [second]]);
  });

  it('of several people', () => {
    const recording = read('people.npy', load('people.npy'));
    expect(placesOf(recording, 1)).toEqual([
      second,
      second.map((place) => place.map((value) => value + 200)),
    ]);
    expect(recording.frames[0]?.people.map(({ id }) => id)).toEqual([0, 1]);
  });

  it.each([
    ['objects.npy', /objects\.npy holds Python objects \(pickled\), which Limn doesn't read/],
    ['columns.npy', /is an array of a kind that Limn doesn't read \(a table with columns\)/],
    ['complex.npy', /doesn't read \(<c8\): save it as float32/],
    ['objects.npz', /poses in objects\.npz holds Python objects/],
  ])('%s is refused by a sentence', (name, sentence) => {
    expect(() => read(name, load(name))).toThrow(sentence);
  });
});

describe('joints in space', () => {
  const recording = actorRecording(5);
  const { info, frames } = recording;
  const alone = new Recording(
    info,
    frames.map((frame) => ({ ...frame, people: frame.people.slice(0, 1) })),
  );
  /** Human3.6M's joints from the hip, in metres with y up, of somebody in a frame. */
  const truth = (frame: number, person: number): Vector3[] => {
    const body = frames[frame]?.people[person]?.body;
    const world = body && convertPose(body, 'h36m-17').world;
    const at = (i: number): Vector3 => [
      world?.[i * 4] ?? 0,
      world?.[i * 4 + 1] ?? 0,
      world?.[i * 4 + 2] ?? 0,
    ];
    return Array.from({ length: 17 }, (_, i) => subtract(at(i), at(0)));
  };
  const expectTruth = (again: Recording, frame: number, person: number): void => {
    const body = again.frames[frame]?.people[person]?.body;
    expect(body?.set).toBe('h36m-17');
    for (const [i, expected] of truth(frame, person).entries()) {
      const given = [0, 1, 2].map((axis) => (body?.world?.[i * 4 + axis] ?? 0) - (body?.world?.[axis] ?? 0));
      for (const axis of [0, 1, 2] as const) expect(given[axis]).toBeCloseTo(expected[axis], 5);
    }
  };

  it('come back as Limn writes them, one person', () => {
    const again = read('walk_3d.npy', writeWith('viz-npy', alone));
    expectTruth(again, 3, 0);
    expect(again.info.notes).toContain('Places are taken for metres with y down.');
    expect(again.frames[3]?.people[0]?.place).toBeUndefined();
  });

  it('come back as Limn writes them, two people in one recording', () => {
    const again = read('walk_3d.zip', writeWith('viz-npy', recording));
    expect(again.frames.map(({ people }) => people.map(({ id }) => id))).toEqual(
      Array.from({ length: 5 }, () => [0, 1]),
    );
    expectTruth(again, 2, 0);
    expectTruth(again, 2, 1);
  });

  /** MediaPipe's 33 as FreeMoCap has them, before hands and the face. */
  const freeMoCap = (unit: number, count: number): Uint8Array => {
    const values = new Float64Array(5 * count * 3).fill(Number.NaN);
    for (const [f, frame] of frames.entries()) {
      const world = frame.people[0]?.body?.world ?? new Float32Array();
      for (let i = 0; i < 33; i++) {
        const [x = 0, y = 0, z = 0] = world.subarray(i * 4);
        values.set(
          [x, -z, y + 0.9].map((value) => value * unit),
          (f * count + i) * 3,
        );
      }
    }
    return writeNpy(values, [5, count, 3]);
  };

  it.each([
    [1000, 553, 'millimetres'],
    [1000, 33, 'millimetres'],
    [100, 543, 'centimetres'],
    [1, 33, 'metres'],
  ])('of FreeMoCap, × %d and %d points, are brought to metres with y up', (unit, count, name) => {
    const again = read('mediapipe_body_3d_xyz.npy', freeMoCap(unit, count));
    const body = again.frames[4]?.people[0]?.body;
    const world = frames[4]?.people[0]?.body?.world;
    expect(body?.set).toBe('blazepose-33');
    for (let at = 0; at < 132; at++)
      expect(body?.world?.[at]).toBeCloseTo((at % 4 === 3 ? 1 : world?.[at]) ?? 0, 4);
    expect(again.frames[4]?.people[0]?.place?.[1]).toBeCloseTo(0.9, 4);
    expect(again.info.notes).toContain(`Places are taken for ${name} with z up.`);
  });

  it.skipIf(!hasSharedData)('of a dance, in millimetres with z up, are told by the body', () => {
    const again = read('3d_pose.npy', new Uint8Array(readFileSync(sharedPath('video2bvh/3d_pose.npy'))));
    expect(again.frames).toHaveLength(900);
    expect(again.info.notes).toEqual([
      'The 17 keypoints are taken for Human3.6M’s, by the length of limbs.',
      'Places are taken for millimetres with z up.',
    ]);
    // By NumPy: the first frame's hips are at z = 922.7736 and 921.4097, the right foot at z = 287.6220.
    const [person] = again.frames[0]?.people ?? [];
    expect(person?.place?.[1]).toBeCloseTo((0.92277364049 + 0.92140973163) / 2, 5);
    expect(person?.body?.world?.[3 * 4 + 1]).toBeCloseTo(
      0.28762198766 - (0.92277364049 + 0.92140973163) / 2,
      5,
    );
  });

  it.skipIf(!hasSharedData)('and its pixels, OpenPose’s 25 without scores, as they are', () => {
    const again = read('2d_pose.npy', new Uint8Array(readFileSync(sharedPath('video2bvh/2d_pose.npy'))));
    const [person] = again.frames[0]?.people ?? [];
    expect(person?.body?.set).toBe('body-25');
    expect([...(person?.body?.points.slice(0, 3) ?? [])]).toEqual([777.48505, 415.6107, 1].map(Math.fround));
  });
});

describe('arrays that don’t say what they are', () => {
  const random = createRandom(3);
  const noise = (shape: readonly number[], scale: number): Uint8Array =>
    writeNpy(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (random() - 0.5) * scale),
      shape,
    );

  it.each([
    ['of no body', noise([4, 17, 2], 300), /neither COCO’s order nor Human3\.6M’s makes a body of them/],
    ['of numbers like nothing known', noise([4, 33, 3], 40), /doesn't say what its 33 × 3 numbers are/],
    [
      'small, with third numbers like scores',
      writeNpy(
        Float32Array.from({ length: 99 }, (_, i) => (i % 3 === 2 ? 0.5 : -0.4)),
        [1, 33, 3],
      ),
      /doesn't say what its 33 × 3/,
    ],
    [
      'in the picture, from −1 to 1',
      noise([4, 33, 2], 2),
      /has coordinates from −1 to 1, and doesn't say of what picture/,
    ],
    ['of another body', noise([4, 29, 3], 300), /has 29 keypoints\. Limn knows BODY_25 \(25\), /],
    [
      'of another shape',
      noise([4, 17], 300),
      /is an array of 4 × 17; it must be frames × keypoints × 2 or 3/,
    ],
    ['empty', writeNpy(new Float32Array(), [0, 17, 2]), /is an array of 0 × 17 × 2; it must be/],
  ])('%s are refused by a sentence', (_, bytes, sentence) => {
    expect(() => read('x.npy', bytes)).toThrow(sentence);
  });
});

it('pixels with a depth beside them, as of MediaPipe’s landmarks, are no places in space', () => {
  const rows = actorRecording(3).frames.flatMap(({ people: [person] }) =>
    Array.from({ length: 33 }, (_, i) => [
      ...(person?.body?.points.slice(i * 3, i * 3 + 2) ?? []),
      // In the picture's pixels, too: some 300 to a metre.
      -300 * (person?.body?.world?.[i * 4 + 2] ?? 0),
    ]).flat(),
  );
  const bytes = writeNpy(Float32Array.from(rows), [3, 33, 3]);
  expect(() => read('landmarks.npy', bytes)).toThrow(/doesn't say what its 33 × 3 numbers are/);
});

describe('third numbers beside pixels', () => {
  const { frames } = actorRecording(3);
  /** COCO's 17 in pixels, with such third numbers. */
  const beside = (thirdOf: (i: number) => number, scale = 1): Uint8Array => {
    const values = frames.flatMap(({ people }) => {
      const body = people[0]?.body;
      const points = body ? convertPose(body, 'coco-17').points : new Float32Array();
      return Array.from({ length: 17 }, (_, i) => [
        (points[i * 3] ?? 0) * scale,
        (points[i * 3 + 1] ?? 0) * scale,
        thirdOf(i),
      ]).flat();
    });
    return writeNpy(Float64Array.from(values), [3, 17, 3]);
  };
  const scoresOf = (recording: Recording): number[] => {
    const points = recording.frames[2]?.people[0]?.body?.points ?? new Float32Array();
    return [5, 6, 11, 12].map((i) => points[i * 3 + 2] ?? Number.NaN);
  };

  it('are COCO’s visibilities where they are 0, 1 and 2', () => {
    const again = read(
      'x.npy',
      beside((i) => (i < 3 ? 0 : i === 6 ? 1 : 2)),
    );
    expect(scoresOf(again)).toEqual([1, 0.5, 1, 1]);
    expect(again.frames[0]?.people[0]?.body?.points[2]).toBe(0);
    expect(again.info.notes?.join(' ')).toMatch(/taken for COCO’s visibilities, of which 1 \(hidden\)/);
  });

  it('are scores where some are a little over 1', () => {
    const again = read(
      'x.npy',
      beside((i) => (i === 5 ? 1.02 : i === 6 ? 1.000_000_1 : 0.5)),
    );
    expect(scoresOf(again)).toEqual([1, 1, 0.5, 0.5]);
    expect(again.info.notes).toContain('Scores go up to 1.02: those over 1 count as 1.');
  });

  it.each([
    ['scores up to 3', beside((i) => i % 4)],
    ['percent', beside((i) => 0.9 + (i % 3))],
    ['depths beside shares', beside((i) => (i % 5) / 50 - 0.04, 1 / 330)],
  ])('are not taken for places in space: %s', (_, bytes) => {
    expect(() => read('x.npy', bytes)).toThrow(/doesn't say what its 17 × 3 numbers are/);
  });
});

/** A header that states a shape, with so many numbers behind it. */
function stating(shape: string, numbers: number, type = '<f4'): Uint8Array {
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`;
  const text = `${dictionary.padEnd(117)}\n`;
  return concat([
    Uint8Array.of(0x93),
    strToU8('NUMPY'),
    Uint8Array.of(1, 0, 118, 0),
    strToU8(text),
    new Uint8Array(numbers * 4),
  ]);
}

describe('headers that state more than there is', () => {
  it.each([
    '0, 1000000000, 17, 3',
    '1000000000, 0, 17, 3',
    '1000000000, 1000000000, 0, 3',
    '1000000000, 1, 17, 3',
    '99999999999999999999999999, 99999999999999999999999999, 17, 3',
    `${'9'.repeat(60)}, 0, 17, 3`,
  ])('(%s) take no memory', (shape) => {
    const before = process.memoryUsage().arrayBuffers;
    const started = performance.now();
    const npy = stating(shape, 0);
    for (const [name, bytes] of [
      ['x.npy', npy],
      ['x.npz', zipSync({ 'keypoints.npy': npy })],
      [
        'y.npz',
        zipSync({ 'keypoints.npy': stating('1, 1, 17, 3', 51), 'people.npy': npy, 'times.npy': npy }),
      ],
    ] as const) {
      expect(() => read(name, bytes)).toThrow(LimnError);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('of millions of axes take no time', () => {
    const text = `{'descr': '<f4', 'fortran_order': True, 'shape': (${'1,'.repeat(3_000_000)}), }\n`;
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, text.length, true);
    const bytes = concat([
      Uint8Array.of(0x93),
      strToU8('NUMPY'),
      Uint8Array.of(2, 0),
      length,
      strToU8(text),
      new Uint8Array(4),
    ]);
    const started = performance.now();
    expect(() => read('x.npy', bytes)).toThrow(/is an array of 3000000 axes; Limn reads at most 4/);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('nor do ZIPs', () => {
    const zip = zipSync({ 'keypoints.npy': stating('1, 1, 17, 3', 51) });
    const view = new DataView(zip.buffer);
    // The sizes that the directory states: behind its signature, 24 bytes on.
    const directory = strFromU8(zip, true).lastIndexOf('PK\x01\x02');
    view.setUint32(directory + 24, 2 ** 30 - 1, true);
    expect(() => read('x.npz', zip)).toThrow(/is a damaged ZIP/);
  });
});

it('damaged arrays get a sentence, and nothing else happens', () => {
  const random = createRandom(5);
  const { info, frames } = actorRecording(3);
  const one = new Recording(
    info,
    frames.map((frame) => ({ ...frame, people: frame.people.slice(0, 1) })),
  );
  const bytes = writeWith('viz-npy', one);
  for (let round = 0; round < 400; round++) {
    const damaged = bytes.slice(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length);
    for (let i = 0; i < 3; i++)
      damaged[Math.floor(random() * Math.min(damaged.length, 140))] = Math.floor(random() * 256);
    try {
      read('x.npy', damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(LimnError);
    }
  }
});
