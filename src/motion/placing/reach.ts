import { type KeypointSetId, WORLD_STRIDE } from '../../core/pose.ts';
import { DerivedBody, derivedPlaces, HEAD_HALF_HEIGHT, isJointSeen } from '../../skeletons/derived-body.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { StandingPerson } from './standing.ts';

/** How far somebody reaches in the room over all frames: what a camera has to see, and where the floor is. */
export interface PersonReach {
  readonly id: number;
  /** x, y, z in metres of the outermost places that they are at, flesh included, one after the other. */
  readonly points: Float32Array;
  /** In how many frames they were drawn. */
  readonly frames: number;
  /** It is of hands only. */
  readonly isHands: boolean;
}

/** In so many directions, evenly around, the outermost place is known: between two of them 1 % of a size is lost at most. */
const DIRECTIONS = 192;
/** Of so many frames in which somebody is furthest in a direction, the places are kept, so that single wrong ones can be left out. */
const KEPT = 6;
/** Share of frames that may lie further out than is counted: depth jumps where somebody is half hidden. */
const LEFT_OUT = 0.003;
/** Nobody's joint is further than this from their pelvis, in metres. */
const FURTHEST = 1.6;
/** What is around a joint, in metres: flesh and shoes; of a hand's joints, skin. */
const FLESH = 0.05;
const SKIN = 0.012;
/** Whoever was seen in fewer frames of many doesn't count beside others: a mistake of the tracker. */
const FLEETING_FRAMES = 3;
const MANY_FRAMES = 60;

/** Directions of length 1, evenly over a sphere (Fibonacci's lattice): x, y, z one after the other. */
const directions = Float32Array.from({ length: DIRECTIONS * 3 }, (_, at) => {
  const [i, axis] = [Math.floor(at / 3), at % 3];
  const y = 1 - (2 * i + 1) / DIRECTIONS;
  const radius = Math.sqrt(1 - y * y);
  const turn = i * Math.PI * (3 - Math.sqrt(5));
  return axis === 0 ? radius * Math.cos(turn) : axis === 1 ? y : radius * Math.sin(turn);
});

interface Extremes {
  frames: number;
  isHands: boolean;
  /** By direction and rank, the greatest first: how far, and where. */
  readonly far: Float32Array;
  readonly places: Float32Array;
}

/** Gathers frame by frame how far people reach. Of many frames it holds no more than of a few. */
export class Reach {
  #frames = 0;
  readonly #people = new Map<number, Extremes>();
  readonly #body = new DerivedBody();
  /** Of the frame and person at hand, by direction: how far, and where. */
  readonly #far = new Float32Array(DIRECTIONS);
  readonly #places = new Float32Array(DIRECTIONS * 3);

  /** The next frame. @param threshold score from which a joint is drawn, 0 to 1 */
  add(people: readonly StandingPerson[], threshold: number): void {
    this.#frames++;
    for (const person of people) {
      this.#far.fill(Number.NEGATIVE_INFINITY);
      let isHands = true;
      for (const { pose, positions } of person.poses) {
        const isHand = pose.set === 'hand-21';
        if (!isHand) isHands = false;
        this.#addJoints(
          positions,
          skeletonOf(pose.set).keypoints.length,
          person,
          isHand ? SKIN : FLESH,
          threshold,
        );
        if (!isHand) this.#addHead(pose.set, positions, threshold);
      }
      if ((this.#far[0] ?? 0) > Number.NEGATIVE_INFINITY) this.#note(person.id, isHands);
    }
  }

  /** Everybody so far. What was seen fleetingly is left out, if there are others. */
  get people(): PersonReach[] {
    const all = [...this.#people].map(([id, { frames, isHands, far, places }]) => {
      const rank = Math.min(KEPT - 1, frames - 1, Math.floor(frames * LEFT_OUT));
      const points: number[] = [];
      for (let direction = 0; direction < DIRECTIONS; direction++) {
        const at = direction * KEPT + rank;
        if (far[at] === Number.NEGATIVE_INFINITY) continue;
        points.push(places[at * 3] ?? 0, places[at * 3 + 1] ?? 0, places[at * 3 + 2] ?? 0);
      }
      return { id, frames, isHands, points: Float32Array.from(points) };
    });
    const lasting = all.filter(({ frames }) => frames >= FLEETING_FRAMES);
    return this.#frames >= MANY_FRAMES && lasting.length > 0 ? lasting : all;
  }

  #addJoints(
    positions: Float32Array,
    count: number,
    { pelvis }: StandingPerson,
    around: number,
    threshold: number,
  ): void {
    for (let joint = 0; joint < count; joint++) {
      if (!isJointSeen(positions, joint, threshold)) continue;
      const at = joint * WORLD_STRIDE;
      const x = positions[at] ?? 0;
      const y = positions[at + 1] ?? 0;
      const z = positions[at + 2] ?? 0;
      if (pelvis && Math.hypot(x - pelvis[0], y - pelvis[1], z - pelvis[2]) > FURTHEST) continue;
      this.#addBall(x, y, z, around);
    }
  }

  #addHead(set: KeypointSetId, positions: Float32Array, threshold: number): void {
    const body = this.#body;
    body.derive(set, positions, threshold);
    if (!body.has('head')) return;
    const at = derivedPlaces.indexOf('head') * 3;
    const { places, size } = body;
    this.#addBall(places[at] ?? 0, places[at + 1] ?? 0, places[at + 2] ?? 0, HEAD_HALF_HEIGHT * size);
  }

  #addBall(x: number, y: number, z: number, radius: number): void {
    const [far, places] = [this.#far, this.#places];
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      const at = direction * 3;
      const dx = directions[at] ?? 0;
      const dy = directions[at + 1] ?? 0;
      const dz = directions[at + 2] ?? 0;
      const reach = x * dx + y * dy + z * dz + radius;
      if (reach <= (far[direction] ?? 0)) continue;
      far[direction] = reach;
      places[at] = x + dx * radius;
      places[at + 1] = y + dy * radius;
      places[at + 2] = z + dz * radius;
    }
  }

  /** Takes the frame at hand over into what is known of somebody. */
  #note(id: number, isHands: boolean): void {
    let own = this.#people.get(id);
    if (!own) {
      const far = new Float32Array(DIRECTIONS * KEPT).fill(Number.NEGATIVE_INFINITY);
      own = { frames: 0, isHands: true, far, places: new Float32Array(DIRECTIONS * KEPT * 3) };
      this.#people.set(id, own);
    }
    own.frames++;
    own.isHands &&= isHands;
    const { far, places } = own;
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      const reach = this.#far[direction] ?? Number.NEGATIVE_INFINITY;
      const first = direction * KEPT;
      let at = first + KEPT - 1;
      if (reach <= (far[at] ?? 0)) continue;
      for (; at > first && (far[at - 1] ?? 0) < reach; at--) {
        far[at] = far[at - 1] ?? 0;
        places.copyWithin(at * 3, (at - 1) * 3, at * 3);
      }
      far[at] = reach;
      for (let axis = 0; axis < 3; axis++) places[at * 3 + axis] = this.#places[direction * 3 + axis] ?? 0;
    }
  }
}

/** All their points together. */
export function pointsOfReach(people: readonly PersonReach[]): Float32Array {
  const points = new Float32Array(people.reduce((sum, each) => sum + each.points.length, 0));
  let at = 0;
  for (const each of people) {
    points.set(each.points, at);
    at += each.points.length;
  }
  return points;
}
