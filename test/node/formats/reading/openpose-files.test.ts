import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pointScore, pointX, pointY } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import { decodeBatch, encodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { flatBody, jsonFile, openPoseFile, openPoseFrames } from '../../../helpers/openpose-files.ts';
import { info, sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, readShared } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const body = (recording: Recording, frame = 0, person = 0) => {
  const pose = recording.frames[frame]?.people[person]?.body;
  if (!pose) throw new Error('Nobody is there.');
  return pose;
};
const fault = (name: string) => ({ name, bytes: readShared(`faults/${name}`) });
const dance = (number: string) => `dance_${number}_keypoints.json`;

describe('JSON Lines', () => {
  it.each(['Dağ.mp4', '一.mp4', 'Ünlü “ё”.mp4', '🩰.mp4'])('of %s are read back', (name) => {
    const recording = new Recording({ ...info, source: { kind: 'video', name } }, sampleRecording().frames);
    const bytes = writeWith('openpose-jsonl', recording);
    expect(readRecording([{ name: `${name}_openpose.jsonl`, bytes }]).frames).toHaveLength(3);
  });

  it('keep the numbers of frames', () => {
    const frames = sampleRecording().frames.map((frame, i) => ({ ...frame, index: i * 5 + 2 }));
    const bytes = writeWith('openpose-jsonl', new Recording(info, frames));
    expect(readRecording([{ name: 'a.jsonl', bytes }]).frames.map(({ index }) => index)).toEqual([2, 7, 12]);
  });
});

describe('Numbers of frames', () => {
  it.each([
    ['with gaps', [0, 1, 2, 10, 11, 20]],
    ['of every fifth frame', Array.from({ length: 20 }, (_, i) => 100 + 5 * i)],
  ])('%s are those of the files', (_, numbers) => {
    const { frames } = readRecording(openPoseFrames(dance, [...numbers].reverse()));
    expect(frames.map(({ index }) => index)).toEqual(numbers);
    expect(frames.map(({ time }) => time)).toEqual(numbers.map((number) => number / 30));
    expect(frames.map(({ people }) => people[0]?.body?.points[0])).toEqual(numbers.map((n) => 100 + n));
  });

  it.skipIf(!hasSharedData)('of real files, too', () => {
    const indices = (name: string) => readRecording([fault(name)]).frames.map(({ index }) => index);
    expect(indices('gaps.zip')).toEqual([0, 1, 2, 10, 11, 20]);
    expect(indices('step5.zip')).toEqual(Array.from({ length: 20 }, (_, i) => 100 + 5 * i));
  });

  it('go out again in the files’ names', () => {
    const entries = writeWith('openpose-json', readRecording(openPoseFrames(dance, [100, 105])));
    const [again] = readRecordings([{ name: 'x.zip', bytes: entries }]);
    expect(again?.frames.map(({ index }) => index)).toEqual([100, 105]);
    expect(again?.info.source.name).toBe('dance');
  });

  it('are none where pictures have names of their own, or numbers that can’t be', () => {
    const named = ['beach', 'tower', '7 hills'].map((name) =>
      openPoseFile(`${name}_keypoints.json`, [{ pose_keypoints_2d: flatBody(25) }]),
    );
    const pictures = readRecording(named);
    expect(pictures.frames.map(({ index, time, name }) => [index, time, name])).toEqual([
      [0, 0, '7 hills'],
      [1, 1, 'beach'],
      [2, 2, 'tower'],
    ]);
    expect(pictures.info.notes?.[0]).toMatch(/3 files are taken for single pictures/);
    const stamps = readRecording(
      [1_700_000_000_033, 1_700_000_000_000].map((ms) =>
        openPoseFile(`s_${ms}.json`, [{ pose_keypoints_2d: flatBody(25) }]),
      ),
    );
    expect(stamps.frames.map(({ index }) => index)).toEqual([0, 1]);
    expect(stamps.info.notes).toEqual([
      'The files’ names have no usable numbers of frames in them: they are numbered as they come.',
    ]);
  });

  it('that one document has twice, or not at all, are told of that document', () => {
    const frame = { people: [{ pose_keypoints_2d: flatBody(25) }] };
    const lines = [7, 7].map((number) => JSON.stringify({ ...frame, frame: number })).join('\n');
    for (const file of [jsonFile('a.jsonl', lines), jsonFile('a.json', { 'x.jpg': frame, 'y.jpg': frame })]) {
      const { frames, info: read } = readRecording([file]);
      expect(frames.map(({ index }) => index)).toEqual([0, 1]);
      expect(read.notes).toEqual([
        `The frames in ${file.name} have no usable numbers: they are numbered as they come.`,
      ]);
    }
  });
});

describe('Several cameras', () => {
  const cameras = (nameOf: (camera: number, number: string) => string) =>
    [1, 2].flatMap((camera) => openPoseFrames((number) => nameOf(camera, number), [0, 1, 2, 3, 4]));

  it.each([
    [
      'in folders with names of their own',
      (c: number, n: string) => `pose/cam${c}_json/cam${c}_${n}_keypoints.json`,
    ],
    ['in one folder', (c: number, n: string) => `cam${c}_${n}_keypoints.json`],
    ['only in folders', (c: number, n: string) => `cam${c}/${n}_keypoints.json`],
    ['as OpenPose numbers its views', (c: number, n: string) => `walk_${n}_${c}_keypoints.json`],
    ['as Pose2Sim names them', (c: number, n: string) => `cam${c}_json/cam${c}_${n.slice(-6)}.json`],
  ])('%s are as many recordings', (_, nameOf) => {
    const recordings = readRecordings(cameras(nameOf));
    expect(recordings.map(({ frames }) => frames.map(({ index }) => index))).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ]);
    expect(new Set(recordings.map((each) => each.info.source.name)).size).toBe(2);
  });

  it('in two ZIPs with the same names inside are two recordings', () => {
    const zip = zipSync(
      Object.fromEntries(
        openPoseFrames((n) => `${n}_keypoints.json`, [0, 1]).map(({ name, bytes }) => [name, bytes]),
      ),
    );
    const recordings = readRecordings([
      { name: 'left.zip', bytes: zip },
      { name: 'right.zip', bytes: zip },
    ]);
    expect(recordings.map((each) => each.info.source.name)).toEqual(['left.zip', 'right.zip']);
  });

  it.skipIf(!hasSharedData)('of a real ZIP are never mixed', () => {
    const recordings = readRecordings([fault('twocams.zip')]);
    expect(recordings.map((each) => each.info.source.name)).toEqual(['cam1', 'cam2']);
    expect(recordings.map((each) => each.frames.map(({ people }) => people[0]?.body?.points[0]))).toEqual([
      [1100, 1101, 1102, 1103, 1104],
      [2100, 2101, 2102, 2103, 2104],
    ]);
  });
});

describe('What lies beside the data', () => {
  const files = openPoseFrames(dance, [0, 1, 2]);
  it('in a ZIP is passed over without a word', () => {
    const zip = zipSync({
      ...Object.fromEntries(files.map(({ name, bytes }) => [`out/${name}`, bytes])),
      ...Object.fromEntries(files.map(({ name }) => [`__MACOSX/out/._${name}`, strToU8('\0\x05\x16\x07')])),
      'out/.DS_Store': strToU8('Bud1'),
      'out/Thumbs.db': strToU8('x'),
      'README.md': strToU8('# dance'),
      LICENSE: strToU8('MIT'),
      'out/dance_000000000000_rendered.png': strToU8('\x89PNG'),
    });
    const recording = readRecording([{ name: 'dance.zip', bytes: zip }]);
    expect(recording.frames).toHaveLength(3);
    expect(recording.info).not.toHaveProperty('notes');
    expect(recording.info.source.name).toBe('dance');
  });

  it('is named where it might have been data', () => {
    const zip = zipSync({
      [files[0]?.name ?? '']: files[0]?.bytes ?? new Uint8Array(),
      'x.json': strToU8('{"a":1}'),
    });
    expect(readRecording([{ name: 'dance.zip', bytes: zip }]).info.notes).toEqual([
      'Left out, for no keypoints that Limn can read are in it: dance.zip/x.json.',
    ]);
  });

  it.skipIf(!hasSharedData)('in a ZIP of macOS, too', () => {
    const recording = readRecording([fault('macos.zip')]);
    expect(recording.frames).toHaveLength(3);
    expect(recording.info).not.toHaveProperty('notes');
  });

  it('keeps names in UTF-8 that aren’t marked as such, as macOS zips them', () => {
    const zip = zipSync({ 'Dag\u0306_000000000007_keypoints.json': files[0]?.bytes ?? new Uint8Array() });
    // Bit 11 of the flags says that the name is UTF-8: in both headers.
    for (let at = 0; at + 4 < zip.length; at++) {
      if (zip[at] !== 0x50 || zip[at + 1] !== 0x4b) continue;
      if (zip[at + 2] === 3) zip[at + 7] = 0;
      if (zip[at + 2] === 1) zip[at + 9] = 0;
    }
    expect(readRecording([{ name: 'x.zip', bytes: zip }]).info.source.name).toBe('Dag\u0306');
  });
});

describe('3-D', () => {
  // Somebody standing three metres in front of the camera: x right, y down, z away from it.
  const standing = (names: Readonly<Record<number, readonly number[]>>) =>
    Array.from({ length: 25 }, (_, i) => names[i] ?? [0, 0, 0, 0]).flat();
  const space = standing({
    0: [0.5, -0.65, 2.9, 1],
    8: [0.5, 0.05, 3, 1],
    9: [0.4, 0.05, 3, 1],
    12: [0.6, 0.05, 3, 1],
    22: [0.37, 1, 2.8, 1],
  });
  const file = openPoseFile('a_keypoints.json', [
    { person_id: [4], pose_keypoints_2d: flatBody(25), pose_keypoints_3d: space },
  ]);

  it('has y down in the file and y up here, the pelvis at the origin', () => {
    const { world } = body(readRecording([file]));
    const at = (i: number) =>
      [...(world?.subarray(i * 4, i * 4 + 4) ?? [])].map((value) => Math.round(value * 1e6) / 1e6);
    expect(at(0)).toEqual([0, 0.7, 0.1, 1]);
    expect(at(22)).toEqual([-0.13, -0.95, 0.2, 1]);
    expect(at(8)).toEqual([0, 0, 0, 1]);
    expect(at(1)).toEqual([Number.NaN, Number.NaN, Number.NaN, 0]);
  });

  it('goes out again as it was, also out of the store and Limn JSON', () => {
    const recording = readRecording([file]);
    const stored = decodeBatch(encodeBatch({ piece: 0, isLast: true, frames: recording.frames }));
    const json = readRecording([{ name: 'a.limn.json', bytes: writeWith('limn-json', recording) }]);
    for (const frames of [recording.frames, stored.frames, json.frames]) {
      const lines = new TextDecoder().decode(
        writeWith('openpose-jsonl', new Recording(recording.info, frames)),
      );
      expect(JSON.parse(lines).people[0].pose_keypoints_3d).toEqual(space);
    }
  });

  it.each([
    [
      'of other keypoints than in the picture',
      { pose_keypoints_2d: flatBody(18), pose_keypoints_3d: space },
      '3-D keypoints of the body are left out: there are 25, and Limn keeps 18 of those in the picture.',
    ],
    [
      'of a hand that isn’t in the picture',
      {
        pose_keypoints_2d: flatBody(18),
        hand_left_keypoints_2d: new Array(63).fill(0),
        hand_left_keypoints_3d: new Array(84).fill(1),
      },
      '3-D keypoints of a hand that isn’t in the picture are left out.',
    ],
    [
      'with no picture',
      { pose_keypoints_3d: space },
      '3-D keypoints of a body that isn’t in the picture are left out.',
    ],
  ])('%s is left out, and it is said', (_, person, note) => {
    const { frames, info: read } = readRecording([openPoseFile('a_keypoints.json', [person])]);
    expect(read.notes).toEqual([note]);
    for (const { body: pose } of frames.flatMap(({ people }) => people)) expect(pose?.world).toBeNull();
  });

  it('that OpenPose looked for and didn’t find is nothing to be said', () => {
    const nothing = { pose_keypoints_3d: new Array(100).fill(0), hand_left_keypoints_3d: [] };
    const person = { pose_keypoints_2d: flatBody(18), ...nothing };
    expect(readRecording([openPoseFile('a_keypoints.json', [person])]).info).not.toHaveProperty('notes');
  });

  it.skipIf(!hasSharedData)('of somebody standing has the nose above the toes', () => {
    const { world } = body(readRecording([fault('stand3d_000000000000_keypoints.json')]));
    const y = (i: number) => world?.[i * 4 + 1] ?? Number.NaN;
    expect(y(0) - y(19)).toBeCloseTo(1.65, 5);
  });
});

describe('People', () => {
  it('of whom there is only a face are left out, and it is said', () => {
    const people = [
      { pose_keypoints_2d: flatBody(25) },
      { pose_keypoints_2d: new Array(75).fill(0), face_keypoints_2d: flatBody(70) },
    ];
    const recording = readRecording([openPoseFile('a_keypoints.json', people)]);
    expect(recording.frames[0]?.people).toHaveLength(1);
    expect(recording.info.notes).toEqual([
      'People of whom there is only a face are left out: Limn needs a body or a hand.',
    ]);
  });

  it('with one id are both kept, and go out with it', () => {
    const twice = (x: number) => [
      { person_id: [0], pose_keypoints_2d: flatBody(25, x) },
      { person_id: [0], pose_keypoints_2d: flatBody(25, x + 300) },
    ];
    const recording = readRecording([
      openPoseFile('a_000000000000_keypoints.json', twice(100)),
      openPoseFile('a_000000000001_keypoints.json', twice(101)),
    ]);
    expect(recording.frames.map(({ people }) => people.map(({ id }) => id))).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(recording.info.notes).toEqual([
      'Two people of one frame have the same id in the file: the second was given one of their own.',
    ]);
    const { frames } = decodeBatch(encodeBatch({ piece: 0, isLast: true, frames: recording.frames }));
    const lines = new TextDecoder().decode(
      writeWith('openpose-jsonl', new Recording(recording.info, frames)),
    );
    expect([...lines.matchAll(/"person_id":\[(-?\d+)\]/g)].map(([, id]) => id)).toEqual(['0', '0', '0', '0']);
  });

  it.each([
    ['3', 3],
    ['"3"', 3],
    ['[3]', 3],
    ['["3"]', 3],
    ['null', 0],
    ['[]', 0],
    ['-1', 0],
    ['"left"', 1],
  ])('have ids of every kind: %s', (id, expected) => {
    const text = `{"people":[{"person_id":${id},"pose_keypoints_2d":[${flatBody(25)}]},{"person_id":0,"pose_keypoints_2d":[]}]}`;
    expect(readRecording([jsonFile('a_keypoints.json', text)]).frames[0]?.people[0]?.id).toBe(
      expected === 0 ? 1 : expected,
    );
  });

  it('keep ids beyond 32 bits; those beyond 2^53, which numbers can’t tell apart, are numbered anew', () => {
    const [long, longer, longest] = ['1099511627776', '9007199254740992', '9007199254740993'];
    const people = [long, longer, longest].map(
      (id) => `{"person_id":[${id}],"pose_keypoints_2d":[${flatBody(25)}]}`,
    );
    const { frames, info } = readRecording([jsonFile('a_keypoints.json', `{"people":[${people}]}`)]);
    expect(frames[0]?.people.map(({ id }) => id)).toEqual([2 ** 40, 2 ** 40 + 1, 2 ** 40 + 2]);
    expect(info.notes).toContain(
      'Ids of people that have more than 15 digits are numbered anew: so many can’t be told apart as numbers.',
    );
  });
});

describe('JSON in the wild', () => {
  it.each([
    [
      'without _2d, as OpenPose wrote it once',
      { version: 1, people: [{ pose_keypoints: flatBody(18), face_keypoints: [] }] },
    ],
    [
      'with bodies and joints, as OpenPose 0.1 and AlphaPose',
      { version: 0.1, bodies: [{ joints: flatBody(18) }] },
    ],
    [
      'of AlphaPose, by the names of pictures',
      { '0.jpg': { version: 0.1, people: [{ pose_keypoints_2d: flatBody(18) }] } },
    ],
    [
      'with null parts, as ControlNet',
      {
        people: [{ pose_keypoints_2d: flatBody(18), face_keypoints_2d: null, hand_left_keypoints_2d: null }],
        canvas_width: 512,
        canvas_height: 768,
      },
    ],
    [
      'as a list, as ComfyUI',
      [{ people: [{ pose_keypoints_2d: flatBody(18) }], canvas_width: 512, canvas_height: 768 }],
    ],
    ['with no number', `{"people":[{"pose_keypoints_2d":[${flatBody(17)},NaN,-Infinity,nan]}]}`],
  ])('is read: %s', (_, content) => {
    const recording = readRecording([jsonFile('a.json', content)]);
    expect(body(recording).set).toBe('coco-18');
    expect(pointX(body(recording), 0)).toBe(100);
    const isGap = typeof content === 'string';
    expect([pointX(body(recording), 17), pointScore(body(recording), 17)]).toEqual(
      isGap ? [Number.NaN, 0] : [270, Math.fround(0.9)],
    );
  });

  it('has the size of its canvas, and shares of it brought to pixels', () => {
    const shares = flatBody(18).map((value, i) =>
      i % 3 === 0 ? value / 512 : i % 3 === 1 ? value / 768 : value,
    );
    const canvas = { canvas_width: 512, canvas_height: 768 };
    const pixels = readRecording([openPoseFile('a.json', [{ pose_keypoints_2d: flatBody(18) }], canvas)]);
    const scaled = readRecording([openPoseFile('a.json', [{ pose_keypoints_2d: shares }], canvas)]);
    expect(pixels.info).toMatchObject({ width: 512, height: 768 });
    expect(scaled.info).toMatchObject({
      width: 512,
      height: 768,
      notes: [expect.stringMatching(/shares of the canvas/)],
    });
    for (const [i, value] of body(pixels).points.entries())
      expect(body(scaled).points[i]).toBeCloseTo(value, 3);
  });

  describe.each([
    ['shares', () => [0.5, 0.5, 0.9, 1, 1, 0.9]],
    ['pixels', (width: number, height: number) => [width / 2, height / 2, 0.9, width, height, 0.9]],
  ])('in %s of canvases that differ in size', (_, pointsOf) => {
    const sizes = [
      [512, 768],
      [1024, 1536],
    ] as const;
    const frames = sizes.map(([width, height]) => ({
      people: [{ pose_keypoints_2d: [...pointsOf(width, height), ...new Array<number>(48).fill(0)] }],
      canvas_width: width,
      canvas_height: height,
    }));
    const placesOf = (recording: Recording, frame: number) =>
      [0, 1].map((i) => [pointX(body(recording, frame), i), pointY(body(recording, frame), i)]);

    it('lies in the pixels of the first, as frames of a video, and it is said', () => {
      const recording = readRecording([jsonFile('a.json', frames)]);
      expect(recording.info).toMatchObject({ width: 512, height: 768 });
      for (const frame of [0, 1]) {
        expect(placesOf(recording, frame)).toEqual([
          [256, 384],
          [512, 768],
        ]);
      }
      expect(recording.frames[1]).not.toHaveProperty('width');
      expect(recording.info.notes).toContain(
        'The frames’ canvases differ in size: coordinates were brought to the first one’s, 512 × 768 pixels.',
      );
    });

    it('lies in the pixels of its own, as single pictures', () => {
      const recording = readRecording(
        frames.map((frame, i) => jsonFile(`${['beach', 'tower'][i]}.json`, frame)),
      );
      expect(recording.frames[0]).not.toHaveProperty('width');
      expect(recording.frames[1]).toMatchObject({ name: 'tower', width: 1024, height: 1536 });
      expect(placesOf(recording, 1)).toEqual([
        [512, 768],
        [1024, 1536],
      ]);
      expect(recording.info.notes?.join()).not.toMatch(/differ in size/);
    });
  });

  it.each([
    ['0 to 1 (keypoint_scale 3)', 0.5, 0.25],
    ['−1 to 1 (keypoint_scale 4)', 0, -0.5],
  ])('with shares from %s is at its place in a supposed picture', (name, x, y) => {
    const flat = flatBody(25).map((value, i) => (i % 3 === 0 ? x : i % 3 === 1 ? y : value));
    const recording = readRecording([openPoseFile('a_keypoints.json', [{ pose_keypoints_2d: flat }])]);
    expect(recording.info).toMatchObject({ width: 1920, height: 1080, sizeFrom: 'shares' });
    expect(recording.info.notes?.[0]).toContain(name);
    expect([pointX(body(recording), 0), pointY(body(recording), 0)]).toEqual([959.5, 269.75]);
  });

  it('has its candidates brought to the same pixels as its keypoints', () => {
    const peaks = (x: number, y: number) => ({ part_candidates: [{ 0: [x, y, 0.5, x, y, 0.25], 1: [] }] });
    const candidatesOf = (flat: readonly number[], more: object) =>
      readRecording([openPoseFile('a_keypoints.json', [{ pose_keypoints_2d: flat }], more)]).frames[0]
        ?.openPose?.partCandidates;
    const shares = flatBody(25).map((value, i) => (i % 3 === 2 ? value : 0.25));
    expect(candidatesOf(shares, peaks(0.5, 0.25))).toEqual([[959.5, 269.75, 0.5, 959.5, 269.75, 0.25], []]);
    const canvas = { canvas_width: 512, canvas_height: 768 };
    expect(candidatesOf(shares, { ...peaks(0.5, 0.25), ...canvas })).toEqual([
      [256, 192, 0.5, 256, 192, 0.25],
      [],
    ]);
    expect(candidatesOf(flatBody(25), peaks(50, 25))).toEqual([[50, 25, 0.5, 50, 25, 0.25], []]);
  });

  it('keeps a face of 68 points as 70 without pupils', () => {
    const person = { pose_keypoints_2d: flatBody(18), face_keypoints_2d: flatBody(68, 300, 1) };
    const [found] = readRecording([openPoseFile('a.json', [person])]).frames[0]?.people ?? [];
    if (!found?.face) throw new Error('The face is gone.');
    expect(found.face.points).toHaveLength(210);
    expect([pointX(found.face, 67), pointScore(found.face, 68), pointScore(found.face, 69)]).toEqual([
      970, 0, 0,
    ]);
  });

  it.each([
    [26, 'halpe-26'],
    [136, 'halpe-26'],
    [133, 'coco-23'],
  ])('reads all of %i keypoints', (count, set) => {
    const recording = readRecording([openPoseFile('a.json', [{ pose_keypoints_2d: flatBody(count) }])]);
    const [person] = recording.frames[0]?.people ?? [];
    expect(person?.body?.set).toBe(set);
    expect(recording.info.notes).toBeUndefined();
    const [face, left, right] = { 26: [], 133: [23, 91, 112], 136: [26, 94, 115] }[count] ?? [];
    expect(person?.face?.points[0]).toBe(face && 100 + 10 * face);
    expect(person?.leftHand?.points[0]).toBe(left && 100 + 10 * left);
    expect(person?.rightHand?.points[0]).toBe(right && 100 + 10 * right);
  });

  it.each([25, 18, 17])('says that scores are missing where %i keypoints have two numbers each', (count) => {
    const flat = flatBody(count).filter((_, at) => at % 3 !== 2);
    expect(() => readRecording([openPoseFile('a.json', [{ pose_keypoints_2d: flat }])])).toThrow(
      `a.json has a body of ${2 * count} numbers, two for each of ${count} keypoints: in OpenPose's JSON there are three`,
    );
  });

  it('says that ControlNet’s animals are left out', () => {
    const animals = [flatBody(17)];
    const recording = readRecording([
      openPoseFile('a.json', [{ pose_keypoints_2d: flatBody(18) }], { animals }),
    ]);
    expect(recording.info.notes).toEqual(['Animals are left out: Limn knows people only.']);
  });

  it('says what it knows where a body is none of them', () => {
    expect(() => readRecording([openPoseFile('a.json', [{ pose_keypoints_2d: flatBody(14) }])])).toThrow(
      'a.json has a body of 42 numbers, that is 14 keypoints. Limn knows BODY_25 (25), COCO (18), MPI (15), COCO (17), HALPE (26), COCO-WholeBody (133) and HALPE (136).',
    );
  });

  it.each([
    ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['a byte order mark in front', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('is read in %s', (_, encode) => {
    const text = JSON.stringify({ people: [{ pose_keypoints_2d: flatBody(25) }] });
    expect(body(readRecording([{ name: 'a_keypoints.json', bytes: new Uint8Array(encode(text)) }])).set).toBe(
      'body-25',
    );
  });

  it.skipIf(!hasSharedData)('of other programs is read', () => {
    const read = (name: string) => readRecording([fault(name)]);
    for (const name of [
      'old_000000000000_keypoints.json',
      'dwpose_controlnet.json',
      'comfy_posekeypoint.json',
      'dwpose_face68.json',
    ]) {
      expect(pointX(body(read(name)), 0)).toBe(100);
    }
    expect(read('dwpose_controlnet.json').info).toMatchObject({ width: 512, height: 768 });
    expect(read('dwpose_face68.json').frames[0]?.people[0]?.face?.set).toBe('face-70');
    expect(pointScore(body(read('nan_000000000000_keypoints.json')), 3)).toBe(0);
    expect(pointX(body(read('nan_000000000000_keypoints.json')), 4)).toBe(140);
    const pose2sim = read('pose2sim_names.zip');
    expect(pose2sim.info.source.name).toBe('cam1');
    expect(pose2sim.frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(read('dupid_000000000000_keypoints.json').frames[0]?.people).toHaveLength(2);
    expect(read('scale3_000000000000_keypoints.json').info.sizeFrom).toBe('shares');
  });
});
