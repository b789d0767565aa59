// How far two recordings of the same frames are apart.

/**
 * @typedef {object} Difference
 * @property {number[]} pixels between landmarks, sorted
 * @property {number[]} metres between world landmarks, sorted
 * @property {number} same frames in which both found as many people
 * @property {number} frames
 */

const PARTS = /** @type {const} */ (['body', 'leftHand', 'rightHand']);

/**
 * Poses are compared with the nearest of their kind in the same frame; those without one only count in `same`. A keypoint that
 * only one of both has is infinitely far.
 *
 * @param {{ readonly frames: readonly Pick<import('../../src/index.ts').Frame, 'people'>[] }} own
 * @param {{ readonly frames: readonly Pick<import('../../src/index.ts').Frame, 'people'>[] }} reference
 * @returns {Difference}
 */
export function compareRecordings(own, reference) {
  /** @type {number[]} */
  const pixels = [];
  /** @type {number[]} */
  const metres = [];
  let same = 0;
  for (const [i, { people }] of reference.frames.entries()) {
    const others = own.frames[i]?.people ?? [];
    if (others.length === people.length) same++;
    const candidates = others.flatMap(posesOf);
    for (const pose of people.flatMap(posesOf)) {
      const nearest = nearestOf(pose, candidates);
      if (!nearest) continue;
      for (const [k, keypoint] of pose.keypoints.entries()) {
        const other = nearest.keypoints[k];
        if (other && (isThere(keypoint) || isThere(other))) pixels.push(distanceOf(keypoint, other));
        const [a, b] = [pose.world?.[k], nearest.world?.[k]];
        if (a && b) metres.push(Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z));
      }
    }
  }
  return { pixels: sorted(pixels), metres: sorted(metres), same, frames: reference.frames.length };
}

/**
 * @param {readonly number[]} values sorted
 * @param {number} share from 0 to 1
 */
export function quantileOf(values, share) {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** @param {import('../../src/index.ts').Person} person */
function posesOf(person) {
  return PARTS.map((part) => person[part]).filter((pose) => pose !== undefined && pose !== null);
}

/**
 * @param {import('../../src/index.ts').Pose} pose
 * @param {readonly import('../../src/index.ts').Pose[]} candidates
 */
function nearestOf(pose, candidates) {
  const [x, y] = middleOf(pose);
  let [nearest, least] = [/** @type {typeof pose | null} */ (null), Number.POSITIVE_INFINITY];
  for (const candidate of candidates) {
    if (candidate.set !== pose.set) continue;
    const [otherX, otherY] = middleOf(candidate);
    const distance = Math.hypot(x - otherX, y - otherY);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/**
 * Of the keypoints that it has.
 *
 * @param {import('../../src/index.ts').Pose} pose
 * @returns {readonly [x: number, y: number]}
 */
function middleOf({ keypoints }) {
  const all = keypoints.filter(isThere);
  const sum = (/** @type {'x' | 'y'} */ axis) => all.reduce((total, each) => total + each[axis], 0);
  return [sum('x') / all.length, sum('y') / all.length];
}

/** @param {import('../../src/index.ts').Keypoint} keypoint */
function isThere({ x, y }) {
  return Number.isFinite(x) && Number.isFinite(y);
}

/**
 * @param {import('../../src/index.ts').Keypoint} one
 * @param {import('../../src/index.ts').Keypoint} other
 */
function distanceOf(one, other) {
  const pixels = Math.hypot(one.x - other.x, one.y - other.y);
  return Number.isNaN(pixels) ? Number.POSITIVE_INFINITY : pixels;
}

/** @param {number[]} values */
function sorted(values) {
  return values.sort((a, b) => a - b);
}
