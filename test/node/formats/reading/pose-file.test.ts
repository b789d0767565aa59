import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { handAt, info, personAt, sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, sharedPath } from '../../../helpers/shared-data.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const read = (bytes: Uint8Array, name = 'walk.pose') => readRecording([{ name, bytes }]);
const write = (recording: Recording) => writeWith('pose', recording);

/** People without their scores, which the format has none of. */
const peopleOf = ({ frames }: Recording) =>
  frames.map(({ people }) => people.map(({ body, leftHand, rightHand }) => ({ body, leftHand, rightHand })));

describe('.pose', () => {
  it('comes back as it was, gaps, world keypoints and hands included', () => {
    const recording = new Recording(info, [
      { index: 0, time: 0, people: [personAt(0, 100, 200), personAt(1, 400, 200)] },
      { index: 1, time: 1 / 30, people: [] },
      {
        index: 2,
        time: 2 / 30,
        people: [{ ...personAt(1, 300, 240), rightHand: { ...handAt(310, 230), handedness: null } }],
      },
    ]);
    recording.frames[2]?.people[0]?.body?.points.set([Number.NaN, Number.NaN, 0], 45);
    recording.frames[2]?.people[0]?.body?.world?.set([Number.NaN, Number.NaN, Number.NaN, 0], 60);
    const again = read(write(recording));
    expect(peopleOf(again)).toEqual(peopleOf(recording));
    expect(again.frames.map(({ people }) => people.map(({ id }) => id))).toEqual([[0, 1], [], [1]]);
    for (const [i, { time }] of again.frames.entries()) expect(time).toBeCloseTo(i / 30, 6);
    expect(again.info).toMatchObject({ width: 640, height: 480, source: { name: 'walk' } });
  });

  it('has its head where the specification says', () => {
    const bytes = write(sampleRecording());
    const view = new DataView(bytes.buffer);
    expect(view.getFloat32(0, true)).toBeCloseTo(0.2);
    expect([view.getUint16(4, true), view.getUint16(6, true)]).toEqual([640, 480]);
    expect(view.getUint16(10, true)).toBe(3);
    expect(new TextDecoder().decode(bytes.subarray(14, 14 + view.getUint16(12, true)))).toBe(
      'POSE_LANDMARKS',
    );
  });

  it('that is damaged gets a sentence, and nothing else happens', () => {
    const random = createRandom(8);
    const bytes = write(sampleRecording());
    for (let round = 0; round < 3000; round++) {
      const damaged = bytes.slice(0, random() < 0.5 ? Math.floor(random() * bytes.length) : bytes.length);
      for (let i = 0; i < 4; i++)
        damaged[Math.floor(random() ** 4 * damaged.length)] = Math.floor(random() * 256);
      try {
        read(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
      }
    }
  });

  it.each([
    [Uint8Array.of(1, 2, 3), /cut off or damaged/],
    [new TextEncoder().encode('something else entirely'), /no \.pose file of version/],
  ])('refuses what it isn’t', (bytes, sentence) => {
    expect(() => read(bytes)).toThrow(sentence);
  });
});

describe.skipIf(!hasSharedData)('files of the sign-language community', () => {
  const load = (name: string) => read(readFileSync(sharedPath(`pose_format/${name}`)), name);

  it('from MediaPipe: bodies by the names of their keypoints, and hands', () => {
    const { frames, info } = load('mediapipe.pose');
    expect(frames).toHaveLength(170);
    expect(info).toMatchObject({ width: 1250, height: 1250 });
    expect(frames[1]?.time).toBeCloseTo(1 / 24, 6);
    const body = frames[0]?.people[0]?.body;
    // The file's first keypoint is LEFT_SHOULDER, number 11 of 33; it has no nose.
    expect(body?.set).toBe('blazepose-33');
    expect(body?.points[33]).toBeCloseTo(879.718, 2);
    expect(body?.points[34]).toBeCloseTo(651.0957, 2);
    expect(Number.isNaN(body?.points[0])).toBe(true);
    expect(frames.some(({ people }) => people[0]?.rightHand)).toBe(true);
  });

  it('from OpenPose: BODY_25 with its scores', () => {
    const { frames } = load('openpose.pose');
    expect(frames).toHaveLength(93);
    const body = frames[0]?.people[0]?.body;
    expect(body?.set).toBe('body-25');
    expect([...(body?.points.slice(0, 3) ?? [])]).toEqual([
      expect.closeTo(158.329, 2),
      expect.closeTo(70.615, 2),
      expect.closeTo(0.9011, 3),
    ]);
  });

  it.each(['mediapipe.pose', 'openpose.pose'])('%s, written and read again, is the same', (name) => {
    const once = load(name);
    expect(peopleOf(read(write(once)))).toEqual(peopleOf(once));
  });
});
