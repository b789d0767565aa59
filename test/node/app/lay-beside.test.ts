import { describe, expect, it } from 'vitest';
import { findPartner, layBeside, type VideoFacts } from '../../../src/app/opening/lay-beside.ts';
import { pointX, pointY } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import { writeNpy } from '../../../src/formats/numpy/write-array.ts';
import { flatBody, openPoseFile, openPoseFrames } from '../../helpers/openpose-files.ts';
import { readRecording } from '../../helpers/read-recording.ts';
import { hasSharedData, readShared } from '../../helpers/shared-data.ts';

const video = (frames: number, width = 320, height = 240): VideoFacts => ({
  name: 'base.mp4',
  width,
  height,
  times: Float64Array.from({ length: frames }, (_, i) => i / 25),
});
const dance = (number: string) => `dance_${number}_keypoints.json`;
const fault = (name: string) => readRecording([{ name, bytes: readShared(`faults/${name}`) }]);

describe('Frames', () => {
  it.each([
    ['with gaps', [0, 1, 2, 10, 11, 20], 45],
    ['of every fifth frame', [100, 105, 110], 205],
  ])('%s lie on those of the video with their numbers', (_, numbers, count) => {
    const { frames, info } = layBeside(readRecording(openPoseFrames(dance, numbers)), video(count));
    expect(frames.map(({ index, time }) => [index, time])).toEqual(numbers.map((n) => [n, n / 25]));
    expect(info).not.toHaveProperty('incomplete');
  });

  it('of an excerpt, as many as the video has, lie one after the other, and it is said', () => {
    const { frames, info } = layBeside(readRecording(openPoseFrames(dance, [100, 101, 102])), video(3));
    expect(frames.map(({ index, time }) => [index, time])).toEqual([0, 1, 2].map((n) => [n, n / 25]));
    expect(info.notes?.join()).toMatch(/up to 102, the video has 3/);
  });

  it('beyond the video are left out, and it is said', () => {
    const { frames, info } = layBeside(readRecording(openPoseFrames(dance, [0, 5, 50])), video(45));
    expect(frames).toHaveLength(2);
    expect(info.incomplete).toMatch(/^One frame of the keypoints is left out/);
  });

  it('of a recording that was not whole before are still said to be missing', () => {
    const { info, frames } = readRecording(openPoseFrames(dance, [0, 5, 50]));
    const broken = new Recording({ ...info, incomplete: 'The file breaks off after 2 seconds.' }, frames);
    expect(layBeside(broken, video(45)).info.incomplete).toBe(
      'The file breaks off after 2 seconds. One frame of the keypoints is left out: the video, of 45 frames, has none of its own for it.',
    );
    expect(layBeside(broken, video(60)).info.incomplete).toBe('The file breaks off after 2 seconds.');
  });
});

describe('Another size', () => {
  const first = ({ frames: [frame] }: ReturnType<typeof layBeside>) => {
    const pose = frame?.people[0]?.body;
    return pose ? [pointX(pose, 0), pointY(pose, 0)] : [];
  };
  const canvas = { canvas_width: 640, canvas_height: 480 };
  const file = openPoseFile('a.json', [{ pose_keypoints_2d: flatBody(18) }], canvas);

  it('that is stated is scaled to the video’s, and said', () => {
    const laid = layBeside(readRecording([file]), video(1));
    expect(first(laid)).toEqual([50, 25]);
    expect(laid.info).toMatchObject({ width: 320, height: 240 });
    expect(laid.info.notes).toEqual([
      'The keypoints are of a picture of 640 × 480 pixels: they were scaled to the video’s 320 × 240.',
    ]);
  });

  it('that is stated is that of candidates, too', () => {
    const peaks = { part_candidates: [{ 0: [100, 50, 0.5], 1: [] }] };
    const found = openPoseFile('a.json', [{ pose_keypoints_2d: flatBody(18) }], { ...canvas, ...peaks });
    const [frame] = layBeside(readRecording([found]), video(1)).frames;
    expect(frame?.openPose?.partCandidates).toEqual([[50, 25, 0.5], []]);
  });

  it('that nobody states is left as it is; what can’t be right is said', () => {
    const recording = readRecording([
      openPoseFile(dance('000000000000'), [{ pose_keypoints_2d: flatBody(25) }]),
    ]);
    const laid = layBeside(recording, video(1));
    expect(first(laid)).toEqual([100, 50]);
    expect(laid.info.notes?.[0]).toMatch(/reach to 340 × 218 pixels, beyond the video’s 320 × 240/);
    expect(layBeside(recording, video(1, 640, 480)).info).not.toHaveProperty('notes');
  });

  it.each([
    [0.5, 0.25],
    [0, -0.5],
  ])('of shares (%f, %f) is the video’s', (x, y) => {
    const flat = flatBody(25).map((value, i) => (i % 3 === 0 ? x : i % 3 === 1 ? y : value));
    const laid = layBeside(
      readRecording([openPoseFile('a_keypoints.json', [{ pose_keypoints_2d: flat }])]),
      video(1),
    );
    // x · (width − 1), as OpenPose has it.
    expect(first(laid)).toEqual([expect.closeTo(159.5, 4), expect.closeTo(59.75, 4)]);
    expect(laid.info).not.toHaveProperty('sizeFrom');
  });

  it('of shares of width and height, as arrays have them, is the video’s', () => {
    const values = Float32Array.from({ length: 66 }, (_, at) => (at % 2 === 0 ? 0.5 : 0.25));
    const recording = readRecording([{ name: 'a.npy', bytes: writeNpy(values, [1, 33, 2]) }]);
    expect(recording.info).toMatchObject({ width: 1920, height: 1080 });
    const laid = layBeside(recording, video(1));
    expect(first(laid)).toEqual([160, 60]);
    expect(laid.info).not.toHaveProperty('sizeFrom');
    expect(laid.info.notes).toContain('Beside the video, the picture’s size is 320 × 240.');
  });

  it.skipIf(!hasSharedData)('is scaled, of whatever format', () => {
    for (const name of ['orig640.json', 'orig640.pose']) {
      const alone = fault(name);
      const laid = layBeside(alone, video(45));
      expect(alone.info).toMatchObject({ width: 640, height: 480 });
      const [x = 0, y = 0] = first({ info: alone.info, frames: alone.frames });
      expect(first(laid)).toEqual([x / 2, y / 2]);
      expect(laid.info.notes?.join()).toMatch(/scaled to the video’s 320 × 240/);
    }
    expect(first(layBeside(fault('scale3_000000000000_keypoints.json'), video(45)))).toEqual([
      expect.closeTo(0.15625 * 319, 3),
      expect.closeTo(0.10416666 * 239, 3),
    ]);
  });
});

it('finds whose video it is by the names', () => {
  expect(findPartner(['cam1', 'cam2'], 'cam2.mp4')).toBe(1);
  expect(findPartner(['cam1', 'cam2'], 'CAM2_cut.mov')).toBe(1);
  expect(findPartner(['left', 'right'], 'walk.mp4')).toBe(0);
  expect(findPartner(['walk10_a', 'walk1_a'], 'walk1.mp4')).toBe(1);
});
