import { crc32 as referenceCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { crc32 } from '../../../src/core/numbers/crc32.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { decodeBatch, encodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { Log } from '../../../src/recording/log/log.ts';
import { type Medium, MemoryMedium, SpillingMedium } from '../../../src/recording/log/medium.ts';
import { personAt } from '../../helpers/people.ts';

const text = (content: string) => new TextEncoder().encode(content);
const batch = (piece: number, isLast: boolean, from: number, count: number) =>
  encodeBatch({
    piece,
    isLast,
    frames: Array.from({ length: count }, (_, i) => ({
      index: from + i,
      time: (from + i) / 30,
      people: [personAt(0, from + i, 50)],
    })),
  });

/** A log of three pieces, the last of which isn't complete. */
function writeLog(medium: Medium): Log {
  const log = Log.create(medium);
  log.append('info', text('first'));
  log.append('frames', batch(0, false, 0, 10));
  log.append('picture', text('jpeg'));
  log.append('frames', batch(0, true, 10, 10));
  log.append('frames', batch(1, true, 20, 10));
  log.append('frames', batch(2, false, 30, 5));
  log.append('info', text('last'));
  return log;
}

const indicesIn = (log: Log) =>
  log.read(0, log.batches).flatMap((bytes) => decodeBatch(bytes).frames.map(({ index }) => index));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const copyOf = (medium: Medium, length = medium.size) => {
  const copy = new MemoryMedium();
  copy.append(medium.read(0, length));
  return copy;
};

describe('the checksum', () => {
  it('is CRC-32, also of what comes in parts', () => {
    const random = createRandom(1);
    const bytes = Uint8Array.from({ length: 999 }, () => Math.floor(random() * 256));
    const expected = typeof referenceCrc32 === 'function' ? referenceCrc32(bytes) : crc32(bytes);
    expect(crc32(bytes)).toBe(expected);
    expect(crc32(bytes.subarray(400), crc32(bytes.subarray(0, 400)))).toBe(expected);
    // The check value of CRC-32/ISO-HDLC.
    expect(crc32(text('123456789'))).toBe(0xcbf43926);
  });
});

describe('the log', () => {
  it('gives back what was appended, also when opened again', () => {
    const medium = new MemoryMedium();
    for (const log of [writeLog(medium), Log.open(medium, false), Log.open(medium, true)]) {
      expect(indicesIn(log)).toEqual(upTo(35));
      expect(log.frames).toBe(35);
      expect(log.timeRange).toEqual([0, 34 / 30]);
      expect(new TextDecoder().decode(log.last('info') ?? undefined)).toBe('last');
      expect(new TextDecoder().decode(log.last('picture') ?? undefined)).toBe('jpeg');
    }
  });

  it('finds batches by their times', () => {
    const log = Log.create(new MemoryMedium());
    for (let piece = 0; piece < 9; piece++) log.append('frames', batch(piece, true, piece * 10, 10));
    const indices = (from: number, to: number) =>
      log
        .readTimes(from / 30, to / 30)
        .flatMap((bytes) => decodeBatch(bytes).frames.map(({ index }) => index));
    // With the frames around, and their neighbours.
    expect(indices(42, 51)).toEqual(upTo(70).slice(30));
    expect(indices(39.5, 39.5)).toEqual(upTo(60).slice(20));
    expect(indices(-9, -8)).toEqual(upTo(20));
    expect(indices(500, 501)).toEqual(upTo(90).slice(70));
  });

  it('finds the frames around a time however far they are apart', () => {
    const log = Log.create(new MemoryMedium());
    for (let index = 0; index < 9; index++) {
      const frames = [{ index, time: index * 10, people: [] }];
      log.append('frames', encodeBatch({ piece: 0, isLast: false, frames }));
    }
    const times = log.readTimes(44, 46).flatMap((bytes) => decodeBatch(bytes).frames.map(({ time }) => time));
    expect(times).toEqual([30, 40, 50, 60]);
  });

  it('cut off at any byte, keeps all whole chunks before', () => {
    const medium = new MemoryMedium();
    writeLog(medium);
    let most = 0;
    for (let length = 8; length <= medium.size; length += 7) {
      const log = Log.open(copyOf(medium, length), true);
      expect(indicesIn(log)).toEqual(upTo(log.frames));
      expect(log.frames).toBeGreaterThanOrEqual(most);
      most = log.frames;
      // It can be gone on with.
      log.append('frames', batch(9, true, log.frames, 2));
      expect(indicesIn(log)).toEqual(upTo(log.frames));
    }
    expect(most).toBe(35);
  });

  it('damaged anywhere, keeps what is before and never gives what is damaged', () => {
    const random = createRandom(2);
    const medium = new MemoryMedium();
    writeLog(medium);
    for (let round = 0; round < 2000; round++) {
      const bytes = medium.read(0, medium.size);
      const at = 8 + Math.floor(random() * (bytes.length - 8));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const damaged = new MemoryMedium();
      damaged.append(bytes);
      const log = Log.open(damaged, true);
      expect(indicesIn(log)).toEqual(upTo(log.frames));
      expect(damaged.size).toBeLessThanOrEqual(at);
    }
  });

  it('refuses what it isn’t, by a sentence', () => {
    const open = (content: Uint8Array<ArrayBuffer>) => {
      const medium = new MemoryMedium();
      medium.append(content);
      return () => Log.open(medium, true);
    };
    expect(open(text('something else'))).toThrow(LimnError);
    expect(open(new Uint8Array())).toThrow(/no recording of Limn/);
    expect(open(Uint8Array.of(...text('LIMNLOG'), 7))).toThrow(/version 7.*reads version 1/);
  });
});

it('writes nothing that it would not read back', () => {
  const medium = new MemoryMedium();
  const log = writeLog(medium);
  const { size } = medium;
  expect(() => log.append('frames', new Uint8Array(2 ** 26 + 1))).toThrow(/67108865 bytes, more than/);
  expect(medium.size).toBe(size);
});

describe('a full disk', () => {
  /** Takes so many bytes and no more. */
  class SmallMedium extends MemoryMedium {
    readonly #quota: number;

    constructor(quota: number) {
      super();
      this.#quota = quota;
    }

    override append(bytes: Uint8Array<ArrayBuffer>): void {
      if (this.size + bytes.length > this.#quota) throw new DOMException('full', 'QuotaExceededError');
      super.append(bytes);
    }
  }

  it('sends the rest to memory, says so once, and loses nothing', () => {
    const reasons: unknown[] = [];
    const medium = new SpillingMedium(new SmallMedium(30_000), (reason) => reasons.push(reason));
    const log = writeLog(medium);
    expect(reasons).toHaveLength(1);
    expect(log.isLasting).toBe(false);
    expect(indicesIn(log)).toEqual(upTo(35));
    log.append('frames', batch(2, true, 35, 5));
    expect(indicesIn(log)).toEqual(upTo(40));
    expect(indicesIn(Log.open(medium, true))).toEqual(upTo(40));
  });
});
