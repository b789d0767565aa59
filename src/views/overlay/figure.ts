import { smallest } from '../../core/lists.ts';
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

/** A place in pixels of the frame. */
export interface FigurePoint {
  readonly x: number;
  readonly y: number;
}

/** A head as a ring, and the neck that it is on; pixels of the frame. */
export interface FigureHead {
  readonly center: FigurePoint;
  readonly radius: number;
  /** `null`: it isn't seen. */
  readonly neck: FigurePoint | null;
  /** The lowest score of what it follows from. */
  readonly score: number;
}

/** A limb's width as a share of the longer side of somebody's box, and its bounds in CSS pixels. */
const WIDTH_SHARE = 0.009;
const LEAST_WIDTH = 3;
const MOST_WIDTH = 8;

/**
 * How wide somebody's limbs are drawn, in pixels of the canvas: by how large they are in it.
 *
 * @param scale pixels of the canvas to one of the frame  @param unit pixels of the canvas to a CSS pixel
 */
export function limbWidth(person: Person, scale: number, unit: number): number {
  const pose = person.body ?? person.leftHand ?? person.rightHand ?? person.face;
  const box = pose && boundingBox(pose);
  const size = box ? Math.max(box.width, box.height) * scale : 0;
  return Math.min(MOST_WIDTH * unit, Math.max(LEAST_WIDTH * unit, WIDTH_SHARE * size));
}

interface HeadPlan {
  readonly shoulders: readonly [number, number];
  readonly hips: readonly [number, number];
  readonly ears: readonly [number, number];
  readonly eyes: readonly [number, number];
  readonly neck: number;
  readonly nose: number;
  readonly head: number;
}

const MAIN = /^(left|right)_(shoulder|elbow|wrist|hip|knee|ankle)$/;
const mainJointsOf = new Map<KeypointSetId, ReadonlySet<number>>();
const planOf = new Map<KeypointSetId, HeadPlan>();

/** The keypoints of a set that are drawn as joints: shoulders, elbows, wrists, hips, knees and ankles. */
export function mainJoints(set: KeypointSetId): ReadonlySet<number> {
  const known = mainJointsOf.get(set);
  if (known) return known;
  const found = new Set(
    skeletonOf(set).keypoints.flatMap((name, keypoint) => (MAIN.test(name) ? [keypoint] : [])),
  );
  mainJointsOf.set(set, found);
  return found;
}

function headPlan(set: KeypointSetId): HeadPlan {
  const known = planOf.get(set);
  if (known) return known;
  const names = skeletonOf(set).keypoints;
  const at = (...wanted: string[]): number =>
    wanted.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const pair = (name: string): readonly [number, number] => [at(`left_${name}`), at(`right_${name}`)];
  const plan: HeadPlan = {
    shoulders: pair('shoulder'),
    hips: pair('hip'),
    ears: pair('ear'),
    eyes: pair('eye'),
    neck: at('neck', 'thorax'),
    nose: at('nose'),
    head: at('head', 'head_top'),
  };
  planOf.set(set, plan);
  return plan;
}

/*
 * Half the height of a head is 0.115 m: beside a trunk of 0.5 m, shoulders 0.38 m apart, ears 0.15 m, eyes 0.063 m. Of what is seen
 * from the side or bent, a length is too short, never too long: the largest that follows is the nearest.
 */
const RADIUS_BY = { trunk: 0.23, shoulders: 0.3, ears: 0.77, eyes: 1.8 } as const;

/**
 * Somebody's head as a ring, from ears, eyes and nose; only for display, no file has it. `null`: nothing of it is seen.
 *
 * @param isSeen whether a keypoint counts
 */
export function figureHead(pose: Pose, isSeen: (keypoint: number) => boolean): FigureHead | null {
  const plan = headPlan(pose.set);
  const scores: number[] = [];
  const at = (keypoint: number): FigurePoint | null => {
    if (keypoint < 0 || !isSeen(keypoint)) return null;
    return { x: pointX(pose, keypoint), y: pointY(pose, keypoint) };
  };
  const note = (keypoints: readonly number[]): void => {
    for (const keypoint of keypoints) scores.push(pointScore(pose, keypoint));
  };
  const middle = (pair: readonly [number, number]): FigurePoint | null => {
    const [a, b] = [at(pair[0]), at(pair[1])];
    return a && b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : null;
  };
  const apart = (pair: readonly [number, number]): number => distance(at(pair[0]), at(pair[1]));
  const [shoulders, hips] = [middle(plan.shoulders), middle(plan.hips)];
  const neck = at(plan.neck) ?? shoulders;
  const radius = Math.max(
    RADIUS_BY.trunk * distance(shoulders, hips),
    RADIUS_BY.shoulders * apart(plan.shoulders),
    RADIUS_BY.ears * apart(plan.ears),
    RADIUS_BY.eyes * apart(plan.eyes),
  );
  const seen = [...plan.ears, ...plan.eyes, plan.nose, plan.head].filter((keypoint) => at(keypoint));
  const ears = middle(plan.ears);
  const center = ears ?? meanOf(seen.flatMap((keypoint) => at(keypoint) ?? []));
  if (!center || !(radius > 0)) return null;
  note(ears ? plan.ears : seen);
  return { center, radius, neck, score: smallest(scores) };
}

/** 0 if one of them isn't seen. */
function distance(a: FigurePoint | null, b: FigurePoint | null): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

function meanOf(points: readonly FigurePoint[]): FigurePoint | null {
  if (points.length === 0) return null;
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
