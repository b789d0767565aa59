import { describe, expect, it } from 'vitest';
import { LimnError } from '../../src/core/errors.ts';
import { between, choose, createRandom, type Random } from '../../src/core/numbers/random.ts';
import type { Person } from '../../src/core/pose.ts';
import { Recording, type TrackedFrame } from '../../src/core/recording.ts';
import type { DataFormatId } from '../../src/formats/exporter.ts';
import { exporters } from '../../src/formats/exporters.ts';
import { canConvert, convertPose } from '../../src/skeletons/convert.ts';
import { actorRecording } from '../helpers/actor-recording.ts';
import { cocoKeypoints } from '../helpers/coco-files.ts';
import { changePeople } from '../helpers/odd-recordings.ts';
import { info } from '../helpers/people.ts';
import { readRecording } from '../helpers/read-recording.ts';
import { writeFileWith } from '../helpers/write-with.ts';

/*
 * The contract between an exporter and the reader of its files: what is written comes back, but for what the format has no
 * place for, which is listed here and in docs/formats.md.
 */

/** What of a recording a format has no place for. */
interface Lacking {
  readonly ids?: true;
  readonly numbers?: true;
  readonly times?: true;
  /** Frames in which nobody is. */
  readonly emptyFrames?: true;
  /** Places in the picture. */
  readonly picture?: true;
  /** Frames at odd times: it has one rate. What becomes of them is said (`frame-grid.test.ts`). */
  readonly gaps?: true;
}

const COMES_BACK: Readonly<Partial<Record<DataFormatId, Lacking>>> = {
  'openpose-json': { times: true },
  'openpose-jsonl': { times: true },
  'limn-json': {},
  'csv-long': { emptyFrames: true },
  coco: { times: true, emptyFrames: true, numbers: true },
  'coco-annotations': {},
  npz: {},
  'detectron-npz': { times: true, numbers: true, ids: true },
  'viz-npy': { times: true, numbers: true, picture: true },
  trc: { numbers: true, picture: true },
  pose: { ids: true, numbers: true, times: true, gaps: true },
};
const READABLE = Object.keys(COMES_BACK) as DataFormatId[];
/** Formats for other programs, which Limn itself doesn't read. */
const WRITTEN_ONLY: readonly DataFormatId[] = ['csv', 'angles-csv', 'motion-csv', 'c3d', 'bvh', 'glb', 'vtt'];

const NAMES = [
  'walk.mp4',
  'Größe, "x" & ’y’ 世界.mp4',
  '../..\\odd: name?.webm',
  '%s 100 %.mov',
  'a_person_3.mp4',
];
const SEEDS = [1, 2, 3, 4];
const MOST_PEOPLE = 12;
const FRAMES = 9;

/** People with long ids who come and go, frames that are missing, and an odd name. */
function generate(seed: number, hasGaps: boolean): Recording {
  const random = createRandom(seed);
  const ids = Array.from({ length: 1 + Math.floor(random() * MOST_PEOPLE) }, () => generateId(random));
  let index = Math.floor(between(random, 0, 5));
  const frames = Array.from({ length: FRAMES }, (_, i): TrackedFrame => {
    index += hasGaps ? choose(random, [1, 1, 1, 2, 7]) : 1;
    const isEmpty = i === 0 || random() < 0.2;
    const there = isEmpty ? [] : [...new Set(ids)].filter((_each, at) => at === 0 || random() < 0.7);
    return { index, time: index / 30, people: there.map((id) => personOf(id, random)) };
  });
  return new Recording({ ...info, source: { kind: 'video', name: choose(random, NAMES) } }, frames);
}

/** Small ones, PoseTrack's ten digits, and the largest that a recording holds. */
function generateId(random: Random): number {
  const highest = choose(random, [9, 2 ** 31, 10_003_420_000, 2 ** 52]);
  return Math.floor(random() * highest);
}

const [actor] = actorRecording(1).frames[0]?.people ?? [];

/** The demo actor, moved in the picture. */
function personOf(id: number, random: Random): Person {
  if (!actor?.body) throw new Error('There is no actor.');
  const [right, down] = [between(random, -100, 100), between(random, -50, 50)];
  const points = actor.body.points.map((value, at) => value + ([right, down, 0][at % 3] ?? 0));
  return { id, score: 0.9, body: { ...actor.body, points }, leftHand: null, rightHand: null };
}

function throughFile(format: DataFormatId, recording: Recording): Recording {
  const { bytes, extension } = writeFileWith(format, recording);
  return readRecording([{ name: `walk${extension}`, bytes }]);
}

/** Everybody by id, or, where there are none, from left to right. */
function inOrder(people: readonly Person[], hasIds: boolean): readonly Person[] {
  const leftOf = ({ body }: Person): number => body?.points[0] ?? 0;
  return [...people].sort((a, b) => (hasIds ? a.id - b.id : leftOf(a) - leftOf(b)));
}

it('every format is either read again or written for others only', () => {
  expect([...READABLE, ...WRITTEN_ONLY].sort()).toEqual(exporters.map(({ id }) => id).sort());
});

describe.each(READABLE)('%s', (format) => {
  const lacking = COMES_BACK[format] ?? {};

  it.each(SEEDS)('comes back as it was written, recording %i', (seed) => {
    const recording = generate(seed, !lacking.gaps);
    const read = throughFile(format, recording);
    const written = recording.frames.filter(({ people }) => !lacking.emptyFrames || people.length > 0);
    expect(read.frames.map(({ people }) => people.length)).toEqual(
      written.map(({ people }) => people.length),
    );
    if (!lacking.numbers) {
      expect(read.frames.map(({ index }) => index)).toEqual(written.map(({ index }) => index));
    }
    for (const [i, frame] of read.frames.entries()) {
      const original = written[i];
      if (!lacking.times) expect(frame.time).toBeCloseTo(original?.time ?? Number.NaN, 6);
      const before = inOrder(original?.people ?? [], !lacking.ids);
      const after = inOrder(frame.people, !lacking.ids);
      if (!lacking.ids) expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      if (lacking.picture) continue;
      for (const [at, person] of after.entries()) expectSameBody(person, before[at]);
    }
  });
});

describe('ids beyond 2^53, where two numbers would be one', () => {
  const [first, second] = ['9007199254740993', '90071992547409930001'];
  const keypoints = cocoKeypoints().join(',');
  const entry = (id: string, image: string): string =>
    `{"id":${id},"image_id":${image},"category_id":1,"keypoints":[${keypoints}],"track_id":${id}}`;
  const image = (id: string): string =>
    `{"id":${id},"file_name":"${id.slice(-4)}.jpg","width":640,"height":480}`;
  const text = `{"images":[${image(first)},${image(second)}],"annotations":[${entry(first, first)},${entry(second, second)}],"categories":[{"id":1,"name":"person"}]}`;
  const read = (content: string): Recording =>
    readRecording([{ name: 'a.json', bytes: new TextEncoder().encode(content) }]);
  const written = (recording: Recording): string =>
    new TextDecoder().decode(writeFileWith('coco-annotations', recording).bytes);
  const moved = (recording: Recording): Recording =>
    changePeople(recording, (person) => {
      const points = person.body?.points.map((value) => value + 1);
      return { ...person, body: person.body && points ? { ...person.body, points } : null };
    });

  it.each([
    ['as they were', (recording: Recording) => recording],
    ['with keypoints that were moved', moved],
    ['by way of Limn JSON', (recording: Recording) => throughFile('limn-json', recording)],
  ])('go through COCO digit by digit, %s', (_, change) => {
    const recording = change(read(text));
    expect(recording.frames.map(({ people }) => people.map(({ id }) => id))).toEqual([[0], [1]]);
    expect(recording.info.notes?.join(' ')).toMatch(/more than 15 digits are numbered anew/);
    for (const id of [first, second]) {
      expect(written(recording)).toContain(`"id":${id}`);
      expect(written(recording)).toContain(`"image_id":${id}`);
      expect(written(recording)).toContain(`"track_id":${id}`);
    }
    expect(written(recording)).not.toMatch(/\d{16,}n|9007199254740992/);
  });

  it('of somebody new go to the image with all its digits', () => {
    const { info: own, frames } = read(text);
    const [one] = frames[0]?.people ?? [];
    if (!one) throw new Error('Nobody was read.');
    const { extras: _, ...somebodyNew } = one;
    const changed = frames.map((frame) => ({
      ...frame,
      people: [...frame.people, { ...somebodyNew, id: 7 }],
    }));
    const again = written(new Recording(own, changed));
    expect(again.split(`"image_id":${first},`)).toHaveLength(3);
    expect(again.split(`"image_id":${second},`)).toHaveLength(3);
  });

  it('are refused by a sentence in Limn JSON and CSV, whose ids are numbers', () => {
    const recording = generate(1, true);
    const id = recording.frames.flatMap(({ people }) => people)[0]?.id ?? 0;
    for (const format of ['limn-json', 'csv-long'] as const) {
      const { bytes, extension } = writeFileWith(format, recording);
      const changed = new TextDecoder().decode(bytes).replaceAll(`${id}`, first);
      const file = { name: `walk${extension}`, bytes: new TextEncoder().encode(changed) };
      expect(() => readRecording([file])).toThrow(LimnError);
    }
  });
});

function expectSameBody({ body }: Person, original: Person | undefined): void {
  if (!body || !original?.body) throw new Error('Somebody has no body.');
  const expected = canConvert(original.body.set, body.set)
    ? convertPose(original.body, body.set)
    : original.body;
  for (const [at, value] of body.points.entries()) {
    // The third number may be a visibility; OpenPose writes six digits.
    if (at % 3 === 2) continue;
    const wanted = expected.points[at] ?? Number.NaN;
    if (Number.isNaN(wanted)) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(wanted, 2);
  }
}
