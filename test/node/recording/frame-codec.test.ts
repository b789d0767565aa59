import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { posesOf } from '../../../src/core/pose.ts';
import {
  decodeBatch,
  encodeBatch,
  type FrameBatch,
  summarizeBatch,
} from '../../../src/recording/log/frame-codec.ts';
import { handAt, personAt, sampleRecording } from '../../helpers/people.ts';

/** Scores are kept in single precision. */
const single = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    key === 'score' && typeof each === 'number' ? Math.fround(each) : each,
  ) as T;
/** Without the arrays, which JSON can't hold: those are compared as they are. */
const arraysOf = ({ frames }: FrameBatch) => frames.flatMap(({ people }) => people.flatMap(posesOf));
const expectSame = (given: FrameBatch, expected: FrameBatch) => {
  expect(single(given)).toEqual(single(expected));
  expect(arraysOf(given).map(({ points, world }) => [points, world])).toEqual(
    arraysOf(expected).map(({ points, world }) => [points, world]),
  );
};

const batch = { piece: 3, isLast: true, frames: sampleRecording().frames };

describe('batches of frames', () => {
  it('come back as they were, gaps and hands included', () => {
    expectSame(decodeBatch(encodeBatch(batch)), batch);
    const odd = {
      piece: 0,
      isLast: false,
      frames: [
        {
          index: 2 ** 31,
          time: 1 / 3,
          people: [
            { id: -1, score: 0.25, body: null, leftHand: null, rightHand: handAt(1, 2, 'right') },
            { ...personAt(9, 5, 5), leftHand: { ...handAt(3, 4), handedness: null } },
          ],
        },
      ],
    };
    expectSame(decodeBatch(encodeBatch(odd)), odd);
    expect(decodeBatch(encodeBatch({ piece: 1, isLast: true, frames: [] })).frames).toEqual([]);
  });

  it('keep numbers and ids of more than 32 bits: milliseconds, for instance', () => {
    const [first, second] = [personAt(5_000_000_001, 100, 200), personAt(-7, 300, 200)];
    const long = {
      piece: 0,
      isLast: true,
      frames: [
        { index: 1_700_000_000_123, time: 0, people: [first, second] },
        { index: 3, time: 1, people: [second, personAt(2 ** 31, 1, 1)] },
      ],
    };
    expectSame(decodeBatch(encodeBatch(long)), long);
  });

  it('keep what was corrected, and what single frames say beyond their people', () => {
    const [first, second, third] = sampleRecording().frames;
    if (!first || !second || !third) throw new Error('The sample has three frames.');
    const marked = third.people.map((person) => ({
      ...person,
      body: person.body && { ...person.body, marks: Uint8Array.from({ length: 33 }, (_, i) => i % 3) },
    }));
    const noted = {
      piece: 0,
      isLast: true,
      frames: [
        { ...first, name: 'a.jpg', width: 320, height: 200 },
        { ...second, openPose: { isAnonymous: true, partCandidates: [[1, 2, 0.5], []] } },
        { ...third, people: marked },
      ],
    };
    const again = decodeBatch(encodeBatch(noted));
    expectSame(again, noted);
    expect(again.frames[2]?.people[0]?.body?.marks).toEqual(marked[0]?.body?.marks);
    expect(summarizeBatch(encodeBatch(noted))).toMatchObject({ frames: 3, isLast: true });
    const torn = encodeBatch(noted);
    torn[torn.length - 1] = 0x20;
    expect(() => decodeBatch(torn)).toThrow(LimnError);
  });

  it('tell their piece and times without being decoded', () => {
    expect(summarizeBatch(encodeBatch(batch))).toEqual({
      piece: 3,
      isLast: true,
      frames: 3,
      firstTime: 0,
      lastTime: 2 / 30,
    });
  });

  it('are decoded from any place in a larger buffer', () => {
    const bytes = encodeBatch(batch);
    const larger = new Uint8Array(bytes.length + 8);
    larger.set(bytes, 3);
    expectSame(decodeBatch(larger.subarray(3, 3 + bytes.length)), batch);
  });

  it('that are damaged are refused with a sentence, or read as numbers; nothing else happens', () => {
    const random = createRandom(5);
    const bytes = encodeBatch(batch);
    for (let round = 0; round < 5000; round++) {
      const damaged = bytes.slice(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length);
      for (let i = 0; i < 3; i++) {
        const at = Math.floor(random() ** 3 * damaged.length);
        if (damaged.length > 0) damaged[at] = Math.floor(random() * 256);
      }
      try {
        decodeBatch(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
      }
    }
  });
});
