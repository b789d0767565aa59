import { lengthOf, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import { type KeypointLayout, otherOrders } from '../../skeletons/keypoint-layouts.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { PlaceOf } from './space.ts';

/** The share of its keypoints that a body needs to say something of their order. */
const WHOLE_ENOUGH = 0.5;
/**
 * The mean limb of bodies against the mean way between any two of their keypoints: if these are in a layout's order 0.2 to
 * 0.45, of noise 0.85 to 1.1. It changes little when pictures are stretched (`keypoint-order.test.ts`).
 */
const BODIES_BELOW = 0.6;
/** The same in the right order, against that in a wrong one: 0.3 to 0.57; of the usual one, in the right order, 0.75 and more. */
const CLEARLY_SHORTER = 0.65;
/**
 * The product of the variances along and across keypoints that are on one line at the most, as a share of their sum squared: 0
 * of a line, 0.25 of a circle, 0.01 of somebody who stands with the side to the camera.
 */
const LINE = 1e-4;
/** So many bodies, from all over the file, are enough. */
const LOOKED_AT = 200;

/**
 * The layout whose order makes bodies of lists of keypoints, for a list says nothing of its order: the usual one of their
 * number, if it does, else the one of others that programs write which does best.
 *
 * @param count keypoints of each list
 * @param bodies where the keypoints of each list are, by their position
 * @returns `null`: none of them makes bodies, or nobody is whole enough to say
 */
export function findOrder(
  usual: KeypointLayout,
  count: number,
  bodies: readonly PlaceOf[],
): KeypointLayout | null {
  const others = otherOrders.get(count) ?? [];
  if (others.length === 0) return usual;
  const step = Math.max(1, Math.floor(bodies.length / LOOKED_AT));
  const seen = bodies.filter((placeOf, i) => i % step === 0 && isTelling(placeOf, count));
  const anyTwo = meanWay(everyTwo(count), seen);
  const shareOf = (layout: KeypointLayout): number => meanWay(limbsOf(layout), seen) / anyTwo;
  const share = shareOf(usual);
  const [best] = others
    .map((layout) => ({ layout, share: shareOf(layout) }))
    .sort((a, b) => a.share - b.share);
  if (best && best.share < Math.min(share * CLEARLY_SHORTER, BODIES_BELOW)) return best.layout;
  return share < BODIES_BELOW ? usual : null;
}

/** Is somebody whole enough, and no template whose keypoints lie one behind the other? */
function isTelling(placeOf: PlaceOf, count: number): boolean {
  const places = Array.from({ length: count }, (_, i) => placeOf(i)).filter((place) => place !== null);
  if (places.length < count * WHOLE_ENOUGH) return false;
  const mean = (of: (place: Vector3) => number): number =>
    places.reduce((sum, place) => sum + of(place), 0) / places.length;
  const [x, y] = [mean((place) => place[0]), mean((place) => place[1])];
  const xx = mean((place) => (place[0] - x) ** 2);
  const yy = mean((place) => (place[1] - y) ** 2);
  const xy = mean((place) => (place[0] - x) * (place[1] - y));
  return xx * yy - xy * xy > LINE * (xx + yy) ** 2;
}

/** What is said of keypoints in another order than the usual one of their number. */
export function describeOrder({ label }: KeypointLayout, count: number): string {
  return `The ${count} keypoints are taken for ${label}, by the length of limbs.`;
}

/** Where a keypoint of a layout's body stands in the list. */
export function positionOf({ places }: KeypointLayout, keypoint: number): number {
  return places ? (places[keypoint] ?? -1) : keypoint;
}

type Pair = readonly [from: number, to: number];

function limbsOf(layout: KeypointLayout): Pair[] {
  const { limbs } = skeletonOf(layout.body);
  return limbs.map(({ from, to }) => [positionOf(layout, from), positionOf(layout, to)]);
}

function everyTwo(count: number): Pair[] {
  const all = Array.from({ length: count }, (_, i) => i);
  return all.flatMap((from) => all.slice(from + 1).map((to): Pair => [from, to]));
}

/** NaN: none of them are there. */
function meanWay(pairs: readonly Pair[], bodies: readonly PlaceOf[]): number {
  let [sum, count] = [0, 0];
  for (const placeOf of bodies) {
    for (const [from, to] of pairs) {
      const [a, b] = [placeOf(from), placeOf(to)];
      if (!a || !b) continue;
      sum += lengthOf(subtract(a, b));
      count++;
    }
  }
  return sum / count;
}
