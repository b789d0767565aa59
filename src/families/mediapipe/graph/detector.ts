import { overlapOf } from '../../../core/boxes.ts';
import type { Box } from '../../../core/pose.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import type { FrameView } from './frame-view.ts';
import type { Region } from './region.ts';

/** How a detector's boxes lie in its picture. */
export interface DetectorLayout {
  /** Side of its picture, in pixels. */
  readonly side: number;
  /** Pixels between the middles of a layer's boxes; layers with the same follow one another. */
  readonly strides: readonly number[];
  readonly keypoints: number;
  /** Anchors of one middle and layer. */
  readonly anchorsALayer: number;
  /** Less sure detections are none: 0 to 1. */
  readonly minimumScore: number;
}

/** Of the tasks' options, min_detection_confidence and min_suppression_threshold as tasks-vision has them. */
export const MINIMUM_DETECTION = 0.5;
const SAME_OVERLAP = 0.3;
/** One anchor for its scale, one between it and the next. */
const WITH_BETWEEN = { anchorsALayer: 2, minimumScore: MINIMUM_DETECTION };
// mediapipe, tasks/cc/vision/pose_detector/pose_detector_graph.cc and hand_detector/hand_detector_graph.cc.
export const POSE_DETECTOR: DetectorLayout = {
  side: 224,
  strides: [8, 16, 32, 32, 32],
  keypoints: 4,
  ...WITH_BETWEEN,
};
export const PALM_DETECTOR: DetectorLayout = {
  side: 192,
  strides: [8, 16, 16, 16],
  keypoints: 7,
  ...WITH_BETWEEN,
};
/** mediapipe, modules/face_detection/face_detection_full_range.pbtxt. */
export const FACE_DETECTOR: DetectorLayout = {
  side: 192,
  strides: [4],
  keypoints: 6,
  anchorsALayer: 1,
  minimumScore: 0.6,
};
const BOX_NUMBERS = 4;
const HIGHEST_LOGIT = 100;

/** Something that a detector has found, as shares of its picture. */
export interface Detection extends Box {
  readonly score: number;
  /** x, y of each keypoint. */
  readonly keypoints: Float64Array;
}

/**
 * Middles of all boxes, x and y as shares of the picture; their sizes are all 1.
 *
 * Method: mediapipe, calculators/tflite/ssd_anchors_calculator.cc with fixed_anchor_size.
 */
export function createAnchors({
  side,
  strides,
  anchorsALayer,
}: Omit<DetectorLayout, 'minimumScore'>): Float32Array {
  const anchors: number[] = [];
  for (let layer = 0; layer < strides.length; ) {
    const stride = strides[layer] ?? side;
    let count = 0;
    for (; strides[layer] === stride; layer++) count += anchorsALayer;
    const cells = Math.ceil(side / stride);
    for (let y = 0; y < cells; y++) {
      for (let x = 0; x < cells; x++) {
        for (let i = 0; i < count; i++) anchors.push((x + 0.5) / cells, (y + 0.5) / cells);
      }
    }
  }
  return Float32Array.from(anchors);
}

/** Lets a detector look at the whole frame. @param levels what it wants for each of 256 levels */
export function detect(
  model: LiteRtModel,
  frame: FrameView,
  region: Region,
  levels: Float32Array,
  anchors: Float32Array,
  layout: DetectorLayout,
): Promise<Detection[]> {
  return frame.look(model, { region, side: layout.side, border: 'zero', levels }, ([boxes, scores]) => {
    if (!boxes || !scores) throw new Error('The detector gives no boxes and scores.');
    return decodeDetections(boxes, scores, anchors, layout);
  });
}

/**
 * What a detector's numbers say, the surest first; those that overlap are one, each weighing by its score.
 *
 * Method: mediapipe, calculators/tensor/tensors_to_detections_calculator.cc and
 * calculators/util/non_max_suppression_calculator.cc (WEIGHTED).
 */
export function decodeDetections(
  boxes: Float32Array,
  scores: Float32Array,
  anchors: Float32Array,
  { side, keypoints, minimumScore }: DetectorLayout,
): Detection[] {
  const numbers = BOX_NUMBERS + 2 * keypoints;
  const found: Detection[] = [];
  for (let i = 0; i < scores.length; i++) {
    const logit = Math.min(HIGHEST_LOGIT, Math.max(-HIGHEST_LOGIT, scores[i] ?? 0));
    const score = 1 / (1 + Math.exp(-logit));
    if (!(score >= minimumScore)) continue;
    const at = i * numbers;
    const [anchorX, anchorY] = [anchors[2 * i] ?? 0, anchors[2 * i + 1] ?? 0];
    const share = (number: number): number => (boxes[at + number] ?? 0) / side;
    const [x, y, width, height] = [share(0) + anchorX, share(1) + anchorY, share(2), share(3)];
    // Networks give sizes below nothing, too (the same calculator passes over them).
    if (!(width > 0 && height > 0) || Number.isNaN(x + y)) continue;
    const places = Float64Array.from(
      { length: 2 * keypoints },
      (_, k) => share(BOX_NUMBERS + k) + (k % 2 === 0 ? anchorX : anchorY),
    );
    found.push({
      score,
      left: x - width / 2,
      top: y - height / 2,
      width,
      height,
      keypoints: places,
    });
  }
  return joinOverlapping(found.sort((a, b) => b.score - a.score));
}

function joinOverlapping(sorted: readonly Detection[]): Detection[] {
  const joined: Detection[] = [];
  let left = sorted;
  for (;;) {
    const [best] = left;
    if (!best) return joined;
    const same = left.filter((other) => other === best || overlapOf(best, other) > SAME_OVERLAP);
    joined.push(weigh(best, same));
    left = left.filter((other) => !same.includes(other));
  }
}

function weigh({ score }: Detection, same: readonly Detection[]): Detection {
  const total = same.reduce((sum, other) => sum + other.score, 0);
  const mean = (read: (detection: Detection) => number): number =>
    same.reduce((sum, other) => sum + read(other) * other.score, 0) / total;
  const [first] = same;
  return {
    score,
    left: mean((each) => each.left),
    top: mean((each) => each.top),
    width: mean((each) => each.width),
    height: mean((each) => each.height),
    keypoints: Float64Array.from({ length: first?.keypoints.length ?? 0 }, (_, k) =>
      mean((each) => each.keypoints[k] ?? 0),
    ),
  };
}

/** The square of the frame that a detector sees: all of it, with its shape kept. */
export function wholeFrame(width: number, height: number): Region {
  return { x: width / 2, y: height / 2, size: Math.max(width, height), rotation: 0 };
}
