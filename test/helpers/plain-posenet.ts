/** Somebody as PoseNet gives them: pixels of the network's picture, scores of 0 to 1. */
export interface PlainPoseNetPerson {
  readonly score: number;
  readonly points: readonly (readonly [x: number, y: number, score: number])[];
}

/** Who hangs on whom, by COCO's numbers, in the order of the network's displacements. */
const PARENT_OF = new Map([
  [1, 0],
  [3, 1],
  [2, 0],
  [4, 2],
  [5, 0],
  [7, 5],
  [9, 7],
  [11, 5],
  [13, 11],
  [15, 13],
  [6, 0],
  [8, 6],
  [10, 8],
  [12, 6],
  [14, 12],
  [16, 14],
]);
const EDGES = [...PARENT_OF.keys()];
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** PoseNet's maps to people step by step, without any shortcut: what the decoder is held against. Finite numbers only. */
export function plainPoseNet(
  maps: Float32Array,
  rows: number,
  columns: number,
  stride: number,
): PlainPoseNetPerson[] {
  type Point = readonly [x: number, y: number, score: number];
  const at = (row: number, column: number, channel: number): number =>
    maps[(row * columns + column) * 115 + channel] ?? Number.NaN;
  const heat = (row: number, column: number, k: number): number =>
    Math.fround(1 / (1 + Math.exp(-at(row, column, k))));
  const near = (value: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.round(value / stride)));
  const cellOf = ([x, y]: readonly [number, number, ...unknown[]]): [row: number, column: number] => [
    near(y, rows),
    near(x, columns),
  ];
  const offset = ([row, column]: readonly [number, number], k: number): [x: number, y: number] => [
    column * stride + at(row, column, 34 + k),
    row * stride + at(row, column, 17 + k),
  ];
  /** From one keypoint to another along an edge, by the displacements that begin at a channel. */
  const step = (from: Point, edge: number, channel: number, to: number): Point => {
    const [row, column] = cellOf(from);
    let place: [number, number] = [
      from[0] + at(row, column, channel + 16 + edge),
      from[1] + at(row, column, channel + edge),
    ];
    for (const _ of range(2)) place = offset(cellOf(place), to);
    return [...place, heat(...cellOf(place), to)];
  };
  const complete = (root: number, point: Point): Point[] => {
    const found = new Map([[root, point]]);
    // Nobody is farther from anybody in the tree than by eight edges.
    for (const _ of range(8)) {
      for (const [edge, child] of EDGES.entries()) {
        const parent = PARENT_OF.get(child) ?? 0;
        const [up, down] = [found.get(parent), found.get(child)];
        if (down && !up) found.set(parent, step(down, edge, 83, parent));
        if (up && !down) found.set(child, step(up, edge, 51, child));
      }
    }
    return range(17).map((k) => found.get(k) ?? [Number.NaN, Number.NaN, Number.NaN]);
  };
  const candidates = range(rows * columns * 17)
    .map((i) => [Math.floor(i / 17 / columns), Math.floor(i / 17) % columns, i % 17] as const)
    .filter(([row, column, k]) => {
      const own = heat(row, column, k);
      const around = range(9).map((i) => [row + Math.floor(i / 3) - 1, column + (i % 3) - 1] as const);
      return own >= 0.5 && !around.some(([y, x]) => heatInside(y, x, k) > own);
    })
    .sort((a, b) => heat(...b) - heat(...a));
  function heatInside(row: number, column: number, k: number): number {
    return row >= 0 && row < rows && column >= 0 && column < columns ? heat(row, column, k) : 0;
  }
  const people: PlainPoseNetPerson[] = [];
  for (const [row, column, k] of candidates) {
    const isTaken = ([x, y]: readonly [number, number, ...unknown[]], keypoint: number): boolean =>
      people.some(({ points }) => {
        const [otherX, otherY] = points[keypoint] ?? [Number.NaN, Number.NaN];
        return Math.hypot(otherX - x, otherY - y) <= 20;
      });
    const place = offset([row, column], k);
    if (people.length === 32 || isTaken(place, k)) continue;
    const points = complete(k, [...place, heat(row, column, k)]);
    const own = points.map((point, keypoint) => (isTaken(point, keypoint) ? 0 : point[2]));
    people.push({ score: own.reduce((sum, score) => sum + score, 0) / 17, points });
  }
  return people;
}
