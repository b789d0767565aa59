import { type KeypointSetId, mainPose, type Person, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { assignMaximum } from '../tracking/assignment.ts';
import { poseSimilarity } from '../tracking/similarity.ts';

/** How far two recordings are apart at one keypoint. */
export interface KeypointDifference {
  readonly name: string;
  /** Pixels. */
  readonly median: number;
  /** Pixels: 95 of 100 are nearer. */
  readonly high: number;
  /** Frames and people that both have it. */
  readonly count: number;
}

export interface Difference {
  /** Of the keypoints of the body, in their order. */
  readonly keypoints: readonly KeypointDifference[];
  /** Frames that both have. */
  readonly frames: number;
  /** People in these frames: in both, and in only one. */
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
}

/** Less alike than this is somebody else. */
const MINIMUM_SIMILARITY = 0.02;
const HIGH_SHARE = 0.95;
/** What most sets can be turned into. */
const COMMON_SET: KeypointSetId = 'coco-17';

/** Gathers differences frame by frame; people are matched by where they are, not by their ids. */
export class DifferenceGatherer {
  readonly #distances = new Map<string, number[]>();
  #frames = 0;
  #both = 0;
  #onlyFirst = 0;
  #onlySecond = 0;

  add(first: TrackedFrame, second: TrackedFrame): void {
    this.#frames++;
    const similarity = first.people.map((person) => second.people.map((other) => alike(person, other)));
    const match = assignMaximum(similarity);
    let matched = 0;
    for (const [i, person] of first.people.entries()) {
      const column = match[i] ?? -1;
      const other = second.people[column];
      if (!other || !((similarity[i]?.[column] ?? 0) > 0)) continue;
      matched++;
      this.#compare(person, other);
    }
    this.#both += matched;
    this.#onlyFirst += first.people.length - matched;
    this.#onlySecond += second.people.length - matched;
  }

  /** Takes what another has gathered, which stays as it is. */
  merge(other: DifferenceGatherer): void {
    this.#frames += other.#frames;
    this.#both += other.#both;
    this.#onlyFirst += other.#onlyFirst;
    this.#onlySecond += other.#onlySecond;
    for (const [name, added] of other.#distances) {
      const distances = this.#distances.get(name) ?? [];
      this.#distances.set(name, distances);
      for (const distance of added) distances.push(distance);
    }
  }

  finish(): Difference {
    const keypoints = [...this.#distances.entries()].map(([name, distances]): KeypointDifference => {
      const sorted = Float64Array.from(distances).sort();
      const at = (share: number): number =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
      return { name, median: at(0.5), high: at(HIGH_SHARE), count: sorted.length };
    });
    return {
      keypoints,
      frames: this.#frames,
      both: this.#both,
      onlyFirst: this.#onlyFirst,
      onlySecond: this.#onlySecond,
    };
  }

  #compare(first: Person, second: Person): void {
    const [a, b] = inCommon(first.body, second.body);
    if (!a || !b) return;
    for (const [i, name] of skeletonOf(a.set).keypoints.entries()) {
      const at = i * POINT_STRIDE;
      const [ax = Number.NaN, ay = Number.NaN] = a.points.subarray(at, at + 2);
      const [bx = Number.NaN, by = Number.NaN] = b.points.subarray(at, at + 2);
      const distance = Math.hypot(ax - bx, ay - by);
      if (Number.isNaN(distance)) continue;
      const distances = this.#distances.get(name) ?? [];
      this.#distances.set(name, distances);
      distances.push(distance);
    }
  }
}

/** Both bodies in one keypoint set; `null` where there is none. */
export function inCommon(a: Pose | null, b: Pose | null): [Pose | null, Pose | null] {
  if (!a || !b) return [null, null];
  if (a.set === b.set) return [a, b];
  if (canConvert(a.set, b.set)) return [convertPose(a, b.set), b];
  if (canConvert(b.set, a.set)) return [a, convertPose(b, a.set)];
  const isPossible = canConvert(a.set, COMMON_SET) && canConvert(b.set, COMMON_SET);
  return isPossible ? [convertPose(a, COMMON_SET), convertPose(b, COMMON_SET)] : [null, null];
}

function alike(first: Person, second: Person): number {
  const [a, b] = inCommon(first.body, second.body);
  if (a && b) return above(poseSimilarity(a, b));
  const [x, y] = [mainPose(first), mainPose(second)];
  return x.set === y.set ? above(poseSimilarity(x, y)) : 0;
}

function above(similarity: number): number {
  return similarity < MINIMUM_SIMILARITY ? 0 : similarity;
}
