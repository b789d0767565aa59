import { describe, expect, it } from 'vitest';
import {
  createMask,
  isMask,
  MASK_SIDE,
  maskCells,
  maskOfRuns,
  mirrorMask,
  runLengths,
  scaleMask,
} from '../../../src/core/mask.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { fromPlainRecording, toPlainRecording } from '../../../src/core/plain-recording.ts';
import { Recording, type TrackedFrame } from '../../../src/core/recording.ts';
import { limnJsonReader } from '../../../src/formats/limn-json/read.ts';
import { writeRecording } from '../../../src/formats/write-recording.ts';
import { mirror } from '../../../src/motion/arranging/mirror.ts';
import { decodeBatch, encodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { info, personAt } from '../../helpers/people.ts';

const box = { left: 12.5, top: 3, width: 100, height: 200 };
const random = createRandom(5);

/** Cells at random, in patches. */
function randomCells(columns: number, rows: number): Uint8Array {
  let value = 0;
  return Uint8Array.from({ length: columns * rows }, () => {
    if (random() < 0.2) value = 1 - value;
    return value;
  });
}

const maskOf = (cells: Uint8Array, columns: number, rows: number) =>
  createMask(box, columns, rows, (column, row) => cells[row * columns + column] === 1);

describe('a mask', () => {
  it.each([
    [1, 1],
    [3, 5],
    [128, 128],
    [17, 128],
  ])('of %i × %i cells gives them back', (columns, rows) => {
    for (const cells of [
      randomCells(columns, rows),
      new Uint8Array(columns * rows),
      new Uint8Array(columns * rows).fill(1),
    ]) {
      const mask = maskOf(cells, columns, rows);
      expect(maskCells(mask)).toEqual(cells);
      expect(isMask(mask)).toBe(true);
      expect(runLengths(mask)?.reduce((sum, length) => sum + length, 0)).toBe(columns * rows);
    }
  });

  it('is turned and stretched with its picture', () => {
    const mask = maskOf(Uint8Array.from([1, 0, 0, 1, 1, 0]), 3, 2);
    const turned = mirrorMask(mask, 640);
    expect(turned).toMatchObject({ left: 640 - 12.5 - 100, top: 3, width: 100, height: 200 });
    expect([...maskCells(turned)]).toEqual([0, 0, 1, 0, 1, 1]);
    expect(scaleMask(mask, 2, 3)).toMatchObject({ left: 25, top: 9, width: 200, height: 600 });
  });

  it('is none where its bytes are not of its size', () => {
    const mask = maskOf(randomCells(20, 30), 20, 30);
    const changes: Partial<typeof mask>[] = [
      { columns: 21 },
      { columns: 0, rows: 0, runs: new Uint8Array() },
      { columns: MASK_SIDE + 1, rows: 1 },
      { rows: 1.5 },
      { width: Number.NaN },
      { height: 0 },
      { runs: mask.runs.subarray(1) },
      { runs: new Uint8Array(600).fill(255) },
      { runs: new Uint8Array() },
    ];
    for (const change of changes) expect(isMask({ ...mask, ...change }), JSON.stringify(change)).toBe(false);
  });
});

describe('somebody’s mask', () => {
  const mask = maskOf(randomCells(90, 128), 90, 128);
  const people = [
    { ...personAt(1, 100, 200), mask },
    personAt(2, 300, 200),
    { ...personAt(3, 9, 9), mask, place: [1, 2, 3] as const },
  ];
  const frames: TrackedFrame[] = [{ index: 0, time: 0, people }];

  it('is kept in the log, byte for byte', () => {
    const encoded = encodeBatch({ piece: 0, isLast: true, frames });
    expect(decodeBatch(encoded).frames[0]?.people).toEqual(
      people.map((person) => ({ ...person, score: Math.fround(0.9) })),
    );
  });

  it('goes through Limn JSON', async () => {
    const recording = new Recording(info, frames);
    expect(fromPlainRecording(toPlainRecording(recording)).frames).toEqual(recording.frames);
    const parts: Uint8Array[] = [];
    for await (const part of writeRecording('limn-json', recording).parts) parts.push(part);
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
    const [back] = limnJsonReader.read([{ name: 'x.limn.json', bytes }]);
    expect(back?.frames[0]?.people.map((person) => person.mask)).toEqual([mask, undefined, mask]);
  });

  it('is turned with a recording', () => {
    const turned = mirror(new Recording(info, frames)).frames[0]?.people[0]?.mask;
    expect(turned).toEqual(mirrorMask(mask, info.width));
  });

  it('that is damaged in the log or in a file is refused, and nothing hangs', () => {
    const encoded = encodeBatch({ piece: 0, isLast: true, frames });
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const bytes = encoded.slice();
      bytes[Math.floor(bytes.length - random() * bytes.length * 0.6)] = Math.floor(random() * 256);
      try {
        for (const person of decodeBatch(bytes).frames.flatMap((frame) => frame.people))
          if (person.mask) expect(isMask(person.mask)).toBe(true);
      } catch (error) {
        expect(String(error)).toContain('damaged');
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(50);
    const plain = JSON.parse(
      JSON.stringify({
        format: 'limn-recording',
        version: 1,
        ...toPlainRecording(new Recording(info, frames)),
      }),
    ) as {
      frames: { people: { mask: { runs: number[] } }[] }[];
    };
    plain.frames[0]?.people[0]?.mask.runs.push(4);
    const bytes = new TextEncoder().encode(JSON.stringify(plain));
    expect(() => limnJsonReader.read([{ name: 'x.json', bytes }])).toThrow(/this is no mask/);
  });

  it('counts its runs as written', () => {
    expect([...maskOfRuns(box, 100, 3, [0, 127, 128, 45]).runs]).toEqual([0, 127, 128, 1, 45]);
  });
});
