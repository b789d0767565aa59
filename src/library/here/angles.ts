import { fromPlainRecording, type PlainRecording } from '../../core/plain-recording.ts';
import { checkPlainRecording } from '../../formats/limn-json/read.ts';
import type { AngleId } from '../../motion/kinematics/angles.ts';
import { angles as jointMotion } from '../../motion/kinematics/joint-motion.ts';

/** A joint of somebody over a recording: degrees and degrees a second by frame, NaN where a keypoint is missing. */
export interface JointAngles {
  readonly personId: number;
  readonly angle: AngleId;
  readonly degrees: readonly number[];
  readonly degreesPerSecond: readonly number[];
  /** Over the whole recording, in degrees; their difference is the range of motion. */
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Angles of everybody's joints over time, as clinicians count flexion (docs/angles.md), with their velocities and ranges:
 * from 3-D where there is any, else as projected into the picture.
 */
export function angles(recording: PlainRecording): JointAngles[] {
  return jointMotion(fromPlainRecording(checkPlainRecording(recording))).map((joint) => ({
    ...joint,
    degrees: [...joint.degrees],
    degreesPerSecond: [...joint.degreesPerSecond],
  }));
}
