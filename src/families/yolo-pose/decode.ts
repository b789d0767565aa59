import { POINT_STRIDE } from '../../core/pose.ts';
import { type Placement, toFrameBox, toFramePoints } from '../onnx/geometry.ts';
import type { Found, OnePass } from '../onnx/one-pass-estimator.ts';
import { suppress } from '../onnx/suppress.ts';
import type { OrtOutput } from '../runtimes/ort/session.ts';

/** Centre, size and score before the keypoints, a column for each place that somebody may be at. */
export const RAW_HEAD = 5;
/** Corners, score and class before the keypoints, a row for each of the best, of which none is the same as another. */
export const SORTED_HEAD = 6;
/** So many rows (ultralytics, nn/modules/head.py: `max_det`). */
export const SORTED_ROWS = 300;
/** ultralytics, engine/model.py: `conf` of predict. */
const LEAST_SCORE = 0.25;
/** ultralytics, cfg/default.yaml: `iou`. */
const SAME_OVERLAP = 0.7;
/** ultralytics, data/augment.py: LetterBox. */
const GREY = 114;

/** Ultralytics' pose networks: v8 and 11 say all that they see, 26 only the best of what is the same. */
export const yoloPose: OnePass = {
  at: 'middle',
  grey: GREY,
  rowsOf: (output) => (isSorted(output.shape) ? (output.shape[2] ?? 1) : null),
  decode([output], _, place) {
    if (!output) return [];
    return isSorted(output.shape) ? decodeRows(output, place) : decodeColumns(output, place);
  },
};

/** Is a row a person, and is what is the same sorted out? Else a column is one. */
export function isSorted([, rows = 0, row = 0]: readonly (number | null)[]): boolean {
  return (
    rows === SORTED_ROWS && row !== null && row > SORTED_HEAD && (row - SORTED_HEAD) % POINT_STRIDE === 0
  );
}

function decodeColumns({ values, shape }: OrtOutput, place: Placement): Found[] {
  const [, numbers = 0, count = 0] = shape;
  const keypoints = (numbers - RAW_HEAD) / POINT_STRIDE;
  const number = (row: number, column: number): number => values[row * count + column] ?? 0;
  const found: Found[] = [];
  for (let i = 0; i < count; i++) {
    const score = number(4, i);
    if (!(score >= LEAST_SCORE)) continue;
    const [x, y, halfWidth, halfHeight] = [number(0, i), number(1, i), number(2, i) / 2, number(3, i) / 2];
    const points = new Float32Array(keypoints * POINT_STRIDE);
    for (let at = 0; at < points.length; at++) points[at] = number(RAW_HEAD + at, i);
    const box = toFrameBox(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, place);
    found.push({ box, score, points: toFramePoints(points, place) });
  }
  return suppress(found, SAME_OVERLAP);
}

function decodeRows({ values, shape }: OrtOutput, place: Placement): Found[] {
  const [, count = 0, row = 0] = shape;
  const found: Found[] = [];
  for (let at = 0; at < count * row; at += row) {
    const [left = 0, top = 0, right = 0, bottom = 0, score = 0] = values.subarray(at);
    if (!(score >= LEAST_SCORE)) continue;
    const points = values.slice(at + SORTED_HEAD, at + row);
    found.push({
      box: toFrameBox(left, top, right, bottom, place),
      score,
      points: toFramePoints(points, place),
    });
  }
  return found.sort((a, b) => b.score - a.score);
}
