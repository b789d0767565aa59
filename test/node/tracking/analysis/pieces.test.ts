import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import {
  PIECE_FRAMES,
  planPieces,
  WARM_UP_FRAMES,
  wantedTimes,
} from '../../../../src/recording/joining/pieces.ts';

const WHOLE = { from: 0, to: Number.POSITIVE_INFINITY, everyNth: 1, pieceFrames: PIECE_FRAMES };
const evenTimes = (count: number, rate = 30) => Float64Array.from({ length: count }, (_, i) => i / rate);
const firstOnly = Float64Array.of(0);

describe('planPieces', () => {
  it('keeps every frame of any video exactly once, whatever its times and key frames', () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const count = 1 + Math.floor(random() * 700);
      let time = random();
      const times = Float64Array.from({ length: count }, () => {
        time += 0.001 + random() * 0.1;
        return time;
      });
      const keyTimes = times.filter((_, i) => i === 0 || random() < 0.02);
      const everyNth = 1 + Math.floor(random() * 3);
      const options = { ...WHOLE, from: random() * 5, to: 5 + random() * 40, everyNth };
      const wanted = wantedTimes(times, options.from, options.to, everyNth);
      const pieces = planPieces({ times, keyTimes, isOrdered: true }, options);
      const kept = pieces.flatMap((piece) => {
        const inside = [...wanted].filter((each) => each >= piece.from && each < piece.to);
        expect(inside).toHaveLength(piece.frames);
        expect(piece.start).toBeLessThanOrEqual(piece.from);
        return inside;
      });
      expect(kept).toEqual([...wanted]);
      expect(pieces.map(({ number }) => number)).toEqual(pieces.map((_, i) => i));
    }
  });

  it('begins each piece but the first with a warm-up', () => {
    const times = evenTimes(205, 50);
    const pieces = planPieces({ times, keyTimes: firstOnly, isOrdered: true }, WHOLE);
    expect(pieces).toHaveLength(2);
    expect(pieces[0]?.start).toBe(0);
    const warmUp = [...times].filter(
      (time) => time >= (pieces[1]?.start ?? 0) && time < (pieces[1]?.from ?? 0),
    );
    expect(warmUp).toHaveLength(WARM_UP_FRAMES);
  });

  it('begins the warm-up at a key frame where one is near', () => {
    const times = evenTimes(600);
    const keyTimes = times.filter((_, i) => i % 30 === 0);
    for (const { start } of planPieces({ times, keyTimes, isOrdered: true }, WHOLE))
      expect([...keyTimes]).toContain(start);
  });

  it('makes one piece of what is short, or of all if that is wished', () => {
    expect(planPieces({ times: evenTimes(60), keyTimes: firstOnly, isOrdered: true }, WHOLE)).toHaveLength(1);
    const all = { ...WHOLE, pieceFrames: Number.POSITIVE_INFINITY };
    expect(planPieces({ times: evenTimes(5000), keyTimes: firstOnly, isOrdered: true }, all)).toHaveLength(1);
  });
});
