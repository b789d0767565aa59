import type { Recording } from '../../core/recording.ts';
import { usualFrameRate } from '../../core/time/frame-rate.ts';
import { savitzkyGolay } from '../filters/savitzky-golay.ts';
import { measuredPose } from '../placing/spatial-pose.ts';
import { type Column, realTimesOf, stretchesOf } from '../tracks/tracks.ts';
import { type AngleId, angleIds, jointAngle } from './angles.ts';

/** A joint of somebody over the recording. */
export interface JointMotion {
  readonly personId: number;
  readonly angle: AngleId;
  /** Degrees by frame, see `jointAngle`; NaN where a keypoint is missing. */
  readonly degrees: Float64Array;
  /** Degrees a second by frame. */
  readonly degreesPerSecond: Float64Array;
  /** Over the whole recording, in degrees; NaN if the angle is never known. */
  readonly minimum: number;
  readonly maximum: number;
}

/** Derivatives are those of cubics over this many frames: 11 at 50 a second pass what is slower than about 7 Hz. */
const DERIVATIVE_WINDOW = 11;
const DERIVATIVE_DEGREE = 3;

/**
 * Angles of everybody's joints over time, with angular velocities (Savitzky–Golay) and ranges of motion. From what is
 * known in 3-D, else as projected into the picture.
 */
export function angles(recording: Recording): JointMotion[] {
  const times = realTimesOf(recording);
  const ids = [...new Set(recording.frames.flatMap(({ people }) => people.map(({ id }) => id)))].sort(
    (a, b) => a - b,
  );
  return ids.flatMap((personId) => {
    const poses = recording.frames.map(({ people }) => {
      const person = people.find(({ id }) => id === personId);
      return person ? measuredPose(person) : null;
    });
    return angleIds.map((angle): JointMotion => {
      const degrees = Float64Array.from(poses, (pose) => (pose ? jointAngle(pose, angle) : Number.NaN));
      const known = degrees.filter((value) => !Number.isNaN(value));
      return {
        personId,
        angle,
        degrees,
        degreesPerSecond: derivative(degrees, times),
        minimum: known.length > 0 ? known.reduce((least, value) => Math.min(least, value)) : Number.NaN,
        maximum: known.length > 0 ? known.reduce((most, value) => Math.max(most, value)) : Number.NaN,
      };
    });
  });
}

/** By time, within stretches without gaps; NaN where the column is. */
export function derivative(column: Column, times: Float64Array): Float64Array {
  const result = new Float64Array(column.length).fill(Number.NaN);
  for (const [from, to] of stretchesOf(column)) {
    const rate = usualFrameRate(times.subarray(from, to));
    if (rate === null) continue;
    const values = new Float64Array(column.subarray(from, to));
    result.set(savitzkyGolay(values, DERIVATIVE_WINDOW, DERIVATIVE_DEGREE, 1, 1 / rate), from);
  }
  return result;
}
