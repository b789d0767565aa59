import { expect, it } from 'vitest';
import type { TrackedFrame } from '../../../src/core/recording.ts';
import { Joiner } from '../../../src/recording/joining/joiner.ts';
import { planPieces, WARM_UP_FRAMES } from '../../../src/recording/joining/pieces.ts';
import type { FrameBatch } from '../../../src/recording/log/frame-codec.ts';
import { personAt } from '../../helpers/people.ts';

const RATE = 30;
const times = Float64Array.from({ length: 400 }, (_, i) => i / RATE);
const pieces = planPieces(
  { times, keyTimes: Float64Array.of(0), isOrdered: true },
  { from: 0, to: Number.POSITIVE_INFINITY, everyNth: 1, pieceFrames: 100 },
);

/** What a worker makes of a piece: somebody walking from left to right, and perhaps others. */
function track(number: number, others: (time: number) => number[] = () => []): TrackedFrame[] {
  const piece = pieces[number];
  if (!piece) throw new Error('There is no such piece.');
  return [...times]
    .map((time, index) => ({ time, index }))
    .filter(({ time }) => time >= piece.start && time < piece.to)
    .map(({ time, index }) => ({
      index,
      time,
      people: [100 + 40 * time, ...others(time)].map((x) => personAt(-1, x, 200)),
    }));
}

const whole = (number: number, frames = track(number)) => ({ piece: number, isLast: true, frames });

it('gives every frame once and in order, in whatever order pieces come', () => {
  const joiner = new Joiner(pieces);
  const joined = [2, 0, 3, 1].flatMap((number) => joiner.add(whole(number), 0).joined);
  expect(joined.flatMap(({ frames }) => frames.map(({ index }) => index))).toEqual(
    Array.from({ length: 400 }, (_, i) => i),
  );
  expect(joiner.next).toBe(pieces.length);
});

it('keeps identities over the seams', () => {
  const joiner = new Joiner(pieces);
  const joined = pieces.flatMap(
    (_, number) =>
      joiner.add(
        whole(
          number,
          track(number, (time) => [500 - 20 * time]),
        ),
        0,
      ).joined,
  );
  const ids = joined.flatMap(({ frames }) => frames.map(({ people }) => people.map(({ id }) => id).join()));
  expect(new Set(ids)).toEqual(new Set(['0,1']));
});

it('goes by the numbers of the model within a piece, and by where people are from piece to piece', () => {
  // Two stand beside each other, and change places within a piece, between two frames.
  const follow = (number: number, low: number, high: number): TrackedFrame[] =>
    track(number).map((frame) => {
      const hasChanged = frame.time >= 1;
      const people = [
        personAt(hasChanged ? high : low, 100, 200),
        personAt(hasChanged ? low : high, 400, 200),
      ];
      return { ...frame, people };
    });
  const joiner = new Joiner(pieces);
  // The model of the second piece calls them the other way round.
  const joined = [
    ...joiner.add(whole(0, follow(0, 4, 9)), 0).joined,
    ...joiner.add(whole(1, follow(1, 9, 4)), 0).joined,
  ];
  for (const { time, people } of joined.flatMap(({ frames }) => frames)) {
    const [left] = [...people].sort((a, b) => (a.body?.points[0] ?? 0) - (b.body?.points[0] ?? 0));
    expect(left?.id, `at ${time} s`).toBe(time >= 1 ? 1 : 0);
  }
});

it('gives out what is certain before a piece is complete', () => {
  const joiner = new Joiner(pieces);
  const frames = track(0);
  const first = joiner.add({ piece: 0, isLast: false, frames: frames.slice(0, 10) }, 0);
  expect(first.joined.flatMap((batch) => batch.frames)).toHaveLength(10);
  const rest = joiner.add({ piece: 0, isLast: true, frames: frames.slice(10) }, 0);
  expect(rest.joined.flatMap((batch) => batch.frames)).toHaveLength(frames.length - 10);
});

it('hands pieces on one after the other, with those who are followed, where nobody is to be chosen twice', () => {
  const joiner = new Joiner(pieces, 1, true);
  expect(joiner.handOn()).toBeNull();
  const handedOn = [0, 1, 2, 3].map((number) => joiner.add(whole(number), number === 0 ? 0 : 1).handedOn);
  expect(handedOn.map((each) => each?.piece)).toEqual([1, 2, 3, undefined]);
  for (const { boxes, piece } of handedOn.filter((each) => each !== null)) {
    const [box] = boxes;
    expect((box?.left ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(100 + 40 * (pieces[piece]?.start ?? 0), 0);
  }
  expect(joiner.next).toBe(pieces.length);
});

it('hands on the piece that an earlier run was at, and gives out only what is new of it', () => {
  const joiner = new Joiner(pieces, 1, true);
  const first = joiner.add(whole(0), 0).joined;
  const part = joiner.add({ piece: 1, isLast: false, frames: track(1).slice(0, 40) }, 1).joined;
  const resumed = new Joiner(pieces, 1, true);
  for (const batch of [...first, ...part]) resumed.resume(batch);
  expect(resumed.handOn()?.piece).toBe(1);
  const given = part.flatMap(({ frames }) => frames).length;
  expect(given).toBe(40 - WARM_UP_FRAMES);
  const { joined } = resumed.add(whole(1), 1);
  expect(joined.flatMap(({ frames }) => frames)).toHaveLength((pieces[1]?.frames ?? 0) - given);
});

it('has a piece tracked again that followed somebody else, and takes what then comes', () => {
  const joiner = new Joiner(pieces);
  joiner.add(whole(0), 0);
  const elsewhere = track(1).map((frame) => ({ ...frame, people: [personAt(-1, 900, 200)] }));
  const { handedOn, joined } = joiner.add(whole(1, elsewhere), 0);
  expect(joined).toEqual([]);
  expect(handedOn?.piece).toBe(1);
  const start = pieces[1]?.start ?? 0;
  const [box] = handedOn?.boxes ?? [];
  expect((box?.left ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(100 + 40 * start, 0);
  // What is left of the first attempt doesn't count any more.
  expect(joiner.add(whole(1, elsewhere), 0).joined).toEqual([]);
  const again = joiner.add(whole(1), 1);
  expect(again.joined[0]?.frames[0]?.people[0]?.id).toBe(0);
});

it('goes on after a worker has died in the middle of a piece, without giving a frame twice', () => {
  const joiner = new Joiner(pieces);
  const frames = track(0);
  const before = joiner.add({ piece: 0, isLast: false, frames: frames.slice(0, 40) }, 0).joined;
  joiner.restart(0);
  const after = joiner.add(whole(0), 0).joined;
  const indices = [...before, ...after].flatMap((batch) => batch.frames.map(({ index }) => index));
  expect(indices).toEqual(frames.map(({ index }) => index));
});

it('resumed anywhere, gives what an undisturbed run gives, and nothing twice', () => {
  const others = (time: number) => (time > 4 ? [600 - 30 * time] : []);
  /** In batches of ten frames, as workers send them. */
  const batches = (number: number): FrameBatch[] => {
    const frames = track(number, others);
    const cuts = Array.from({ length: Math.ceil(frames.length / 10) }, (_, i) => i * 10);
    return cuts.map((at) => ({
      piece: number,
      isLast: at + 10 >= frames.length,
      frames: frames.slice(at, at + 10),
    }));
  };
  const sent = pieces.flatMap((_, i) => batches(i));
  const undisturbed = new Joiner(pieces);
  const all = sent.flatMap((batch) => undisturbed.add(batch, 0).joined);
  const framesOf = (joined: readonly FrameBatch[]) => joined.flatMap(({ frames }) => frames);
  for (let stored = 0; stored <= all.length; stored += 3) {
    const resumed = new Joiner(pieces);
    for (const batch of all.slice(0, stored)) resumed.resume(batch);
    const rest = sent
      .filter(({ piece }) => piece >= resumed.next)
      .flatMap((batch) => resumed.add(batch, 0).joined);
    expect([...framesOf(all.slice(0, stored)), ...framesOf(rest)]).toEqual(framesOf(all));
  }
});

it('resumed in a piece that had to be tracked again, finds so once more', () => {
  const elsewhere = track(1).map((frame) => ({ ...frame, people: [personAt(-1, 900, 200)] }));
  const undisturbed = new Joiner(pieces);
  const first = undisturbed.add(whole(0), 0).joined;
  undisturbed.add(whole(1, elsewhere), 0);
  const half = undisturbed.add({ piece: 1, isLast: false, frames: track(1).slice(0, 60) }, 1).joined;
  const resumed = new Joiner(pieces);
  for (const batch of [...first, ...half]) resumed.resume(batch);
  const { handedOn, joined } = resumed.add(whole(1, elsewhere), 0);
  expect(joined).toEqual([]);
  expect(handedOn?.piece).toBe(1);
  const rest = resumed.add(whole(1), 1).joined.flatMap(({ frames }) => frames);
  const given = half.flatMap(({ frames }) => frames);
  expect(rest[0]?.index).toBe((given.at(-1)?.index ?? 0) + 1);
  expect(rest[0]?.people[0]?.id).toBe(0);
});
