import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const read = (name: string, bytes: Uint8Array) => readRecordings([{ name, bytes }]);
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!hasNumpy) console.warn('Python with NumPy is missing: what VideoPose3D’s scripts make is not read.');

interface Truth {
  /** By frame: everybody's keypoints as x, y, logit, probability, and their boxes. */
  readonly people: readonly (readonly [points: number[][][], boxes: number[][]])[];
  readonly walk: number[][][];
  readonly run: number[][][];
}

/** x, y, score of everybody in a frame. */
const pointsOf = ({ frames }: Recording, frame: number): number[][][] =>
  (frames[frame]?.people ?? []).map(({ body }) =>
    Array.from({ length: (body?.points.length ?? 0) / 3 }, (_, i) => [
      ...(body?.points.slice(i * 3, i * 3 + 3) ?? []),
    ]),
  );

describe.skipIf(!hasNumpy)('NPZ as VideoPose3D’s scripts write it:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limn-detectron-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { stdout } = spawnSync('python3', ['-W', 'ignore', 'test/helpers/make-detectron.py', folder], {
    encoding: 'utf8',
  });
  const truth = (stdout ? JSON.parse(stdout) : { people: [], walk: [], run: [] }) as Truth;
  const load = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

  it.each([
    'walk.mp4.npz',
    'walk_2.npz',
    'walk_3.npz',
    'walk_4.npz',
    'walk_python2.npz',
    'walk_scalar.npz',
    'walk_f8.npz',
    'walk_first.npz',
    'walk_first_python2.npz',
  ])('%s has everybody’s keypoints and scores in every frame', (name) => {
    const [recording] = read(name, load(name));
    if (!recording) throw new Error('There is no recording.');
    expect(recording.info).toMatchObject({ width: 640, height: 480, assumedFrameRate: 30 });
    expect(recording.frames.map(({ index, people }) => [index, people.length])).toEqual(
      truth.people.map(([points], i) => [i, points.length]),
    );
    for (const [frame, [points, boxes]] of truth.people.entries()) {
      expect(pointsOf(recording, frame)).toEqual(
        points.map((each) => each.map(([x, y, , probability = 0]) => [x, y, Math.fround(probability)])),
      );
      expect(recording.frames[frame]?.people.map(({ score }) => score)).toEqual(boxes.map((box) => box[4]));
    }
  });

  it('walk.mp4.npz is called after its video', () => {
    expect(read('walk.mp4.npz', load('walk.mp4.npz'))[0]?.info.source.name).toBe('walk');
  });

  it('a custom data set is a recording a video', () => {
    const [walk, run, ...others] = read('data_2d_custom_mine.npz', load('data_2d_custom_mine.npz'));
    if (!walk || !run) throw new Error('Recordings are missing.');
    expect(others).toEqual([]);
    expect([walk, run].map(({ info }) => [info.source.name, info.width, info.height])).toEqual([
      ['walk', 640, 480],
      ['run', 1920, 1080],
    ]);
    for (const [recording, places] of [
      [walk, truth.walk],
      [run, truth.run],
    ] as const) {
      expect(recording.frames).toHaveLength(places.length);
      for (const [frame, wanted] of places.entries()) {
        expect(pointsOf(recording, frame)).toEqual([
          wanted.map(([x = 0, y]) => (x < 0 ? [Number.NaN, Number.NaN, 0] : [x, y, 1])),
        ]);
      }
    }
    expect(walk.info.notes?.join()).toMatch(/Keypoints have no scores/);
  });

  it('a data set of Human3.6M’s layout is a recording a camera', () => {
    const [first, second] = read('data_2d_h36m_mine.npz', load('data_2d_h36m_mine.npz'));
    expect([first, second].map((each) => each?.info.source.name)).toEqual([
      'S1 Walking 1 camera 1',
      'S1 Walking 1 camera 2',
    ]);
    expect(first?.frames[3]?.people[0]?.body?.set).toBe('h36m-17');
    expect(first && pointsOf(first, 3)[0]).toEqual(truth.run[3]?.map(([x, y]) => [x, y, 1]));
    expect(second && pointsOf(second, 0)[0]?.[0]?.[0]).toBeCloseTo((truth.run[0]?.[0]?.[0] ?? 0) + 1, 3);
  });

  it.each([
    [
      'humaneva.npz',
      /^humaneva\.npz holds keypoints of the layout humaneva15\. Of VideoPose3D's data Limn knows/,
    ],
    [
      'wrong.npz',
      /^wrong\.npz, keypoints of frame 0: they are 1 × 17 × 4 numbers; VideoPose3D's are people × 4 × 17/,
    ],
    ['harm.npz', /^keypoints in harm\.npz is refused: it asks for posix\.system.* Nothing of it was run\./],
  ])('%s is refused by a sentence', (name, sentence) => {
    expect(() => read(name, load(name))).toThrow(sentence);
    expect(existsSync('harmed')).toBe(false);
  });

  it.each([
    'walk_4.npz',
    'walk_first_python2.npz',
    'data_2d_custom_mine.npz',
  ])('%s, damaged, gets a sentence, and nothing else happens', (name) => {
    const entries = unzipSync(load(name));
    const names = Object.keys(entries).filter((each) => !each.startsWith('segments'));
    const random = createRandom(3);
    for (let round = 0; round < 700; round++) {
      const which = names[Math.floor(random() * names.length)] ?? '';
      const whole = entries[which] ?? new Uint8Array();
      const damaged = whole.slice(0, random() < 0.3 ? Math.floor(random() * whole.length) : whole.length);
      for (let i = 0; i < 3; i++)
        damaged[Math.floor(random() ** 2 * damaged.length)] = Math.floor(random() * 256);
      try {
        read(name, zipSync({ ...entries, [which]: damaged }, { level: 0 }));
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
      }
    }
  });
});

it('what Limn writes for VideoPose3D is read again', () => {
  const { info, frames } = actorRecording(20);
  const recording = new Recording(
    info,
    frames.map((frame, i) => (i === 7 ? { ...frame, people: [] } : frame)),
  );
  const [again] = read('two actors_detectron.npz', writeWith('detectron-npz', recording));
  if (!again) throw new Error('There is no recording.');
  expect(again.info).toMatchObject({
    width: info.width,
    height: info.height,
    source: { name: 'two actors' },
  });
  expect(again.frames).toHaveLength(20);
  for (const [i, { people }] of recording.frames.entries()) {
    const bodies = people.map(({ body }) => body && convertPose(body, 'coco-17').points);
    expect(again.frames[i]?.people.map(({ body }) => body?.points)).toEqual(bodies);
    expect(again.frames[i]?.people.map(({ score }) => score)).toEqual(
      people.map(({ score }) => Math.fround(score)),
    );
  }
});
