import { mapPoses, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { Recording } from '../../core/recording.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import { poseSize } from '../tracking/similarity.ts';
import { OneEuroFilter, type OneEuroOptions } from './one-euro.ts';

/** Strength of smoothing: 0 barely, 1 strongest. */
export const DEFAULT_SMOOTHING = 0.5;

// Speeds are measured in sizes of the pose, as MediaPipe does, so that near and far people are
// smoothed alike. MediaPipe's figures for body landmarks (tfjs-models,
// pose-detection/src/blazepose_tfjs/constants.ts) are a cut-off of 0.05 Hz at rest, which is the one here at
// strength 1, and a slope of 80, 40 for metres, which are those at strength 0, for they hardly smooth.
const STRONGEST_CUTOFF = 0.05;
const WEAKEST_CUTOFF = 5;
const BETA = 80;
const WORLD_BETA = 40;
/** At strength 1 the slope is this share of what it is at 0. */
const STRONGEST_BETA_SHARE = 1 / 16;
const DERIVATIVE_CUTOFF = 1;
/** After a gap of this many seconds a filter starts anew. */
const MAXIMUM_GAP = 0.5;

/**
 * Smooths the poses of people over time, each person and part for itself. A time before the last one (a
 * scrubbed video) starts that person's filters anew.
 */
export class Smoother {
  readonly #strength: number;
  readonly #filters = new Map<string, OneEuroFilter>();

  /** @param strength 0 (barely) to 1 (strongest) */
  constructor(strength = DEFAULT_SMOOTHING) {
    this.#strength = Math.min(1, Math.max(0, strength));
  }

  /** @param time seconds of what happened, for the filter's frequencies are those of motion */
  smooth(people: readonly Person[], time: number): Person[] {
    this.#forget(time);
    return people.map((person) =>
      mapPoses(person, (pose, part) => this.#smoothPose(pose, `${person.id} ${part} ${pose.set}`, time)),
    );
  }

  #smoothPose(pose: Pose, key: string, time: number): Pose {
    const size = poseSize(pose);
    if (size === 0) return pose;
    return {
      ...pose,
      points: this.#filterPositions(pose.points, POINT_STRIDE, size, BETA, key, time),
      world:
        pose.world && this.#filterPositions(pose.world, WORLD_STRIDE, 1, WORLD_BETA, `${key} world`, time),
    };
  }

  /** Filters all numbers of each group but the last, which is the score. */
  #filterPositions(
    source: Float32Array,
    stride: number,
    unit: number,
    beta: number,
    key: string,
    time: number,
  ): Float32Array {
    const filter = this.#filters.get(key) ?? new OneEuroFilter(source.length, this.#options(beta));
    this.#filters.set(key, filter);
    const values = Float64Array.from(source);
    filter.update(values, time, unit);
    return source.map((value, i) => (i % stride === stride - 1 ? value : (values[i] ?? value)));
  }

  #options(beta: number): OneEuroOptions {
    // Cut-offs are felt by their ratio, hence the geometric scale.
    const minimumCutoff = WEAKEST_CUTOFF * (STRONGEST_CUTOFF / WEAKEST_CUTOFF) ** this.#strength;
    return {
      minimumCutoff,
      beta: beta * STRONGEST_BETA_SHARE ** this.#strength,
      derivativeCutoff: DERIVATIVE_CUTOFF,
    };
  }

  #forget(time: number): void {
    for (const [key, filter] of this.#filters) {
      if (time < filter.time || time - filter.time > MAXIMUM_GAP) this.#filters.delete(key);
    }
  }
}

/** The recording with smoothed poses; the one given stays as it is. */
export function smoothRecording(recording: Recording, strength = DEFAULT_SMOOTHING): Recording {
  const smoother = new Smoother(strength);
  const slowness = slownessOf(recording.info);
  return new Recording(
    recording.info,
    recording.frames.map((frame) => ({
      ...frame,
      people: smoother.smooth(frame.people, frame.time / slowness),
    })),
  );
}

/** As callers ask for it: `false` gives the recording itself, `true` the usual strength, a number that strength. */
export function smoothAsAsked(recording: Recording, smooth: boolean | number): Recording {
  if (smooth === false) return recording;
  return smoothRecording(recording, smooth === true ? DEFAULT_SMOOTHING : smooth);
}
