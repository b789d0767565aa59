import { type KeypointSetId, WORLD_STRIDE } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';

/**
 * Places that no keypoint set has, or not all: for display only, no file has them. `hips` is the middle of the hips, `neck` that of
 * the shoulders, `head` the middle of the head, `crown` its top, `face` a place before it.
 */
export const derivedPlaces = ['hips', 'neck', 'head', 'crown', 'face'] as const;
export type DerivedPlace = (typeof derivedPlaces)[number];

/** Half the height of an adult's head, in metres. */
export const HEAD_HALF_HEIGHT = 0.115;
/** From the ears up to the middle of the head, in metres. */
const ABOVE_EARS = 0.02;
/** From the nose back to the middle of the head, and up, in metres. */
const BEHIND_NOSE = 0.1;
const ABOVE_NOSE = 0.035;
/** Lengths of an adult of 1.75 m between joints, in metres: what somebody's size is measured by. */
const ADULT = { trunk: 0.5, thigh: 0.42, shin: 0.41, upperArm: 0.29, forearm: 0.25 } as const;
const LEAST_SIZE = 0.3;
const MOST_SIZE = 1.5;
/** Metres below which a direction isn't one. */
const NO_LENGTH = 1e-4;

interface Landmarks {
  readonly pairs: Readonly<Record<'shoulders' | 'hips' | 'ears' | 'eyes', readonly [number, number]>>;
  /** The set's own, −1: it has none. */
  readonly neck: number;
  readonly hips: number;
  readonly nose: number;
  readonly top: number;
  readonly lengths: readonly (readonly [from: number, to: number, adult: number])[];
}

const known = new Map<KeypointSetId, Landmarks>();

function landmarksOf(set: KeypointSetId): Landmarks {
  const found = known.get(set);
  if (found) return found;
  const names = skeletonOf(set).keypoints;
  const at = (...wanted: string[]): number =>
    wanted.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const pair = (name: string): readonly [number, number] => [at(`left_${name}`), at(`right_${name}`)];
  const landmarks: Landmarks = {
    pairs: { shoulders: pair('shoulder'), hips: pair('hip'), ears: pair('ear'), eyes: pair('eye') },
    neck: at('neck', 'thorax'),
    hips: at('mid_hip', 'hip'),
    nose: at('nose'),
    top: at('head_top', 'head'),
    lengths: ['left', 'right'].flatMap((side) => {
      const joint = (...parts: string[]): number => at(...parts.map((part) => `${side}_${part}`));
      return [
        [joint('hip'), joint('knee'), ADULT.thigh],
        [joint('knee'), joint('ankle', 'foot'), ADULT.shin],
        [joint('shoulder'), joint('elbow'), ADULT.upperArm],
        [joint('elbow'), joint('wrist'), ADULT.forearm],
      ] as const;
    }),
  };
  known.set(set, landmarks);
  return landmarks;
}

/** Is a keypoint there, and sure enough? */
export function isJointSeen(positions: Float32Array, keypoint: number, threshold: number): boolean {
  const at = keypoint * WORLD_STRIDE;
  const score = positions[at + 3] ?? 0;
  return (
    keypoint >= 0 &&
    score > 0 &&
    score >= threshold &&
    Number.isFinite((positions[at] ?? Number.NaN) + (positions[at + 1] ?? 0) + (positions[at + 2] ?? 0))
  );
}

/**
 * Somebody's head, neck and spine, from the joints that there are. One body is worked on after the other, without anything being
 * allocated: what is read is that of the last `derive`.
 */
export class DerivedBody {
  /** x, y, z of each of `derivedPlaces`; NaN where it can't be said. */
  readonly places = new Float32Array(derivedPlaces.length * 3);
  /** How large somebody is, 1: an adult of 1.75 m. */
  size = 1;
  readonly #ratios = new Float64Array(9);
  readonly #scratch = new Float64Array(3);

  /** @param positions x, y, z in metres and a score by keypoint  @param threshold score from which a joint counts, 0 to 1 */
  derive(set: KeypointSetId, positions: Float32Array, threshold: number): void {
    const marks = landmarksOf(set);
    this.places.fill(Number.NaN);
    this.#putMiddle('hips', positions, marks.pairs.hips, threshold) ||
      this.#putJoint('hips', positions, marks.hips, threshold);
    this.#putMiddle('neck', positions, marks.pairs.shoulders, threshold) ||
      this.#putJoint('neck', positions, marks.neck, threshold);
    this.size = this.#measure(marks, positions, threshold);
    this.#deriveHead(marks, positions, threshold);
  }

  has(place: DerivedPlace): boolean {
    return !Number.isNaN(this.places[derivedPlaces.indexOf(place) * 3]);
  }

  #deriveHead({ pairs, nose, top }: Landmarks, positions: Float32Array, threshold: number): void {
    const { size } = this;
    const hasNose = isJointSeen(positions, nose, threshold);
    const hasTop = isJointSeen(positions, top, threshold);
    let above = ABOVE_EARS;
    if (this.#putMiddle('head', positions, pairs.ears, threshold)) {
      // Between the ears.
    } else if (hasTop && (hasNose || this.has('neck'))) {
      // Down from the top, along the head.
      this.#putJoint('head', positions, top, threshold);
      if (hasNose) this.#aimFrom(positions, nose);
      else this.#aimFromNeck();
      this.#move('head', this.#scratch, -HEAD_HALF_HEIGHT * size);
      above = 0;
    } else if (this.#putMiddle('head', positions, pairs.eyes, threshold)) {
      above = 0;
    } else if (hasNose) {
      this.#putJoint('head', positions, nose, threshold);
      above = ABOVE_NOSE;
    } else {
      const [left, right] = pairs.ears;
      const ear = isJointSeen(positions, left, threshold) ? left : right;
      if (!isJointSeen(positions, ear, threshold)) return;
      this.#putJoint('head', positions, ear, threshold);
    }
    this.#aimFromNeck();
    this.#move('head', this.#scratch, above * size);
    this.#copy('head', 'crown');
    this.#move('crown', this.#scratch, HEAD_HALF_HEIGHT * size);
    if (hasNose) this.#putJoint('face', positions, nose, threshold);
    if (hasNose && !this.#isApart('face', 'head', BEHIND_NOSE * size * 0.4)) this.#clear('face');
  }

  /** How long the limbs are beside an adult's: the middle of all that can be measured. */
  #measure({ lengths }: Landmarks, positions: Float32Array, threshold: number): number {
    const ratios = this.#ratios;
    let count = 0;
    const trunk = this.#distance('hips', 'neck');
    if (trunk > NO_LENGTH) ratios[count++] = trunk / ADULT.trunk;
    for (const [from, to, adult] of lengths) {
      if (!isJointSeen(positions, from, threshold) || !isJointSeen(positions, to, threshold)) continue;
      let squares = 0;
      for (let axis = 0; axis < 3; axis++) {
        const a = positions[from * WORLD_STRIDE + axis] ?? 0;
        squares += (a - (positions[to * WORLD_STRIDE + axis] ?? 0)) ** 2;
      }
      ratios[count++] = Math.sqrt(squares) / adult;
    }
    if (count === 0) return 1;
    const sorted = ratios.subarray(0, count).sort();
    return Math.min(MOST_SIZE, Math.max(LEAST_SIZE, sorted[count >> 1] ?? 1));
  }

  #putJoint(place: DerivedPlace, positions: Float32Array, keypoint: number, threshold: number): boolean {
    if (!isJointSeen(positions, keypoint, threshold)) return false;
    const to = derivedPlaces.indexOf(place) * 3;
    for (let axis = 0; axis < 3; axis++) {
      this.places[to + axis] = positions[keypoint * WORLD_STRIDE + axis] ?? Number.NaN;
    }
    return true;
  }

  #putMiddle(
    place: DerivedPlace,
    positions: Float32Array,
    [a, b]: readonly [number, number],
    threshold: number,
  ): boolean {
    if (!isJointSeen(positions, a, threshold) || !isJointSeen(positions, b, threshold)) return false;
    const to = derivedPlaces.indexOf(place) * 3;
    for (let axis = 0; axis < 3; axis++) {
      this.places[to + axis] =
        ((positions[a * WORLD_STRIDE + axis] ?? 0) + (positions[b * WORLD_STRIDE + axis] ?? 0)) / 2;
    }
    return true;
  }

  /** The way from the neck to the head as a direction; upwards if there is none. */
  #aimFromNeck(): void {
    const head = derivedPlaces.indexOf('head') * 3;
    const neck = derivedPlaces.indexOf('neck') * 3;
    for (let axis = 0; axis < 3; axis++) {
      this.#scratch[axis] = (this.places[head + axis] ?? 0) - (this.places[neck + axis] ?? 0);
    }
    this.#normalize();
  }

  #aimFrom(positions: Float32Array, keypoint: number): void {
    const head = derivedPlaces.indexOf('head') * 3;
    for (let axis = 0; axis < 3; axis++) {
      this.#scratch[axis] =
        (this.places[head + axis] ?? 0) - (positions[keypoint * WORLD_STRIDE + axis] ?? 0);
    }
    this.#normalize();
  }

  #normalize(): void {
    const [x = 0, y = 0, z = 0] = this.#scratch;
    const length = Math.hypot(x, y, z);
    if (length > NO_LENGTH) this.#scratch.set([x / length, y / length, z / length]);
    else this.#scratch.set([0, 1, 0]);
  }

  #move(place: DerivedPlace, direction: Float64Array, by: number): void {
    const at = derivedPlaces.indexOf(place) * 3;
    for (let axis = 0; axis < 3; axis++) {
      this.places[at + axis] = (this.places[at + axis] ?? 0) + (direction[axis] ?? 0) * by;
    }
  }

  #copy(from: DerivedPlace, to: DerivedPlace): void {
    const at = derivedPlaces.indexOf(from) * 3;
    this.places.copyWithin(derivedPlaces.indexOf(to) * 3, at, at + 3);
  }

  #clear(place: DerivedPlace): void {
    const at = derivedPlaces.indexOf(place) * 3;
    this.places.fill(Number.NaN, at, at + 3);
  }

  #isApart(a: DerivedPlace, b: DerivedPlace, by: number): boolean {
    return this.#distance(a, b) > by;
  }

  /** In metres; NaN if one of them isn't known. */
  #distance(a: DerivedPlace, b: DerivedPlace): number {
    const [from, to] = [derivedPlaces.indexOf(a) * 3, derivedPlaces.indexOf(b) * 3];
    let squares = 0;
    for (let axis = 0; axis < 3; axis++) {
      squares += ((this.places[from + axis] ?? 0) - (this.places[to + axis] ?? 0)) ** 2;
    }
    return Math.sqrt(squares);
  }
}
