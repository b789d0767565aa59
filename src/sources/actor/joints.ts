import { Quaternion, Vector3 } from 'three';
import { smallest } from '../../core/lists.ts';
import type { BodyPlan } from './body-plan.ts';
import type { ArmAngles, LegAngles, Posture } from './choreography.ts';

export interface LimbJoints {
  readonly shoulder: Vector3;
  readonly elbow: Vector3;
  readonly wrist: Vector3;
  /** 21 points in the order of `hand-21`. */
  readonly hand: readonly Vector3[];
  readonly hip: Vector3;
  readonly knee: Vector3;
  readonly ankle: Vector3;
  readonly heel: Vector3;
  readonly toe: Vector3;
  readonly footOrientation: Quaternion;
  readonly eyeInner: Vector3;
  readonly eye: Vector3;
  readonly eyeOuter: Vector3;
  readonly ear: Vector3;
  readonly mouth: Vector3;
}

/** Every joint of an actor in the room: metres, y up, the floor at 0. */
export interface ActorJoints {
  readonly pelvis: Vector3;
  readonly torsoOrientation: Quaternion;
  readonly neck: Vector3;
  readonly head: Vector3;
  readonly headOrientation: Quaternion;
  readonly nose: Vector3;
  readonly left: LimbJoints;
  readonly right: LimbJoints;
}

const X = new Vector3(1, 0, 0);
const Y = new Vector3(0, 1, 0);
const Z = new Vector3(0, 0, 1);
const about = (axis: Vector3, angle: number): Quaternion => new Quaternion().setFromAxisAngle(axis, angle);
const chain = (...rotations: Quaternion[]): Quaternion =>
  rotations.reduce((product, rotation) => product.multiply(rotation), new Quaternion());
const place = (origin: Vector3, orientation: Quaternion, x: number, y: number, z: number): Vector3 =>
  new Vector3(x, y, z).applyQuaternion(orientation).add(origin);

// Shares of the hand's length: where each finger begins (across, along the palm), and its three segments.
// After the hand proportions in Buryanov and Kotiuk, "Proportions of Hand Segments", Int. J. Morphol. 28(3).
const FINGERS = [
  { across: 0.2, along: 0.48, segments: [0.24, 0.14, 0.11] },
  { across: 0.065, along: 0.51, segments: [0.27, 0.16, 0.11] },
  { across: -0.065, along: 0.49, segments: [0.25, 0.15, 0.11] },
  { across: -0.19, along: 0.45, segments: [0.2, 0.11, 0.1] },
] as const;
const CURL_PER_JOINT = 1.35;
const SPREAD_ANGLE = 0.22;

/** Forward kinematics: where the joints of a body are in a posture, with the lower foot on the floor. */
export function computeJoints(plan: BodyPlan, posture: Posture): ActorJoints {
  const heading = about(Y, posture.heading);
  const atOrigin = computeAt(plan, posture, heading, new Vector3(posture.x, 0, posture.z));
  const lowest = smallest([atOrigin.left, atOrigin.right].flatMap(({ heel, toe }) => [heel.y, toe.y]));
  return computeAt(plan, posture, heading, new Vector3(posture.x, -lowest, posture.z));
}

function computeAt(plan: BodyPlan, posture: Posture, heading: Quaternion, pelvis: Vector3): ActorJoints {
  const torso = chain(heading, about(X, posture.lean));
  const neck = place(pelvis, torso, 0, plan.torso, 0);
  const headOrientation = chain(heading, about(X, posture.lean / 2 + posture.nod));
  const r = plan.headRadius;
  const head = place(neck, headOrientation, 0, plan.neck + r * 1.05, r * 0.15);
  const side = (sign: 1 | -1): LimbJoints => {
    const limbs = sign > 0 ? posture.left : posture.right;
    const shoulder = place(pelvis, torso, sign * plan.shoulderHalf, plan.torso * 0.985, 0);
    const hip = place(pelvis, heading, sign * plan.hipHalf, 0, 0);
    const face = (x: number, y: number, z: number): Vector3 =>
      place(head, headOrientation, sign * x * r, y * r, z * r);
    return {
      ...armJoints(plan, limbs.arm, sign, torso, shoulder),
      ...legJoints(plan, limbs.leg, sign, heading, hip),
      eyeInner: face(0.18, 0.2, 0.93),
      eye: face(0.36, 0.2, 0.9),
      eyeOuter: face(0.54, 0.2, 0.8),
      ear: face(0.98, 0.08, 0.0),
      mouth: face(0.28, -0.48, 0.86),
    };
  };
  return {
    pelvis,
    torsoOrientation: torso,
    neck,
    head,
    headOrientation,
    nose: place(head, headOrientation, 0, -0.08 * r, 1.16 * r),
    left: side(1),
    right: side(-1),
  };
}

function armJoints(plan: BodyPlan, arm: ArmAngles, sign: 1 | -1, torso: Quaternion, shoulder: Vector3) {
  const upper = chain(
    torso,
    about(X, -arm.flexion),
    about(Z, sign * arm.abduction),
    about(Y, -sign * arm.rotation),
  );
  const elbow = place(shoulder, upper, 0, -plan.upperArm, 0);
  const fore = chain(upper, about(X, -arm.elbow));
  const wrist = place(elbow, fore, 0, -plan.forearm, 0);
  const hand = chain(fore, about(Y, sign * arm.pronation));
  return { shoulder, elbow, wrist, hand: handJoints(plan, arm, sign, hand, wrist) };
}

/**
 * In the hand's own frame fingers point to −y, the thumb's side is +z, and the palm faces −x on a left hand.
 */
function handJoints(
  plan: BodyPlan,
  arm: ArmAngles,
  sign: 1 | -1,
  hand: Quaternion,
  wrist: Vector3,
): Vector3[] {
  const length = plan.hand;
  const curlAxis = (angle: number): Quaternion => about(Z, -sign * angle);
  const points = [wrist.clone()];

  const thumbBase = place(wrist, hand, -sign * 0.06 * length, -0.14 * length, 0.15 * length);
  const thumbCurl = 0.25 + 0.5 * arm.curl;
  points.push(thumbBase);
  let thumbFrame = chain(hand, about(X, -0.65 - 0.25 * arm.spread), curlAxis(thumbCurl * 0.5));
  let tip = thumbBase;
  for (const segment of [0.24, 0.18, 0.15]) {
    tip = place(tip, thumbFrame, 0, -segment * length, 0);
    points.push(tip);
    thumbFrame = chain(thumbFrame, curlAxis(thumbCurl * 0.5));
  }

  for (const [index, finger] of FINGERS.entries()) {
    const base = place(wrist, hand, 0, -finger.along * length, finger.across * length);
    points.push(base);
    let frame = chain(hand, about(X, -(1.5 - index) * SPREAD_ANGLE * arm.spread));
    let joint = base;
    for (const segment of finger.segments) {
      frame = chain(frame, curlAxis(arm.curl * CURL_PER_JOINT));
      joint = place(joint, frame, 0, -segment * length, 0);
      points.push(joint);
    }
  }
  return points;
}

function legJoints(plan: BodyPlan, leg: LegAngles, sign: 1 | -1, heading: Quaternion, hip: Vector3) {
  const thigh = chain(heading, about(Z, sign * leg.abduction), about(X, -leg.flexion));
  const knee = place(hip, thigh, 0, -plan.thigh, 0);
  const shank = chain(thigh, about(X, leg.knee));
  const ankle = place(knee, shank, 0, -plan.shank, 0);
  // Half of the shank's tilt stays with the foot while it is in the air; on the ground it lies flat.
  const pitch = Math.max(0, leg.knee - leg.flexion) * 0.5 + leg.ankle;
  const foot = chain(heading, about(Y, sign * 0.12), about(X, pitch));
  const heel = place(ankle, foot, 0, -plan.ankleHeight, -plan.foot * 0.24);
  const toe = place(ankle, foot, 0, -plan.ankleHeight, plan.foot * 0.7);
  return { hip, knee, ankle, heel, toe, footOrientation: foot };
}
