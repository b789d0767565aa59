import { describe, expect, it } from 'vitest';
import { layBeside } from '../../../../src/app/opening/lay-beside.ts';
import { describeOthers } from '../../../../src/app/opening/reading.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { toCocoTakes } from '../../../../src/formats/coco/takes.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import {
  cocoAnnotation,
  cocoDocument,
  cocoFile,
  cocoImage,
  cocoKeypoints,
  largeCocoFile,
  personCategory,
} from '../../../helpers/coco-files.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, readShared } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const fault = (name: string) => readRecording([{ name, bytes: readShared(`faults/${name}`) }]);
const read = (value: unknown, name?: string) => readRecording([cocoFile(value, name)]);
const numbersOf = ({ frames }: Recording) => frames.map(({ index }) => index);
const scoresOf = (recording: Recording, frame = 0) =>
  [...(recording.frames[frame]?.people[0]?.body?.points ?? [])].filter((_, at) => at % 3 === 2);
const result = (imageId: unknown, more: object = {}) => ({
  image_id: imageId,
  category_id: 1,
  keypoints: cocoKeypoints(17, () => 0.5),
  score: 0.75,
  ...more,
});
const upTo = (count: number, first = 0) => Array.from({ length: count }, (_, i) => i + first);
const video = (frames: number, width = 640, height = 427) => ({
  name: 'base.mp4',
  width,
  height,
  times: Float64Array.from({ length: frames }, (_, i) => i / 25),
});

describe('Coordinates from 0 to 1', () => {
  const shares = cocoKeypoints(17).map((value, at) =>
    at % 3 === 2 ? value : value / (at % 3 === 0 ? 640 : 427),
  );
  const pointOf = (recording: Recording) => {
    const [x = 0, y = 0] = recording.frames[0]?.people[0]?.body?.points ?? [];
    return [Number(x.toFixed(2)), Number(y.toFixed(2))];
  };

  it('are brought to the pixels of their image, and go out in pixels', () => {
    const recording = read({
      images: [cocoImage(1)],
      annotations: [cocoAnnotation(1, 1, shares)],
      categories: [personCategory],
    });
    expect(pointOf(recording)).toEqual([10, 20.25]);
    expect(recording.info.notes).toEqual([
      'Coordinates are shares of the pictures’ sizes: they were brought to their pixels.',
    ]);
    const again = readRecording([{ name: 'b.json', bytes: writeWith('coco-annotations', recording) }]);
    expect(pointOf(again)).toEqual([10, 20.25]);
    expect(again.info.notes?.join() ?? '').not.toMatch(/shares/);
  });

  it('have a supposed size without images, and their video’s beside it', () => {
    const recording = read([result(0, { keypoints: shares })]);
    expect(pointOf(recording)).toEqual([30, Number(((20.25 / 427) * 1080).toFixed(2))]);
    expect(recording.info).toMatchObject({ width: 1920, height: 1080, sizeFrom: 'shares-of-size' });
    const { frames } = layBeside(recording, video(1));
    expect(pointOf(new Recording(recording.info, frames))).toEqual([10, 20.25]);
  });
});

describe.skipIf(!hasSharedData)('COCO files as others write them', () => {
  it('counts a score over 1 as 1 and keeps the others', () => {
    const scores = scoresOf(fault('rtmpose_results.json'));
    expect(scores[0]).toBeCloseTo(0.872, 3);
    expect(scores[6]).toBe(1);
  });

  it('finds joints by name in Human3.6M’s order, and says what is left out', () => {
    const recording = fault('mmpose_h36m_coco.json');
    const points = recording.frames[0]?.people[0]?.body?.points;
    // The file's second keypoint is the left hip, COCO's twelfth.
    expect([...(points?.slice(33, 35) ?? [])]).toEqual([500.99609375, 448.0298767089844].map(Math.fround));
    expect(scoresOf(recording)[0]).toBe(0);
    expect(recording.info.notes?.join(' ')).toMatch(
      /names 12, which are read; left out: root \(pelvis\), spine/,
    );
  });

  it('finds PoseTrack’s joints by name, takes its 1 for visible and its ids for no times', () => {
    const recording = fault('mmpose_test_posetrack18_val.json');
    expect(recording.frames.map(({ time }) => time)).toEqual([0, 1, 2]);
    const scores = scoresOf(recording);
    // The file has neither eyes nor ears here.
    expect(scores.slice(0, 9)).toEqual([1, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(recording.info.notes?.join(' ')).toMatch(/1 is taken for visible/);
    expect(recording.info.notes?.join(' ')).toMatch(/3 images are taken for single pictures/);
  });

  it.each([
    ['official_layout.json', 3],
    ['mmpose_test_coco.json', 12],
    ['catfirst_results.json', 4],
    ['mixed_bbox.json', 1],
    ['cvat_order.json', 1],
  ])('reads %s, as many people as have keypoints', (name, count) => {
    expect(fault(name).frames.flatMap((frame) => frame.people)).toHaveLength(count);
  });

  it('takes a category that names no keypoints for COCO, and begins with the video', () => {
    const { frames, info } = layBeside(fault('cocoframes.json'), video(45, 320, 240));
    expect(frames.map(({ index }) => index)).toEqual(upTo(45));
    expect(frames.map(({ people }) => people[0]?.body?.points[0])).toEqual(upTo(45));
    expect(info).not.toHaveProperty('incomplete');
  });

  it('makes no people of annotations whose keypoints are all unmarked', () => {
    const people = fault('official_layout.json').frames.flatMap((frame) => frame.people);
    expect(people.every(({ body }) => body?.points.some((value, at) => at % 3 === 2 && value > 0))).toBe(
      true,
    );
  });
});

it('COCO’s boxes without keypoints are nobody, and it is said', () => {
  const recording = read([{ image_id: 0, category_id: 1, bbox: [1, 2, 3, 4], score: 0.5 }]);
  expect(recording.info.notes).toEqual([
    'Nobody has keypoints in the file: its entries are boxes or outlines only.',
  ]);
});

describe('COCO’s images', () => {
  it('are found by their ids, whether these are numbers or texts', () => {
    const recording = read({
      images: [cocoImage(7, { id: '7' })],
      annotations: [cocoAnnotation(1, 7, cocoKeypoints())],
      categories: [personCategory],
    });
    expect(recording.frames.map(({ people }) => people.length)).toEqual([1]);
    expect(recording.info).toMatchObject({ width: 640, height: 427 });
  });

  it('that are numbered from 1 begin with the video’s first frame, and none is lost', () => {
    const recording = read(upTo(45, 1).map((id) => result(id)));
    expect(numbersOf(recording)).toEqual(upTo(45));
    expect(recording.info.notes?.join()).toMatch(/numbered from 1/);
    expect(layBeside(recording, video(45)).info).not.toHaveProperty('incomplete');
  });

  it('that are numbered from 0, or from later, keep their numbers and gaps', () => {
    expect(numbersOf(read([0, 1, 2, 5, 6].map((id) => result(id))))).toEqual([0, 1, 2, 5, 6]);
    expect(numbersOf(read([100, 105, 110, 115, 125].map((id) => result(id))))).toEqual([
      100, 105, 110, 115, 125,
    ]);
  });

  it('that are photos have no times: one a second, by their ids, with names and sizes', () => {
    const recording = read(cocoDocument());
    expect(recording.frames.map(({ index, time, name, width }) => [index, time, name, width])).toEqual([
      [0, 0, '000000037777.jpg', undefined],
      [1, 1, '000000252219.jpg', 640],
      [2, 2, '000000397133.jpg', 640],
    ]);
    expect(recording.info.width).toBe(352);
    expect(recording.info.notes?.join()).toMatch(/3 images are taken for single pictures, a second each/);
  });

  it('may be more than a stack has room for', () => {
    const images = Array.from({ length: 300_000 }, (_, i) => ({
      id: (i * 7919) % 1_299_709,
      fileName: null,
      size: null,
      time: null,
      video: null,
      frame: null,
      text: null,
    }));
    expect(toCocoTakes(images, false).map(({ frames }) => frames.length)).toEqual([300_000]);
  });

  it('that share times are told apart by their numbers', () => {
    const images = [1, 2, 3].map((id) => cocoImage(id, { time: id === 1 ? 0 : 0.5 }));
    const annotations = images.map(({ id }, i) => cocoAnnotation(i, Number(id), cocoKeypoints()));
    const recording = read({ images, annotations, categories: [personCategory] });
    expect(recording.frames).toHaveLength(3);
    expect(recording.info.notes?.join(' ')).toMatch(
      /^Several images have the same time: times are passed over\./,
    );
  });

  it('of several videos are as many recordings, in the order of their frames’ numbers', () => {
    const images = [
      cocoImage(10_000_001, { video_id: 1, frame_id: 0 }),
      cocoImage(10_000_003, { video_id: 1, frame_id: 2 }),
      cocoImage(10_000_002, { video_id: 1, frame_id: 1 }),
      cocoImage(20_000_001, { video_id: 2, frame_id: 4 }),
      cocoImage(20_000_002, { video_id: 2, frame_id: 5 }),
    ];
    const annotations = images.map(({ id }, i) => cocoAnnotation(i, Number(id), cocoKeypoints()));
    const recordings = readRecordings([cocoFile({ images, annotations, categories: [personCategory] })]);
    expect(recordings.map(numbersOf)).toEqual([
      [0, 1, 2],
      [4, 5],
    ]);
    expect(recordings.map(({ info }) => info.source.name)).toEqual(['a 1', 'a 2']);
  });
});

describe('COCO’s third numbers', () => {
  const annotated = (thirdOf: (i: number) => number) =>
    read({
      images: [cocoImage(1)],
      annotations: [cocoAnnotation(1, 1, cocoKeypoints(17, thirdOf))],
      categories: [personCategory],
    });

  it('are visibilities in annotations, of which 1 is hidden', () => {
    expect(scoresOf(annotated((i) => i % 3)).slice(0, 3)).toEqual([0, 0.5, 1]);
  });

  it('are flags where none is over 1, and it is said', () => {
    const recording = annotated((i) => i % 2);
    expect(scoresOf(recording).slice(0, 3)).toEqual([0, 1, 0]);
    expect(recording.info.notes?.join()).toMatch(/1 is taken for visible/);
  });

  it('are scores in results, and where predictions were put into annotations', () => {
    expect(scoresOf(read([result(0)]))[0]).toBe(0.5);
    expect(scoresOf(annotated((i) => (i === 4 ? 0.25 : 1))).slice(3, 5)).toEqual([1, 0.25]);
  });
});

describe('Keypoints in COCO’s form', () => {
  it('of AlphaPose are read: names of pictures as ids, tracks as numbers in lists', () => {
    const box = [1, 2, 3, 4];
    const recording = read([
      result('0.jpg', { box, idx: [[3]], keypoints: cocoKeypoints(26, () => 0.9), score: 2.9 }),
      result('1.jpg', { box, idx: [3], keypoints: cocoKeypoints(26, () => 0.9), score: 2.9 }),
      result('10.jpg', { box, idx: 3, keypoints: cocoKeypoints(26, () => 0.9), score: 2.9 }),
    ]);
    expect(numbersOf(recording)).toEqual([0, 1, 10]);
    expect(recording.frames.map(({ people }) => [people[0]?.id, people[0]?.score])).toEqual([
      [3, 1],
      [3, 1],
      [3, 1],
    ]);
    expect(recording.frames[0]?.people[0]?.body?.set).toBe('halpe-26');
    expect(recording.info.notes).toBeUndefined();
  });

  it('of HALPE (136) are the body, hands and a face', () => {
    const { frames } = read([result('a.jpg', { keypoints: cocoKeypoints(136, () => 0.9) })]);
    const [person] = frames[0]?.people ?? [];
    expect([
      person?.body?.set,
      person?.leftHand?.points[0],
      person?.rightHand?.points[0],
      person?.face?.points[0],
    ]).toEqual(['halpe-26', 10 + 94, 10 + 115, 10 + 26]);
  });

  it('may be null, lists of three, NaN, and under ids that are texts', () => {
    const name = 'a.json';
    const text = JSON.stringify([
      result('5', { keypoints: null, bbox: [1, 2, 3, 4] }),
      result('5', { keypoints: Array.from({ length: 17 }, (_, i) => [i, i, 0.5]), track_id: '7' }),
      result('6', { keypoints: cocoKeypoints(17, () => 0.5), score: 0.123 }),
    ])
      .replace('[3,3,0.5]', '[NaN,3,0.5]')
      .replace('0.123', 'NaN');
    const { frames } = readRecording([{ name, bytes: new TextEncoder().encode(text) }]);
    expect(frames.map(({ people }) => people.map(({ id, score }) => [id, score]))).toEqual([
      [[7, 0.75]],
      [[0, 0.5]],
    ]);
    expect([...(frames[0]?.people[0]?.body?.points.slice(6, 12) ?? [])]).toEqual([
      2,
      2,
      0.5,
      Number.NaN,
      Number.NaN,
      0,
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'of a number that nobody knows',
      [result(1, { keypoints: cocoKeypoints(20) })],
      /a\.json.*at 0\.keypoints: there are 20, without names\. Limn knows COCO \(17\), HALPE \(26\)/,
    ],
    [
      'of another number than their names',
      {
        images: [cocoImage(1)],
        annotations: [cocoAnnotation(1, 1, cocoKeypoints(14))],
        categories: [personCategory],
      },
      /at annotations\.0\.keypoints: there are 14, and their category names 17/,
    ],
    [
      'of an animal',
      {
        images: [cocoImage(1)],
        annotations: [cocoAnnotation(1, 1, cocoKeypoints(3))],
        categories: [{ id: 1, name: 'dog', keypoints: ['nose', 'tail', 'left_front_paw'] }],
      },
      /not those of a person that Limn knows: nose, tail, left_front_paw/,
    ],
    [
      'that are cut off',
      [result(1, { keypoints: [1, 2] })],
      /at 0\.keypoints: there are 2 numbers, not three for each keypoint/,
    ],
  ])('%s are refused by a sentence', (_, value, sentence) => {
    expect(() => read(value)).toThrow(sentence);
  });
});

describe('What is COCO’s', () => {
  it.each<[string, unknown]>([
    ['results whose category comes first', [{ category_id: 1, image_id: 0, keypoints: cocoKeypoints() }]],
    ['results behind 100 kB of a mask', [{ segmentation: { counts: 'x'.repeat(100_000) }, ...result(0) }]],
    [
      'annotations whose images come last',
      { annotations: [], categories: [personCategory], images: [cocoImage(1)] },
    ],
    [
      'annotations of which the first is a box',
      {
        info: { description: 'x'.repeat(1000) },
        annotations: [{ id: 1, image_id: 1, bbox: [1, 2, 3, 4] }, cocoAnnotation(2, 1, cocoKeypoints())],
        images: [cocoImage(1)],
        categories: [personCategory],
      },
    ],
    ['results of which the first is a box', [{ image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] }, result(1)]],
  ])('%s', (_, value) => {
    expect(read(value).frames).toHaveLength(1);
  });

  it('files with thousands of outlines, of which only the entries at hand become objects', () => {
    const { frames } = readRecording([largeCocoFile(1000)]);
    expect(frames.map(({ people }) => people.length)).toEqual(new Array(1000).fill(1));
    expect(frames.map(({ coco }) => coco?.others?.length)).toEqual(new Array(1000).fill(1));
    const ids = frames.map(({ coco }) => Number(coco?.imageId));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('two files together are two recordings', () => {
    const files = [cocoFile(cocoDocument(), 'train.json'), cocoFile([result(0), result(1)], 'b_coco.json')];
    const recordings = readRecordings(files);
    expect(recordings.map(({ info, frames }) => [info.source.name, frames.length])).toEqual([
      ['train', 3],
      ['b', 2],
    ]);
    expect(describeOthers(recordings.length - 1)).toMatch(/more than one recording in these files/);
  });
});
