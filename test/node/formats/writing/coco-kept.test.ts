import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { layBeside } from '../../../../src/app/opening/lay-beside.ts';
import { MARKS, mapPoses, type Person, type Pose } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import { recordingInfoSchema } from '../../../../src/formats/recording-info.ts';
import { smoothRecording } from '../../../../src/motion/smoothing/smoother.ts';
import { decodeBatch, encodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import {
  cocoAnnotation,
  cocoDocument,
  cocoFile,
  cocoImage,
  cocoKeypoints,
  type Json,
  personCategory,
} from '../../../helpers/coco-files.ts';
import { changePeople } from '../../../helpers/odd-recordings.ts';
import { bodyAt, personAt } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, readShared, readSharedJson } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

type Document = ReturnType<typeof cocoDocument>;

const parse = <T>(bytes: Uint8Array): T => JSON.parse(new TextDecoder().decode(bytes)) as T;

/** As the page keeps recordings: frames in chunks of bytes, info as checked JSON. */
function throughStore({ info, frames }: Recording): Recording {
  const { frames: decoded } = decodeBatch(encodeBatch({ piece: 0, isLast: true, frames }));
  const kept = v.parse(recordingInfoSchema, JSON.parse(JSON.stringify(info)));
  return new Recording(kept as Recording['info'], decoded);
}

function throughLimnJson(recording: Recording): Recording {
  return readRecording([{ name: 'a.limn.json', bytes: writeWith('limn-json', recording) }]);
}

/** What is written of a recording, without what Limn says of the making. */
function annotationsOf(recording: Recording): Document {
  const written = parse<Document & { info: Json }>(writeWith('coco-annotations', recording));
  const { limn, ...info } = written.info;
  expect(limn).toBeDefined();
  return { ...written, info };
}

const byId = (list: readonly Json[]) => [...list].sort((a, b) => Number(a.id) - Number(b.id));
const sorted = ({ images, annotations, ...rest }: Document): Document => ({
  images: byId(images),
  annotations: byId(annotations),
  ...rest,
});
const read = (document: unknown) => readRecording([cocoFile(document)]);

describe('A COCO file that goes in comes out', () => {
  it.each([
    ['at once', (recording: Recording) => recording],
    ['after it was stored', throughStore],
    ['by way of Limn’s JSON', throughLimnJson],
    [
      'smoothed, as the page does: photos are too far apart',
      (recording: Recording) => smoothRecording(recording),
    ],
    ['read again from what was written', (recording: Recording) => read(annotationsOf(recording))],
  ])('equal, field for field: %s', (_, keep) => {
    const document = cocoDocument();
    const recording = keep(read(document));
    expect(recording.frames.map(({ people }) => people.length)).toEqual([1, 0, 1]);
    expect(sorted(annotationsOf(recording))).toEqual(sorted(document));
  });

  it
    .skipIf(!hasSharedData)
    .each([
      'official_layout.json',
      'mmpose_test_coco.json',
      'mmpose_h36m_coco.json',
      'mmpose_test_posetrack18_val.json',
      'cocoframes.json',
      'cvat_order.json',
      'mixed_bbox.json',
    ])('equal, of others’ files: %s', (name) => {
    const recordings = readRecordings([{ name, bytes: readShared(`faults/${name}`) }]);
    expect(recordings).toHaveLength(1);
    const { info, ...written } = sorted(annotationsOf(throughStore(recordings[0] as Recording)));
    const { info: givenInfo, ...document } = readSharedJson<Document & { info?: Json }>(`faults/${name}`);
    expect(written).toEqual(sorted(document as Document));
    // Limn says how a file was made in its info, if need be in a new one.
    if (givenInfo) expect(info).toEqual(givenInfo);
  });

  it('equal, as results with fields of their own and ids that are texts', () => {
    const results = ['0.jpg', '1.jpg'].map((image_id) => ({
      image_id,
      category_id: 1,
      keypoints: cocoKeypoints(26, () => 0.123456789),
      score: 2.94021,
      box: [1, 2, 3, 4],
      idx: [[12]],
    }));
    const [first, second] = parse<Json[]>(writeWith('coco', throughStore(read(results))));
    const { limn, ...rest } = first ?? {};
    expect(limn).toBeDefined();
    expect([rest, second]).toEqual(results);
  });

  it('without a number that is none, which JSON doesn’t have', () => {
    const text = JSON.stringify([{ image_id: 1, category_id: 1, bbox: [1, 2, 3, 0.123] }]).replace(
      '0.123',
      'NaN',
    );
    const recording = readRecording([{ name: 'a.json', bytes: new TextEncoder().encode(text) }]);
    expect(parse<Json[]>(writeWith('coco', recording))).toMatchObject([{ bbox: [1, 2, 3, null] }]);
  });
});

describe('What was changed', () => {
  const document = cocoDocument();
  const original = byId(document.annotations);
  const change = (person: Person, id: number, changed: (person: Person) => Person) =>
    person.extras?.coco?.entry.includes(`"id":${id}}`) ? changed(person) : person;
  /** Moves the first two keypoints of the person whose visibilities are 0, 1, 2, … */
  const moved = changePeople(read(document), (person) =>
    change(person, 908_000, (found) =>
      mapPoses(found, (pose) => {
        const points = pose.points.slice();
        points.set([5, 6, 1], 0);
        points.set([7, 8], 3);
        return { ...pose, points };
      }),
    ),
  );

  it('in a keypoint is written, and everything else as it was', () => {
    const written = byId(annotationsOf(moved).annotations);
    const before = original.find(({ id }) => id === 908_000);
    const keypoints = [...(before?.keypoints as number[])];
    // A keypoint that wasn't labelled is now there; a hidden one that is moved stays hidden.
    keypoints.splice(0, 6, 5, 6, 2, 7, 8, 1);
    expect(written).toEqual(
      original.map((each) => (each.id === 908_000 ? { ...each, keypoints, num_keypoints: 12 } : each)),
    );
  });

  it.each([
    ['COCO-WholeBody', 133, { leftHand: 91, rightHand: 112, face: 23 }],
    ['HALPE', 136, { leftHand: 94, rightHand: 115, face: 26 }],
  ] as const)('in hands and a face is written at its place: %s (%i)', (_, count, places) => {
    const results = [{ image_id: 1, category_id: 1, keypoints: cocoKeypoints(count, () => 0.5), score: 0.5 }];
    const plain = read(results);
    const written = (recording: Recording): Json => {
      const [{ limn, ...first } = {}] = parse<Json[]>(writeWith('coco', throughStore(recording)));
      return first;
    };
    expect(written(plain)).toEqual(results[0]);
    const moveSecond = (pose: Pose, x: number): Pose => {
      const points = pose.points.slice();
      points.set([x, 8, 1], 3);
      const marks = new Uint8Array(points.length / 3);
      marks[1] = MARKS.corrected;
      return { ...pose, points, marks };
    };
    const changed = changePeople(plain, (person) => {
      const { leftHand, rightHand, face } = person;
      return {
        ...person,
        leftHand: leftHand && moveSecond(leftHand, 1),
        rightHand: rightHand && moveSecond(rightHand, 2),
        ...(face && { face: moveSecond(face, 3) }),
      };
    });
    const keypoints = [...(results[0]?.keypoints ?? [])];
    const at = [places.leftHand, places.rightHand, places.face].map((start) => start + 1);
    for (const [i, place] of at.entries()) keypoints.splice(place * 3, 3, i + 1, 8, 1);
    expect(written(changed)).toEqual({ ...results[0], keypoints, corrected: at });
  });

  it('of lists in Human3.6M’s order is written in that order', () => {
    const { frames } = actorRecording(12);
    const results = frames.map(({ index, people: [person] }) => {
      const { points } = convertPose(person?.body ?? bodyAt(0, 0), 'h36m-17');
      const keypoints = Array.from(points, (value) => (Number.isNaN(value) ? 0 : value));
      return { image_id: index, category_id: 1, keypoints, score: 0.5 };
    });
    const plain = read(results);
    expect(plain.frames[0]?.people[0]?.body?.set).toBe('h36m-17');
    const again = parse<Json[]>(writeWith('coco', plain));
    expect(again.map(({ limn, ...rest }) => rest)).toEqual(results);
  });

  it('in an id is written as track_id', () => {
    const renamed = changePeople(read(document), (person) =>
      change(person, 908_000, (found) => ({ ...found, id: 12 })),
    );
    expect(byId(annotationsOf(renamed).annotations)).toEqual(
      original.map((each) => (each.id === 908_000 ? { ...each, track_id: 12 } : each)),
    );
  });

  it('by leaving somebody out, or by somebody new, who gets ids and a category that are free', () => {
    const posed = {
      ...document,
      categories: [{ id: 3, name: 'person', keypoints: [...personCategory.keypoints].reverse() }],
      annotations: [cocoAnnotation(8, 37_777, cocoKeypoints(), { category_id: 3 })],
    };
    const { info, frames } = read(posed);
    const [first, ...others] = frames;
    if (!first) throw new Error('There is an image.');
    const added = { ...first, people: [...first.people, personAt(4, 50, 60)] };
    const written = annotationsOf(new Recording(info, [added, ...others]));
    expect(written.annotations.map(({ id, image_id, category_id }) => [id, image_id, category_id])).toEqual([
      [8, 37_777, 3],
      [9, 37_777, 4],
    ]);
    expect((written.categories as Json[]).map(({ id }) => id)).toEqual([3, 4]);
    const without = annotationsOf(new Recording(info, [{ ...first, people: [] }, ...others]));
    expect(without).toEqual({ ...posed, annotations: [] });
  });

  it('to another picture’s size is written in its pixels, without what was in others', () => {
    const video = { name: 'a.mp4', width: 1280, height: 854, times: Float64Array.of(0) };
    const { info, frames } = layBeside(
      read({
        ...document,
        images: [cocoImage(9, { frame_id: 0 })],
        annotations: [
          cocoAnnotation(8, 9, cocoKeypoints()),
          { id: 5, image_id: 9, category_id: 1, bbox: [1, 2, 3, 4] },
        ],
      }),
      video,
    );
    const written = annotationsOf(new Recording(info, frames));
    expect(written.images).toEqual([expect.objectContaining({ id: 9, width: 1280, height: 854 })]);
    expect(written.annotations).toHaveLength(1);
    expect((written.annotations[0]?.keypoints as number[]).slice(0, 3)).toEqual([20, 40.5, 2]);
    expect(written.annotations[0]).not.toHaveProperty('segmentation');
  });
});
