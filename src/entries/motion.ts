/**
 * `limn/motion`: what is done to whole recordings, and what is measured in them, in any thread of a browser and in Node. Needs no
 * worker and no network.
 *
 * @module
 */
export * from '../app/motion/step-builders.ts';
export { LimnError } from '../core/errors.ts';
export type { PlainRecording as Recording } from '../core/plain-recording.ts';
export { angles, type JointAngles } from '../library/here/angles.ts';
export { type StepOptions, transform } from '../library/here/transform.ts';
export type { AngleId } from '../motion/kinematics/angles.ts';
export type { MotionStep } from '../motion/steps.ts';
