import { strFromU8, unzipSync } from 'fflate';
import { Pose as ForeignPose } from 'pose-format';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { MARKS, type Person, type Pose } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import type { DataFormatId } from '../../../../src/formats/exporter.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { cocoWholeBody, takeApart } from '../../../../src/skeletons/keypoint-layouts.ts';
import { cocoFile, type Json } from '../../../helpers/coco-files.ts';
import { parseNpy } from '../../../helpers/parse-npy.ts';
import { info } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith, writeWith } from '../../../helpers/write-with.ts';

const COUNT = 133;
const random = createRandom(5);

/** What a whole-body network gives of somebody: 133 × x, y, score; one of ten keypoints is missing. */
function randomPoints(): Float32Array {
  return Float32Array.from(
    Array.from({ length: COUNT }, () =>
      random() < 0.1
        ? [Number.NaN, Number.NaN, 0]
        : [random() * 1920, random() * 1080, 0.05 + random() * 0.95],
    ).flat(),
  );
}

const NOBODY_BUT = { score: 0.5, body: null, leftHand: null, rightHand: null };

function personOf(id: number, points: Float32Array): Person {
  const { face, ...parts } = takeApart(points, cocoWholeBody);
  return { ...NOBODY_BUT, id, ...parts, ...(face && { face }) };
}

const LISTS = Array.from({ length: 3 }, () => [randomPoints(), randomPoints()] as const);
const recording = new Recording(
  info,
  LISTS.map((people, index) => ({
    index,
    time: index / 25,
    people: people.map((points, id) => personOf(id, points)),
  })),
);

/** The 133 of somebody again: body and feet, face, hands. */
function putTogether({ body, face, leftHand, rightHand }: Person): number[] {
  const all = (pose: Pose | null | undefined, count: number): number[] =>
    pose ? [...pose.points.subarray(0, count * 3)] : new Array<number>(count * 3).fill(Number.NaN);
  const feet = body && convertPose(body, 'coco-23');
  return [...all(feet, 23), ...all(face, 68), ...all(leftHand, 21), ...all(rightHand, 21)];
}

const NAMES: Readonly<Partial<Record<DataFormatId, string>>> = {
  'openpose-json': 'a.zip',
  'openpose-jsonl': 'a_openpose.jsonl',
  'limn-json': 'a.limn.json',
  'csv-long': 'a_long.csv',
  coco: 'a_coco.json',
  'coco-annotations': 'a_coco_annotations.json',
  npz: 'a.npz',
  pose: 'a.pose',
};

describe('Whole bodies: all 133 keypoints come back', () => {
  /** How far a number may be off as a share of itself: by the digits that the format has. */
  const EXACT = 0;
  it.each([
    ['limn-json', EXACT],
    ['csv-long', EXACT],
    ['npz', EXACT],
    ['pose', EXACT],
    ['coco', EXACT],
    ['openpose-json', 5e-6],
    ['openpose-jsonl', 5e-6],
  ] as const)('out of %s', (format, share) => {
    const { bytes, notes } = writeFileWith(format, recording);
    expect(notes).toEqual([]);
    const read = readRecording([{ name: NAMES[format] ?? '', bytes }]);
    expect(read.frames).toHaveLength(LISTS.length);
    for (const [frame, { people }] of read.frames.entries()) {
      expect(people).toHaveLength(2);
      for (const [i, person] of people.entries()) {
        const given = putTogether(person);
        for (const [at, value] of (LISTS[frame]?.[i] ?? []).entries()) {
          const now = given[at] ?? 0;
          if (Number.isNaN(value)) expect(now, `${at} of ${i} in ${frame}`).toBeNaN();
          else expect(Math.abs(now - value), `${at} of ${i} in ${frame}`).toBeLessThanOrEqual(share * value);
        }
      }
    }
  });

  it('out of COCO’s annotations, which know visibilities instead of scores', () => {
    const bytes = writeWith('coco-annotations', recording);
    const read = readRecording([{ name: 'a.json', bytes }]);
    for (const [frame, { people }] of read.frames.entries()) {
      for (const [i, person] of people.entries()) {
        const expected = [...(LISTS[frame]?.[i] ?? [])].map((value, at) =>
          at % 3 === 2 && value > 0 ? 1 : value,
        );
        expect(putTogether(person)).toEqual(expected);
      }
    }
  });
});

describe('Whole bodies, for other readers', () => {
  const points = LISTS[1]?.[1] ?? new Float32Array();
  /** Some of the 133, as a list of numbers with zeros for what is missing. */
  const list = (start: number, count: number): number[] =>
    [...points.subarray(start * 3, (start + count) * 3)].map((value) => (Number.isNaN(value) ? 0 : value));
  const near = (numbers: readonly number[], digits: number) =>
    numbers.map((value) => expect.closeTo(value, digits));

  it('have the lists of COCO-WholeBody, in results and in annotations with boxes', () => {
    const results = JSON.parse(strFromU8(writeWith('coco', recording))) as Json[];
    expect(results[3]).toMatchObject({
      keypoints: near(list(0, 17), 4),
      foot_kpts: near(list(17, 6), 4),
      face_kpts: near(list(23, 68), 4),
      lefthand_kpts: near(list(91, 21), 4),
      righthand_kpts: near(list(112, 21), 4),
      foot_valid: true,
      face_valid: true,
      lefthand_valid: true,
      righthand_valid: true,
    });
    const document = JSON.parse(strFromU8(writeWith('coco-annotations', recording))) as {
      annotations: Json[];
    };
    const there = list(23, 68).filter((_, at, all) => (all[at - (at % 3) + 2] ?? 0) > 0);
    const axis = (which: number) => there.filter((_, at) => at % 3 === which);
    const [left, top] = [Math.min(...axis(0)), Math.min(...axis(1))];
    expect(document.annotations[3]?.face_box).toEqual(
      near([left, top, Math.max(...axis(0)) - left, Math.max(...axis(1)) - top], 3),
    );
  });

  it('have all parts in a .pose file as pose-format reads it', () => {
    const { header, body } = ForeignPose.from(Buffer.from(writeWith('pose', recording)));
    expect(header.components.map(({ name, points: names }) => [name, names.length])).toEqual([
      ['coco-23', 23],
      ['LEFT_HAND_LANDMARKS', 21],
      ['RIGHT_HAND_LANDMARKS', 21],
      ['face_keypoints_2d', 70],
    ]);
    const person = body.frames[1]?.people[1];
    const flat = (name: string) => (person?.[name] ?? []).flatMap(({ X, Y, C = 0 }) => [X, Y, C]);
    expect(flat('coco-23')).toEqual(list(0, 23));
    expect(flat('face_keypoints_2d').slice(0, 68 * 3)).toEqual(list(23, 68));
    expect(flat('LEFT_HAND_LANDMARKS')).toEqual(list(91, 21));
    expect(flat('RIGHT_HAND_LANDMARKS')).toEqual(list(112, 21));
  });

  it('have a face among NumPy’s arrays', () => {
    const { 'face.npy': file } = unzipSync(writeWith('npz', recording));
    const { shape, values } = parseNpy(file ?? new Uint8Array());
    expect(shape).toEqual([3, 2, 70, 3]);
    const own = [...values].slice((1 * 2 + 1) * 210, (1 * 2 + 1) * 210 + 68 * 3);
    expect(own).toEqual(
      [...points.subarray(23 * 3, 91 * 3)].map((value, at, all) =>
        (all[at - (at % 3) + 2] ?? 0) > 0 ? value : Number.NaN,
      ),
    );
  });
});

describe('COCO-WholeBody’s own files', () => {
  const lists = {
    foot_kpts: Array.from({ length: 6 }, (_, i) => [200 + i, 300 + i, 2]).flat(),
    face_kpts: Array.from({ length: 68 }, (_, i) => [100 + i, 50 + i, 0.25 + i / 128]).flat(),
    lefthand_kpts: Array.from({ length: 21 }, (_, i) => [10 + i, 400 + i, i === 3 ? 0 : 0.5]).flat(),
    righthand_kpts: new Array<number>(63).fill(0),
  };
  const annotation = {
    id: 9,
    image_id: 1,
    category_id: 1,
    iscrowd: 0,
    keypoints: Array.from({ length: 17 }, (_, i) => [100 + i, 200 + i, i === 4 ? 1 : 2]).flat(),
    num_keypoints: 17,
    ...lists,
    face_box: [90, 40, 80, 80],
    face_valid: true,
    lefthand_valid: true,
    righthand_valid: false,
    foot_valid: true,
  };
  const document = {
    images: [{ id: 1, file_name: '1.jpg', width: 640, height: 480 }],
    annotations: [annotation],
    categories: [{ id: 1, name: 'person' }],
  };

  it('are read with feet, face and the hand that there is; their own third numbers are scores', () => {
    const { frames } = readRecording([cocoFile(document)]);
    const [person] = frames[0]?.people ?? [];
    expect([person?.body?.set, person?.face?.set, person?.rightHand]).toEqual(['coco-23', 'face-70', null]);
    expect([...(person?.body?.points.slice(0, 3) ?? [])]).toEqual([100, 200, 1]);
    expect([...(person?.body?.points.slice(4 * 3, 5 * 3) ?? [])]).toEqual([104, 204, 0.5]);
    expect([...(person?.body?.points.slice(22 * 3) ?? [])]).toEqual([205, 305, 1]);
    expect(person?.face?.points[3 * 10 + 2]).toBe(0.25 + 10 / 128);
    expect(person?.leftHand?.points[3 * 3 + 2]).toBe(0);
  });

  it('are written again as they were, but for what was changed, in each list at its place', () => {
    const read = readRecording([cocoFile(document)]);
    const annotationsOf = (each: Recording) =>
      (JSON.parse(strFromU8(writeWith('coco-annotations', each))) as { annotations: Json[] }).annotations;
    expect(annotationsOf(read)).toEqual([annotation]);
    const moved = (pose: Pose | null | undefined, keypoint: number): Pose | null => {
      if (!pose) return null;
      const points = pose.points.slice();
      points.set([7, 8], keypoint * 3);
      const marks = new Uint8Array(points.length / 3);
      marks[keypoint] = MARKS.corrected;
      return { ...pose, points, marks };
    };
    const changed = new Recording(
      read.info,
      read.frames.map((frame) => ({
        ...frame,
        people: frame.people.map((person) => {
          const face = moved(person.face, 1);
          return {
            ...person,
            body: moved(person.body, 20),
            leftHand: moved(person.leftHand, 2),
            ...(face && { face }),
          };
        }),
      })),
    );
    const at = (numbers: readonly number[], keypoint: number) => {
      const written = [...numbers];
      written.splice(keypoint * 3, 2, 7, 8);
      return written;
    };
    expect(annotationsOf(changed)).toEqual([
      {
        ...annotation,
        foot_kpts: at(lists.foot_kpts, 3),
        face_kpts: at(lists.face_kpts, 1),
        lefthand_kpts: at(lists.lefthand_kpts, 2),
        // By position among the 133.
        corrected: [20, 23 + 1, 91 + 2],
      },
    ]);
  });

  it.each([
    ['foot_kpts', [1, 2, 3], /at annotations\.0\.foot_kpts: there are 1 keypoints, not COCO-WholeBody’s 6/],
    ['face_kpts', [1, 2], /at annotations\.0\.face_kpts: there are 2 numbers, not three for each keypoint/],
    ['lefthand_kpts', ['a'], /at annotations\.0\.lefthand_kpts: these are no numbers/],
  ] as const)('with a wrong %s are refused by name', (list, value, message) => {
    const wrong = { ...document, annotations: [{ ...annotation, [list]: value }] };
    expect(() => readRecording([cocoFile(wrong)])).toThrow(message);
  });
});

describe('MediaPipe’s face of 478 points', () => {
  const points = Float32Array.from({ length: 478 * 3 }, (_, at) =>
    at % 3 === 2 ? 0.5 + random() / 2 : random() * 640,
  );
  const face: Pose = { set: 'face-478', points, world: null, handedness: null };
  const [first] = recording.frames;
  const frames = first ? [{ ...first, people: first.people.map((person) => ({ ...person, face })) }] : [];

  it.each(['limn-json', 'csv-long', 'npz', 'pose'] as const)('comes back out of %s', (format) => {
    const bytes = writeWith(format, new Recording(info, frames));
    const [person] = readRecording([{ name: NAMES[format] ?? '', bytes }]).frames[0]?.people ?? [];
    expect(person?.face?.set).toBe('face-478');
    expect([...(person?.face?.points ?? [])]).toEqual([...points]);
  });

  it.each([
    ['openpose-json', 2],
    ['coco', 4],
  ] as const)('is OpenPose’s 70 in %s', (format, digits) => {
    const bytes = writeWith(format, new Recording(info, frames));
    const [person] = readRecording([{ name: NAMES[format] ?? '', bytes }]).frames[0]?.people ?? [];
    const expected = convertPose(face, 'face-70');
    const count = format === 'coco' ? 68 : 70;
    expect([...(person?.face?.points.subarray(0, count * 3) ?? [])]).toEqual(
      [...expected.points.subarray(0, count * 3)].map((value) => expect.closeTo(value, digits)),
    );
  });
});
