import { LimnError } from '../../core/errors.ts';
import { type Placement, toFrameBox } from '../onnx/geometry.ts';
import type { Found, OnePass } from '../onnx/one-pass-estimator.ts';
import type { OnnxUse } from '../onnx/onnx-use.ts';
import { suppress } from '../onnx/suppress.ts';
import { decodeSuppressed, isSuppressed } from '../onnx/suppressed-boxes.ts';
import type { OrtOutput } from '../runtimes/ort/session.ts';

/** Sides of a cell in pixels, the finest grid first (Megvii-BaseDetection/YOLOX, yolox/models/yolo_head.py). */
export const YOLOX_STRIDES = [8, 16, 32];
/** Centre, size and objectness come before the classes, of which people are the first. */
export const YOLOX_CLASSES_AT = 5;
const OBJECTNESS_AT = 4;
/** mmpose's demos look at boxes from this score on (demo/topdown_demo_with_mmdet.py: `--bbox-thr`). */
const LEAST_SCORE = 0.3;
/** rtmlib, rtmlib/tools/object_detection/yolox.py. */
const SAME_OVERLAP = 0.45;
const RTMLIB_LEAST_SCORE = 0.7;
/** What YOLOX was trained with around its pictures (yolox/data/data_augment.py: preproc). */
const GREY = 114;

/** YOLOX: boxes on three grids, or those that the network has sorted out itself. */
export const yolox: OnePass = {
  at: 'corner',
  grey: GREY,
  rowsOf: (output) => (isSuppressed(output) ? (output.shape.at(-1) ?? 1) : null),
  decode(outputs, use, place) {
    const [boxes] = outputs;
    if (!boxes) return [];
    return isSuppressed(boxes)
      ? decodeSuppressed(outputs, place, LEAST_SCORE)
      : decodeGrids(boxes, use, place);
  },
};

/** Method: Megvii-BaseDetection/YOLOX, yolox/utils/demo_utils.py (demo_postprocess, multiclass_nms). */
function decodeGrids({ values, shape }: OrtOutput, use: OnnxUse, place: Placement): Found[] {
  const row = shape.at(-1) ?? 0;
  const cells = yoloxCells(use);
  if (shape.at(-2) !== cells) {
    throw new LimnError(
      `YOLOX gives ${shape.at(-2)} rows for a picture of ${use.width} × ${use.height}, and its grids have ${cells} cells: a JSON beside it says which "size" it takes.`,
    );
  }
  const least = use.conventions === 'rtmlib' ? RTMLIB_LEAST_SCORE : LEAST_SCORE;
  const found: Found[] = [];
  let at = 0;
  for (const stride of YOLOX_STRIDES) {
    const [columns, rows] = [Math.floor(use.width / stride), Math.floor(use.height / stride)];
    for (let cell = 0; cell < columns * rows; cell++, at += row) {
      const score = (values[at + OBJECTNESS_AT] ?? 0) * (values[at + YOLOX_CLASSES_AT] ?? 0);
      if (!(score >= least)) continue;
      const x = ((values[at] ?? 0) + (cell % columns)) * stride;
      const y = ((values[at + 1] ?? 0) + Math.floor(cell / columns)) * stride;
      const halfWidth = (Math.exp(values[at + 2] ?? 0) * stride) / 2;
      const halfHeight = (Math.exp(values[at + 3] ?? 0) * stride) / 2;
      const box = toFrameBox(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, place);
      found.push({ box, score, points: null });
    }
  }
  return suppress(found, SAME_OVERLAP);
}

/** Cells of all grids together. */
export function yoloxCells({ width, height }: Pick<OnnxUse, 'width' | 'height'>): number {
  return YOLOX_STRIDES.reduce(
    (sum, stride) => sum + Math.floor(width / stride) * Math.floor(height / stride),
    0,
  );
}
