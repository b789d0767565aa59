import { describe, expect, it } from 'vitest';
import type { Person, Pose } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import { completeTrack } from '../../../src/families/lifter/complete-track.ts';
import { liftRecording } from '../../../src/families/lifter/lift-recording.ts';
import { LiveTracks } from '../../../src/families/lifter/live-tracks.ts';
import { coco17 } from '../../../src/skeletons/sets/coco.ts';
import { info } from '../../helpers/people.ts';

const indexOf = (name: (typeof coco17.keypoints)[number]): number => coco17.keypoints.indexOf(name);

/** Somebody upright who moves to the right, ten pixels a frame. */
function bodyIn(frame: number, missing: readonly number[] = []): Pose {
  const points = new Float32Array(51);
  for (let i = 0; i < 17; i++) {
    const isThere = !missing.includes(i);
    const x = 100 + 10 * frame + (coco17.keypoints[i]?.startsWith('left') ? 20 : -20);
    points.set(isThere ? [x, 50 + 10 * i, 0.8] : [Number.NaN, Number.NaN, 0], i * 3);
  }
  return { set: 'coco-17', points, world: null, handedness: null };
}

const personIn = (frame: number, missing: readonly number[] = []): Person => ({
  id: 3,
  score: 0.8,
  body: bodyIn(frame, missing),
  leftHand: null,
  rightHand: null,
});

describe('A track for a lifter', () => {
  const wrist = indexOf('left_wrist');
  it('goes straight over frames where a keypoint is missing, and stays before and behind', () => {
    const missing = [0, 3, 4, 9];
    const track = completeTrack(
      Array.from({ length: 10 }, (_, i) => bodyIn(i, missing.includes(i) ? [wrist] : [])),
    );
    const xs = Array.from({ length: 10 }, (_, i) => track[(i * 17 + wrist) * 2]);
    expect(xs).toEqual([130, 130, 140, 150, 160, 170, 180, 190, 200, 200]);
  });

  it('has a body even of somebody whose legs are never seen', () => {
    const legs = ['left_knee', 'right_knee', 'left_ankle', 'right_ankle'] as const;
    const track = completeTrack([bodyIn(0, legs.map(indexOf))]);
    const y = (name: (typeof coco17.keypoints)[number]): number => track[indexOf(name) * 2 + 1] ?? Number.NaN;
    expect(y('left_knee')).toBeGreaterThan(y('left_hip'));
    expect(y('right_ankle')).toBeGreaterThan(y('right_knee'));
    expect([...track].every(Number.isFinite)).toBe(true);
  });
});

describe('Lifting a recording', () => {
  const noted = {
    model: 'fake',
    sha256: '00',
    receptiveField: 9,
    isCausal: false,
    engine: 'none',
    device: 'none',
    parity: { largest: 0, mean: 0 },
  };
  /** Joints at the place of the first keypoint. */
  const fake = (track: Float32Array): Promise<Float32Array> => {
    const frames = track.length / 34;
    return Promise.resolve(
      Float32Array.from({ length: frames * 51 }, (_, i) => {
        const [frame, axis] = [Math.floor(i / 51), i % 3];
        const isHip = i % 51 < 3;
        return axis === 2 ? 3 : (track[frame * 34 + axis] ?? 0) + (isHip ? 0 : 0.25);
      }),
    );
  };

  it('fills short gaps, marks them, leaves long ones, and puts the hip at the origin', async () => {
    const frames = Array.from({ length: 60 }, (_, index) => {
      const isLost = (index >= 10 && index < 15) || (index >= 30 && index < 50);
      return { index, time: index / 30, people: isLost ? [] : [personIn(index)] };
    });
    const result = await liftRecording(new Recording(info, frames), fake, noted, { maximumGap: 10 });
    const lifted = result.frames.map(({ people }) => people[0]?.lifted ?? null);
    expect(lifted.map((pose) => (pose ? 1 : 0)).join('')).toBe(
      `${'1'.repeat(30)}${'0'.repeat(20)}${'1'.repeat(10)}`,
    );
    expect(lifted[12]?.marks).toEqual(new Uint8Array(17).fill(2));
    expect(lifted[9]?.marks).toBeUndefined();
    expect([...(lifted[5]?.world?.subarray(0, 4) ?? [])]).toEqual([0, -0, -0, expect.closeTo(0.8, 5)]);
    expect([...(lifted[5]?.world?.subarray(4, 8) ?? [])]).toEqual([0.25, -0.25, -0, expect.closeTo(0.8, 5)]);
    expect(result.info.lifter).toEqual({ ...noted, isMirrored: true });
    expect(result.info.processing).toEqual(['lifted to 3-D by fake (9 frames, none, with its mirror image)']);
  });

  it('gives no joint of what was never seen', async () => {
    const ankle = indexOf('left_ankle');
    const frames = Array.from({ length: 5 }, (_, index) => ({
      index,
      time: index,
      people: [personIn(index, [ankle])],
    }));
    const result = await liftRecording(new Recording(info, frames), fake, noted);
    const world = result.frames[2]?.people[0]?.lifted?.world;
    expect(world?.[6 * 4 + 3]).toBe(0);
    expect(world?.[6 * 4]).toBeNaN();
    expect(world?.[5 * 4 + 3]).toBeCloseTo(0.8, 5);
  });

  it('says whom it can’t lift', async () => {
    await expect(liftRecording(new Recording(info, []), fake, noted)).rejects.toThrow(
      'Nobody in this recording can be lifted',
    );
  });
});

describe('Live, a lifter is given', () => {
  it('as many frames as it sees, the first one repeated before somebody came', () => {
    const tracks = new LiveTracks(5, 2);
    const xs = (): number[][] =>
      tracks.windows().map(({ track }) => Array.from({ length: 5 }, (_, i) => track[i * 34] ?? 0));
    for (let frame = 0; frame < 2; frame++) tracks.push([personIn(frame)], frame / 30);
    expect(tracks.windows()).toEqual([]);
    tracks.push([personIn(2)], 2 / 30);
    expect(tracks.windows()[0]).toMatchObject({ personId: 3, time: 0 });
    expect(xs()).toEqual([[80, 80, 80, 90, 100]]);
    for (let frame = 3; frame < 9; frame++) tracks.push([personIn(frame)], frame / 30);
    expect(tracks.windows()[0]?.time).toBeCloseTo(6 / 30, 9);
    expect(xs()).toEqual([[120, 130, 140, 150, 160]]);
  });

  it('the newest frame itself, where it looks only at the past', () => {
    const tracks = new LiveTracks(3, 0);
    tracks.push([personIn(0)], 0);
    expect(tracks.windows()[0]?.time).toBe(0);
    tracks.push([personIn(1)], 0.1);
    expect(tracks.windows()[0]?.time).toBe(0.1);
  });

  it('nobody who has been gone for long, and nothing from before a source jumped back', () => {
    const tracks = new LiveTracks(3, 0);
    tracks.push([personIn(0)], 0);
    for (let i = 1; i <= 15; i++) tracks.push([], i);
    expect(tracks.windows()).toHaveLength(1);
    tracks.push([], 16);
    expect(tracks.windows()).toEqual([]);
    tracks.push([personIn(5)], 17);
    tracks.push([personIn(0)], 2);
    expect(tracks.windows()[0]?.track[0]).toBe(80);
  });
});
