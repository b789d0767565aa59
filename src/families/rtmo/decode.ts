import { POINT_STRIDE } from '../../core/pose.ts';
import { toFrameBox, toFramePoints } from '../onnx/geometry.ts';
import type { Found, OnePass } from '../onnx/one-pass-estimator.ts';
import { suppress } from '../onnx/suppress.ts';
import { SUPPRESSED_ROW } from '../onnx/suppressed-boxes.ts';

/** mmpose, configs/body_2d_keypoint/rtmo/body7/rtmo-s_8xb32-600e_body7-640x640.py: `test_cfg`. */
const MMPOSE = { leastScore: 0.1, sameOverlap: 0.65 };
/** rtmlib, rtmlib/tools/pose_estimation/rtmo.py. */
const RTMLIB = { leastScore: 0.7, sameOverlap: 0.45 };
const GREY = 114;

/** RTMO as mmdeploy writes it: boxes and keypoints in pixels of its picture, which may be of the same person several times. */
export const rtmo: OnePass = {
  at: 'corner',
  grey: GREY,
  rowsOf: ({ shape }) => shape.slice(2).reduce((product, size) => product * size, 1),
  decode([boxes, keypoints], { conventions }, place) {
    if (!boxes || !keypoints) return [];
    const { leastScore, sameOverlap } = conventions === 'rtmlib' ? RTMLIB : MMPOSE;
    const [, count = 0, each = 0] = keypoints.shape;
    const found: Found[] = [];
    for (let i = 0; i < count; i++) {
      const [left = 0, top = 0, right = 0, bottom = 0, score = 0] = boxes.values.subarray(i * SUPPRESSED_ROW);
      if (!(score >= leastScore)) continue;
      const points = keypoints.values.slice(i * each * POINT_STRIDE, (i + 1) * each * POINT_STRIDE);
      found.push({
        box: toFrameBox(left, top, right, bottom, place),
        score: Math.min(1, score),
        points: toFramePoints(points, place),
      });
    }
    return suppress(found, sameOverlap);
  },
};
