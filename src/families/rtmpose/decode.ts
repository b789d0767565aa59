import { POINT_STRIDE } from '../../core/pose.ts';
import type { TopDown } from '../onnx/top-down-estimator.ts';

/**
 * A keypoint's column and row as the highest of two rows of numbers each (SimCC), two of which are a pixel.
 *
 * Method: mmpose, mmpose/codecs/{simcc_label.py,utils/post_processing.py} (get_simcc_maximum), and
 * mmpose/models/pose_estimators/topdown.py, which brings them to the frame. Its score is the smaller one of both; rtmlib's
 * (rtmlib/tools/pose_estimation/post_processings.py) is their mean.
 */
export const rtmpose: TopDown = {
  isUnbiased: false,
  decode([columns, rows], index, { conventions }, { centreX, centreY, width, height }) {
    const [, keypoints = 0, across = 1] = columns?.shape ?? [];
    const down = rows?.shape[2] ?? 1;
    const points = new Float32Array(keypoints * POINT_STRIDE);
    if (!columns || !rows) return points;
    for (let i = 0; i < keypoints; i++) {
      const row = index * keypoints + i;
      const column = highest(columns.values, row * across, across);
      const line = highest(rows.values, row * down, down);
      const score =
        conventions === 'rtmlib' ? (column.value + line.value) / 2 : Math.min(column.value, line.value);
      points[i * POINT_STRIDE] = (column.at / across) * width + centreX - width / 2;
      points[i * POINT_STRIDE + 1] = (line.at / down) * height + centreY - height / 2;
      points[i * POINT_STRIDE + 2] = score;
    }
    return points;
  },
};

/** Where the highest of some numbers is, the first if there are several. */
function highest(values: Float32Array, from: number, count: number): { at: number; value: number } {
  let [at, value] = [0, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    const each = values[from + i] ?? Number.NEGATIVE_INFINITY;
    if (each > value) [at, value] = [i, each];
  }
  return { at, value };
}
