/** Somebody as MoveNet multipose gives them: pixels of the network's picture, scores of 0 to 1. */
export interface PlainPerson {
  readonly score: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  readonly points: readonly (readonly [x: number, y: number, score: number])[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** MoveNet multipose's maps to its six people step by step, without any shortcut: what the decoder is held against. */
export function plainMultipose(maps: Float32Array, rows: number, columns: number): PlainPerson[] {
  const at = (row: number, column: number, channel: number): number =>
    maps[(row * columns + column) * 90 + channel] ?? Number.NaN;
  const cells = range(rows * columns).map((cell) => [Math.floor(cell / columns), cell % columns] as const);
  const centre = cells.map(([row, column]) => Math.fround(sigmoid(at(row, column, 0))));
  const peaks = cells.map(([row, column], cell) => {
    const around = cells.flatMap(([y, x], other) =>
      Math.abs(y - row) <= 2 && Math.abs(x - column) <= 2 ? [centre[other] ?? 0] : [],
    );
    const own = centre[cell] ?? 0;
    return Math.max(...around) - own < 1.0132789611816406e-6 ? own : 0;
  });
  const order = range(cells.length).sort((a, b) => (peaks[b] ?? 0) - (peaks[a] ?? 0) || a - b);
  const found = order.slice(0, 6).map((cell) => {
    const [row, column] = cells[cell] ?? [0, 0];
    const [height, width] = [Math.max(0, at(row, column, 1)), Math.max(0, at(row, column, 2))];
    const [y, x] = [row + at(row, column, 3), column + at(row, column, 4)];
    const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
    const box = [
      within(x - width / 2, columns),
      within(y - height / 2, rows),
      within(x + width / 2, columns),
      within(y + height / 2, rows),
    ] as const;
    const expected = range(17).map(
      (k) => [column + at(row, column, 23 + 2 * k), row + at(row, column, 22 + 2 * k)] as const,
    );
    return { score: peaks[cell] ?? 0, box, expected };
  });
  const product = (person: (typeof found)[number], k: number, row: number, column: number): number => {
    const [left, top, right, bottom] = person.box;
    if (!(column >= left && column < right && row >= top && row < bottom)) return 0;
    const [x, y] = person.expected[k] ?? [0, 0];
    const far = ((column - x) ** 2 + (row - y) ** 2) / (0.300048828125 * Math.min(rows, columns));
    return sigmoid(at(row, column, 5 + k)) * Math.fround(Math.exp(-far));
  };
  return found.map((person) => {
    const points = range(17).map((k) => {
      const all = cells.map(([row, column]) => product(person, k, row, column));
      const best = all.indexOf(Math.max(...all));
      const [row, column] = cells[best] ?? [0, 0];
      const score = Math.max(...found.map((other) => product(other, k, row, column)));
      const [x, y] = [column + at(row, column, 57 + 2 * k), row + at(row, column, 56 + 2 * k)];
      return [4 * x, 4 * y, score] as const;
    });
    const sure = points.map(([, , score]) => score).filter((score) => score > 0.126953125);
    const mean = sure.reduce((sum, score) => sum + score, 0) / Math.max(1, sure.length);
    const [left, top, right, bottom] = person.box;
    return { score: person.score * mean, box: [4 * left, 4 * top, 4 * right, 4 * bottom], points };
  });
}
