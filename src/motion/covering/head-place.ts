import {
  boundingBox,
  type KeypointSetId,
  type Person,
  type Pose,
  pointScore,
  pointX,
  pointY,
} from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** A circle in pixels of the frame that holds a whole head, with its hair and some margin. */
export interface HeadPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Radii that cover a head, as multiples of lengths of the same person. Lengths are those of adults (NASA-STD-3000, volume
 * I, section 3: head 23 cm high and 15 wide, pupils 6.3 apart, shoulder joints 36, trunk 50) for a radius of 16 to 18 cm;
 * small children have larger heads for their bodies and smaller ones for their eyes' distance, so that each is rounded up.
 * What is seen askew is shorter than it is: of several, the longest counts.
 */
const RADIUS_BY = {
  ears: 1.1,
  eyes: 2.8,
  noseToEar: 1.35,
  noseToShoulders: 0.9,
  shoulders: 0.5,
  trunk: 0.36,
  headToNeck: 0.7,
};
/** Points of the face lie within the head: a radius of so many times the way from their middle to the farthest. */
const RADIUS_BY_SPREAD = 1.6;
/** By half of a face's longer side: the mesh goes up to the hairline, other faces end at the brows. */
const RADIUS_BY_FACE: Readonly<Partial<Record<KeypointSetId, number>>> = { 'face-478': 1.7 };
const RADIUS_BY_BROWS_AND_CHIN = 2.3;
/** The top of the head is so far from its middle, as a share of the way to the neck. */
const TOP_TO_MIDDLE = 0.45;
/** The middle of a head is so many radii above the shoulders. */
const ABOVE_SHOULDERS = 1.15;
/** Where only the body says where a head is, its circle is larger. */
const UNSEEN = 1.5;
/** Less sure than this, a point of the head counts only where the shoulders say that it may be right. */
const WEAK = 0.2;
/** A head is never farther from the shoulders than so many radii. */
const FARTHEST = 3.5;
/** Shoulders and hips that are less sure say nothing of a body's size. */
const SURE = 0.3;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

/** Where somebody's head is, by face and body; `null`: neither says so. */
export function headPlace({ body, face }: Person): HeadPlace | null {
  const byBody = body && placeByBody(body);
  const byFace = face ? placeByFace(face) : null;
  return byBody && byFace ? enclose(byBody, byFace) : (byFace ?? byBody);
}

function placeByFace(face: Pose): HeadPlace | null {
  const box = boundingBox(face);
  if (!box) return null;
  const half = Math.max(box.width, box.height) / 2;
  const radius = half * (RADIUS_BY_FACE[face.set] ?? RADIUS_BY_BROWS_AND_CHIN);
  return { x: box.left + box.width / 2, y: box.top + box.height / 2, radius };
}

function placeByBody(pose: Pose): HeadPlace | null {
  const find = createFinder(pose);
  const shoulders =
    middleOf(find('left_shoulder', SURE), find('right_shoulder', SURE)) ??
    find('neck', SURE) ??
    find('thorax', SURE);
  const hips =
    middleOf(find('left_hip', SURE), find('right_hip', SURE)) ?? find('mid_hip', SURE) ?? find('hip', SURE);
  const bodyRadius = Math.max(
    RADIUS_BY.shoulders * between(find('left_shoulder', SURE), find('right_shoulder', SURE)),
    RADIUS_BY.trunk * between(shoulders, hips),
  );
  const isRight = (point: Point): boolean =>
    shoulders && bodyRadius > 0 ? between(point, shoulders) <= FARTHEST * bodyRadius : point.score >= WEAK;
  const take = (name: string): Point | null => {
    const point = find(name, 0);
    return point && isRight(point) ? point : null;
  };
  const nose = take('nose');
  const [leftEye, rightEye] = [take('left_eye'), take('right_eye')];
  const [leftEar, rightEar] = [take('left_ear'), take('right_ear')];
  const top = take('head');
  const neck = find('neck', WEAK) ?? find('thorax', WEAK) ?? shoulders;
  const ofTop = top && neck && pointBetween(top, neck, TOP_TO_MIDDLE);
  const points = [
    nose,
    leftEye,
    rightEye,
    leftEar,
    rightEar,
    take('mouth_left'),
    take('mouth_right'),
    ofTop,
  ].filter((point) => point !== null);
  const radius = Math.max(
    bodyRadius,
    RADIUS_BY.ears * between(leftEar, rightEar),
    RADIUS_BY.eyes * between(leftEye, rightEye),
    RADIUS_BY.noseToEar * Math.max(between(nose, leftEar), between(nose, rightEar)),
    RADIUS_BY.noseToShoulders * between(nose, shoulders),
    RADIUS_BY.headToNeck * between(top, neck),
  );
  if (points.length > 0 && radius > 0) return around(points, radius);
  if (!shoulders || !(bodyRadius > 0)) return null;
  const up = upOf(shoulders, hips, find('left_shoulder', SURE), find('right_shoulder', SURE));
  const away = ABOVE_SHOULDERS * bodyRadius;
  return { x: shoulders.x + up.x * away, y: shoulders.y + up.y * away, radius: UNSEEN * bodyRadius };
}

/** Looks keypoints of a pose up by name; `null` where it has none of that name, or of a lower score, or it wasn't found. */
function createFinder(pose: Pose): (name: string, leastScore: number) => Point | null {
  const names = skeletonOf(pose.set).keypoints;
  return (name, leastScore) => {
    const i = names.indexOf(name);
    if (i < 0) return null;
    const [x, y, score] = [pointX(pose, i), pointY(pose, i), pointScore(pose, i)];
    return score > 0 && score >= leastScore && Number.isFinite(x) && Number.isFinite(y)
      ? { x, y, score }
      : null;
  };
}

function between(a: Point | null, b: Point | null): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

function pointBetween(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, score: Math.min(a.score, b.score) };
}

function middleOf(a: Point | null, b: Point | null): Point | null {
  return a && b && pointBetween(a, b, 0.5);
}

/** The circle around points of a head, of a radius at least. */
function around(points: readonly Point[], radius: number): HeadPlace {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of points) {
    [left, right] = [Math.min(left, point.x), Math.max(right, point.x)];
    [top, bottom] = [Math.min(top, point.y), Math.max(bottom, point.y)];
  }
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const spread = points.reduce((most, point) => Math.max(most, Math.hypot(point.x - x, point.y - y)), 0);
  return { x, y, radius: Math.max(radius, RADIUS_BY_SPREAD * spread) };
}

/** Towards the head, a unit vector: from the hips, else square to the shoulders, else up in the picture. */
function upOf(
  shoulders: Point,
  hips: Point | null,
  left: Point | null,
  right: Point | null,
): { x: number; y: number } {
  const trunk = between(shoulders, hips);
  if (hips && trunk > 0) return { x: (shoulders.x - hips.x) / trunk, y: (shoulders.y - hips.y) / trunk };
  const width = between(left, right);
  if (!left || !right || width === 0) return { x: 0, y: -1 };
  const [x, y] = [(left.y - right.y) / width, (right.x - left.x) / width];
  return y > 0 ? { x: -x, y: -y } : { x, y };
}

/** The smallest circle around two. */
function enclose(a: HeadPlace, b: HeadPlace): HeadPlace {
  const apart = Math.hypot(b.x - a.x, b.y - a.y);
  if (apart + b.radius <= a.radius) return a;
  if (apart + a.radius <= b.radius) return b;
  const radius = (apart + a.radius + b.radius) / 2;
  const share = (radius - a.radius) / apart;
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, radius };
}
