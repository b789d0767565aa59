import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { ringsOf } from '../../../src/views/overlay/mask-outline.ts';

/** Twice the signed area, by Gauss's formula. */
function area(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const [x0 = 0, y0 = 0] = [ring[i], ring[i + 1]];
    const [x1 = 0, y1 = 0] = [ring[(i + 2) % ring.length], ring[(i + 3) % ring.length]];
    sum += x0 * y1 - x1 * y0;
  }
  return sum / 2;
}

/** Is a place within rings, by how often a line to the right crosses them? */
function isWithin(rings: readonly (readonly number[])[], x: number, y: number): boolean {
  let crossings = 0;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const [x0 = 0, y0 = 0] = [ring[i], ring[i + 1]];
      const [x1 = 0, y1 = 0] = [ring[(i + 2) % ring.length], ring[(i + 3) % ring.length]];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) crossings++;
    }
  }
  return crossings % 2 === 1;
}

const cellsOf = (columns: number, rows: number, isIn: (x: number, y: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: columns * rows }, (_, i) =>
    isIn((i % columns) + 0.5, Math.floor(i / columns) + 0.5) ? 1 : 0,
  );

describe('the outline of a mask', () => {
  it('of a disc is a round ring of its area', () => {
    const rings = ringsOf(
      cellsOf(60, 50, (x, y) => Math.hypot(x - 30, y - 25) < 20),
      60,
      50,
    );
    expect(rings).toHaveLength(1);
    const [ring = []] = rings;
    expect(Math.abs(area(ring))).toBeCloseTo(Math.PI * 400, -1.5);
    for (let i = 0; i < ring.length; i += 2)
      expect(Math.abs(Math.hypot((ring[i] ?? 0) - 30, (ring[i + 1] ?? 0) - 25) - 20)).toBeLessThan(0.8);
  });

  it('has a hole, the other way round, and closes at the edges of the grid', () => {
    const holed = ringsOf(
      cellsOf(40, 40, (x, y) => Math.hypot(x - 20, y - 20) < 15 && Math.hypot(x - 20, y - 20) > 6),
      40,
      40,
    );
    const areas = holed.map(area).sort((a, b) => a - b);
    expect(areas).toHaveLength(2);
    expect(Math.sign(areas[0] ?? 0)).toBe(-Math.sign(areas[1] ?? 0));
    const full = ringsOf(new Uint8Array(30).fill(1), 6, 5);
    expect(full).toHaveLength(1);
    expect(Math.abs(area(full[0] ?? []))).toBeGreaterThan(24);
    expect(ringsOf(new Uint8Array(30), 6, 5)).toEqual([]);
  });

  it('holds the cells whose smoothed value is a half and more, whatever they look like', () => {
    const random = createRandom(11);
    for (let round = 0; round < 40; round++) {
      const [columns, rows] = [3 + Math.floor(random() * 20), 3 + Math.floor(random() * 20)];
      const cells = Uint8Array.from({ length: columns * rows }, () => (random() < 0.5 ? 1 : 0));
      const at = (i: number, j: number): number =>
        i < 0 || j < 0 || i >= columns || j >= rows ? 0 : (cells[j * columns + i] ?? 0);
      const rings = ringsOf(cells, columns, rows);
      for (let j = 0; j < rows; j++) {
        for (let i = 0; i < columns; i++) {
          let sum = 0;
          for (const [dx, wx] of [
            [-1, 1],
            [0, 2],
            [1, 1],
          ] as const)
            for (const [dy, wy] of [
              [-1, 1],
              [0, 2],
              [1, 1],
            ] as const)
              sum += wx * wy * at(i + dx, j + dy);
          // On the line itself, either is right.
          if (sum === 8) continue;
          expect(isWithin(rings, i + 0.5 + 1e-4, j + 0.5 + 2e-4), `${columns} ${rows} ${i} ${j}`).toBe(
            sum > 8,
          );
        }
      }
    }
  });
});
