import { movePeaks } from '../../core/kept-pixels.ts';
import { scaleMask } from '../../core/mask.ts';
import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';

/** What was found in a picture, in the pixels of another size of it; keypoints in space stay as they are. */
export function scaleDetections(detections: Detections, [x, y]: readonly [x: number, y: number]): Detections {
  if (x === 1 && y === 1) return detections;
  const factors = [x, y];
  const scalePose = (pose: Pose): Pose => ({
    ...pose,
    points: pose.points.map((value, at) => value * (factors[at % POINT_STRIDE] ?? 1)),
  });
  const { bodies, hands, faces, masks, tracks, ownHands, boxes, partCandidates } = detections;
  const scaleAny = (pose: Pose | null): Pose | null => pose && scalePose(pose);
  return {
    bodies: bodies.map(scalePose),
    hands: hands.map(scalePose),
    ...(faces && { faces: faces.map(scaleAny) }),
    ...(masks && { masks: masks.map((mask) => mask && scaleMask(mask, x, y)) }),
    ...(tracks && { tracks }),
    ...(ownHands && {
      ownHands: ownHands.map(({ leftHand, rightHand }) => ({
        leftHand: scaleAny(leftHand),
        rightHand: scaleAny(rightHand),
      })),
    }),
    ...(boxes && {
      boxes: boxes.map(({ box: { left, top, width, height }, score }) => ({
        box: { left: left * x, top: top * y, width: width * x, height: height * y },
        score,
      })),
    }),
    ...(partCandidates && {
      partCandidates: movePeaks(partCandidates, (value, axis) => value * (axis === 'x' ? x : y)),
    }),
  };
}
