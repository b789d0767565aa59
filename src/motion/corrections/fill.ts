import { greatest } from '../../core/lists.ts';
import {
  MARKS,
  meanScore,
  type Person,
  POINT_STRIDE,
  type Pose,
  posesOf,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type AnchorPose, type FillAnchor, type FillEdit, PARTS, type Part } from './edit.ts';

/** What of somebody an edit has to remember, to fill gaps from later. */
export function toAnchor(time: number, person: Person): FillAnchor {
  const plain = (values: Float32Array): (number | null)[] =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return {
    time,
    poses: PARTS.flatMap((part): AnchorPose[] => {
      const pose = person[part];
      if (!pose) return [];
      return [{ part, set: pose.set, points: plain(pose.points), world: pose.world && plain(pose.world) }];
    }),
  };
}

/**
 * Somebody at a time between two anchors: what is missing comes from them, along a line or a cubic.
 *
 * @param person as found in that frame; `null`: not found there
 * @returns `null` if there is nothing to fill from
 */
export function fillPerson(person: Person | null, edit: FillEdit, time: number): Person | null {
  const { before, after, personId, joint } = edit;
  // The anchors themselves stay as they are.
  if (time <= before.time || time >= after.time) return person;
  if (!person && joint) return null;
  const poses = new Map<Part, Pose>();
  for (const part of PARTS) {
    const existing = person?.[part] ?? null;
    const pose = joint && joint.part !== part ? existing : fillPose(existing, part, edit, time);
    if (pose) poses.set(part, pose);
  }
  if (poses.size === 0) return person;
  const face = poses.get('face');
  const filled = {
    body: poses.get('body') ?? null,
    leftHand: poses.get('leftHand') ?? null,
    rightHand: poses.get('rightHand') ?? null,
    ...(face && { face }),
  };
  if (person) {
    const isSame = PARTS.every((part) => (filled[part] ?? null) === (person[part] ?? null));
    return isSame ? person : { ...person, ...filled };
  }
  const score = greatest(posesOf({ id: personId, score: 0, ...filled }).map(meanScore));
  return { id: personId, score, ...filled };
}

function fillPose(existing: Pose | null, part: Part, edit: FillEdit, time: number): Pose | null {
  const find = (anchor: FillAnchor | null): AnchorPose | null =>
    anchor?.poses.find((pose) => pose.part === part) ?? null;
  const [before, after] = [find(edit.before), find(edit.after)];
  if (!before || !after || before.set !== after.set) return existing;
  if (existing && existing.set !== before.set) return existing;
  const { set } = before;
  const count = skeletonOf(set).keypoints.length;
  const curve = createCurve(edit, find, time);
  const points = existing?.points.slice() ?? missing(count, POINT_STRIDE);
  const hasWorld = existing ? existing.world !== null : before.world !== null && after.world !== null;
  const world = hasWorld ? (existing?.world?.slice() ?? missing(count, WORLD_STRIDE)) : null;
  const marks = existing?.marks?.slice() ?? new Uint8Array(count);
  let changes = 0;
  for (let keypoint = 0; keypoint < count; keypoint++) {
    const isWanted = edit.joint
      ? edit.joint.keypoint === keypoint
      : !((points[keypoint * POINT_STRIDE + 2] ?? 0) > 0);
    if (!isWanted) continue;
    const point = curve(({ points: values }) => values, keypoint, POINT_STRIDE);
    if (!point) continue;
    points.set(point, keypoint * POINT_STRIDE);
    const place = world && curve(({ world: values }) => values, keypoint, WORLD_STRIDE);
    if (place) world.set(place, keypoint * WORLD_STRIDE);
    marks[keypoint] = MARKS.filled;
    changes++;
  }
  if (changes === 0) return existing;
  return { handedness: null, ...existing, set, points, world, marks };
}

type Curve = (
  valuesOf: (pose: AnchorPose) => readonly (number | null)[] | null,
  keypoint: number,
  stride: number,
) => number[] | null;

/** Reads a keypoint's numbers at a time: positions along the curve, the lower of both scores. */
function createCurve(
  { before, after, beforeThat, afterThat, method }: FillEdit,
  find: (anchor: FillAnchor | null) => AnchorPose | null,
  time: number,
): Curve {
  const span = after.time - before.time;
  const share = (time - before.time) / span;
  return (valuesOf, keypoint, stride) => {
    const read = (anchor: FillAnchor | null, axis: number): number | null => {
      const pose = find(anchor);
      const value = pose && valuesOf(pose)?.[keypoint * stride + axis];
      return value ?? null;
    };
    const result: number[] = [];
    for (let axis = 0; axis < stride; axis++) {
      const [from, to] = [read(before, axis), read(after, axis)];
      if (from === null || to === null) return null;
      if (axis === stride - 1) {
        if (!(from > 0) || !(to > 0)) return null;
        result.push(Math.min(from, to));
        continue;
      }
      if (method === 'linear') {
        result.push(from + (to - from) * share);
        continue;
      }
      const slope = (anchor: FillAnchor | null, other: FillAnchor, value: number): number => {
        const far = read(anchor, axis);
        // Catmull-Rom: over the anchor from its neighbours; without one, straight on.
        return far === null || !anchor ? (to - from) / span : (value - far) / (other.time - anchor.time);
      };
      const startSlope = slope(beforeThat, after, to);
      const endSlope = slope(afterThat, before, from);
      result.push(hermite(from, to, startSlope * span, endSlope * span, share));
    }
    return result;
  };
}

/** Cubic Hermite spline on 0 … 1. @param m0 slope at the start, @param m1 at the end */
function hermite(p0: number, p1: number, m0: number, m1: number, t: number): number {
  const [t2, t3] = [t * t, t * t * t];
  return (2 * t3 - 3 * t2 + 1) * p0 + (t3 - 2 * t2 + t) * m0 + (-2 * t3 + 3 * t2) * p1 + (t3 - t2) * m1;
}

function missing(count: number, stride: number): Float32Array {
  return Float32Array.from({ length: count * stride }, (_, i) =>
    i % stride === stride - 1 ? 0 : Number.NaN,
  );
}
