/** Decoders of ONNX networks, as plainly as they can be written: loops over boxes, no tricks, in numbers of 64 bits. */
export interface PlainPerson {
  readonly corners: readonly [left: number, top: number, right: number, bottom: number];
  readonly score: number;
  /** x, y, score of each keypoint. */
  readonly points: readonly (readonly number[])[];
}

export interface PlainFit {
  readonly ratio: number;
  readonly padX: number;
  readonly padY: number;
}

/** As OpenCV's users letterbox: the smaller ratio; in the middle, half of what is left is on either side. */
export function plainFit(
  frame: readonly [number, number],
  input: readonly [number, number],
  inMiddle: boolean,
): PlainFit {
  const ratio = Math.min(input[0] / frame[0], input[1] / frame[1]);
  return {
    ratio,
    padX: inMiddle ? (input[0] - frame[0] * ratio) / 2 : 0,
    padY: inMiddle ? (input[1] - frame[1] * ratio) / 2 : 0,
  };
}

/** In pixels of the frame. */
export function unfit({ corners, score, points }: PlainPerson, { ratio, padX, padY }: PlainFit): PlainPerson {
  const x = (value: number): number => (value - padX) / ratio;
  const y = (value: number): number => (value - padY) / ratio;
  const [left, top, right, bottom] = corners;
  return {
    corners: [x(left), y(top), x(right), y(bottom)],
    score,
    points: points.map(([px = 0, py = 0, s = 0]) => [x(px), y(py), s]),
  };
}

/** Those of which no better one overlaps by more than a share, the best first. */
export function plainSuppress(people: readonly PlainPerson[], overlap: number): PlainPerson[] {
  const area = ([left, top, right, bottom]: PlainPerson['corners']): number =>
    (right - left) * (bottom - top);
  const share = (a: PlainPerson['corners'], b: PlainPerson['corners']): number => {
    const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
    const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
    return (width * height) / (area(a) + area(b) - width * height);
  };
  const kept: PlainPerson[] = [];
  for (const person of [...people].sort((a, b) => b.score - a.score)) {
    if (!kept.some((better) => share(better.corners, person.corners) > overlap)) kept.push(person);
  }
  return kept;
}

/** YOLOX's rows: what is on a grid of 8, 16 and 32 pixels, in this order. */
export function plainYolox(
  values: Float32Array,
  input: readonly [number, number],
  classes: number,
  leastScore: number,
): PlainPerson[] {
  const people: PlainPerson[] = [];
  let row = 0;
  for (const stride of [8, 16, 32]) {
    for (let gridY = 0; gridY < Math.floor(input[1] / stride); gridY++) {
      for (let gridX = 0; gridX < Math.floor(input[0] / stride); gridX++) {
        const all = values.slice(row * (5 + classes), (row + 1) * (5 + classes));
        row++;
        const [dx = 0, dy = 0, logWidth = 0, logHeight = 0, objectness = 0, person = 0] = all;
        const score = objectness * person;
        if (score < leastScore) continue;
        const [x, y] = [(dx + gridX) * stride, (dy + gridY) * stride];
        const [width, height] = [Math.exp(logWidth) * stride, Math.exp(logHeight) * stride];
        people.push({
          corners: [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
          score,
          points: [],
        });
      }
    }
  }
  return people;
}

/** x, y, score of each keypoint out of numbers one after the other. */
export function plainPoints(numbers: readonly number[]): number[][] {
  const points: number[][] = [];
  for (let i = 0; i < numbers.length; i += 3) points.push(numbers.slice(i, i + 3));
  return points;
}

/** A heatmap's peak as mmpose refines it (DARK, unbiased), written out in two dimensions. */
export function plainDark(
  map: readonly number[],
  rows: number,
  columns: number,
): { x: number; y: number; score: number } {
  const score = Math.max(...map);
  const peak = map.indexOf(score);
  const [px, py] = [peak % columns, Math.floor(peak / columns)];
  if (score <= 0) return { x: px, y: py, score };
  const kernel = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 2 ** 2)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const blurred = map.map((_, at) => {
    let total = 0;
    for (let dy = -5; dy <= 5; dy++) {
      for (let dx = -5; dx <= 5; dx++) {
        const [x, y] = [(at % columns) + dx, Math.floor(at / columns) + dy];
        if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
        total += ((map[y * columns + x] ?? 0) * (kernel[dx + 5] ?? 0) * (kernel[dy + 5] ?? 0)) / sum ** 2;
      }
    }
    return total;
  });
  const scale = score / Math.max(...blurred);
  const logs = blurred.map((value) => Math.log(Math.min(50, Math.max(0.001, value * scale))));
  const log = (x: number, y: number): number =>
    logs[Math.min(rows - 1, Math.max(0, y)) * columns + Math.min(columns - 1, Math.max(0, x))] ?? 0;
  const gradient = [(log(px + 1, py) - log(px - 1, py)) / 2, (log(px, py + 1) - log(px, py - 1)) / 2];
  const epsilon = 1.1920929e-7;
  const dxx = log(px + 1, py) - 2 * log(px, py) + log(px - 1, py) + epsilon;
  const dyy = log(px, py + 1) - 2 * log(px, py) + log(px, py - 1) + epsilon;
  const dxy =
    0.5 *
    (log(px + 1, py + 1) -
      log(px + 1, py) -
      log(px, py + 1) +
      2 * log(px, py) -
      log(px - 1, py) -
      log(px, py - 1) +
      log(px - 1, py - 1));
  // The inverse of the Hessian by Cramer's rule, times the gradient.
  const [gx = 0, gy = 0] = gradient;
  const determinant = dxx * dyy - dxy ** 2;
  return {
    x: px - (dyy * gx - dxy * gy) / determinant,
    y: py - (dxx * gy - dxy * gx) / determinant,
    score,
  };
}
