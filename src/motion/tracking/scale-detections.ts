import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';

/** x, y, score of every candidate. */
const CANDIDATE_STRIDE = 3;

/** What was found in a picture, in the pixels of another size of it; keypoints in space stay as they are. */
export function scaleDetections(detections: Detections, [x, y]: readonly [x: number, y: number]): Detections {
  if (x === 1 && y === 1) return detections;
  const scalePose = (pose: Pose): Pose => ({ ...pose, points: pose.points.map(scaler(POINT_STRIDE, x, y)) });
  const { bodies, hands, faces, partCandidates } = detections;
  return {
    bodies: bodies.map(scalePose),
    hands: hands.map(scalePose),
    ...(faces && { faces: faces.map((face) => face && scalePose(face)) }),
    ...(partCandidates && {
      partCandidates: partCandidates.map((each) => each.map(scaler(CANDIDATE_STRIDE, x, y))),
    }),
  };
}

function scaler(stride: number, x: number, y: number): (value: number, at: number) => number {
  const factors = [x, y];
  return (value, at) => value * (factors[at % stride] ?? 1);
}
