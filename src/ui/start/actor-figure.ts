import { createBodyPlan } from '../../sources/actor/body-plan.ts';
import { postureAt } from '../../sources/actor/choreography.ts';
import { type ActorJoints, computeJoints, type LimbJoints } from '../../sources/actor/joints.ts';

/** A demo actor to be drawn flat. */
export interface ActorFigure {
  /** What the actor looks like and does. */
  readonly seed: number;
  /** Where its feet are, in pixels of the canvas. */
  readonly x: number;
  readonly floor: number;
  /** Pixels of a metre. */
  readonly scale: number;
}

type Place = readonly [x: number, y: number];

const COLORS = { left: '#38a5ff', right: '#ff9a3d', middle: '#e6ebf2' } as const;
/** Metres: of limbs where they begin and end, of the head. */
const WIDTHS = {
  thigh: [0.1, 0.072],
  shin: [0.072, 0.05],
  arm: [0.066, 0.05],
  forearm: [0.05, 0.036],
} as const;
const TRUNK: readonly [number, number] = [0.09, 0.12];
const NECK_WIDTH = 0.05;
const HEAD: readonly [width: number, height: number] = [0.088, 0.12];
const JOINT = 0.022;
/** It doesn't walk far. */
const STAND = { homeX: -0.12, awayX: 0.12, z: 0 };
/** Seconds of the motion in a second. */
const GENTLENESS = 0.6;

/** Draws a demo actor at a time in seconds, seen from the front without perspective: a few strokes, for any machine. */
export function drawActor(context: CanvasRenderingContext2D, figure: ActorFigure, time: number): void {
  const { seed, x, floor, scale } = figure;
  const joints = computeJoints(createBodyPlan(seed), postureAt(seed, STAND, time * GENTLENESS));
  const at = (point: { readonly x: number; readonly y: number }): Place => [
    x + point.x * scale,
    floor - point.y * scale,
  ];
  drawShadow(context, at(joints.pelvis)[0], floor, scale);
  // What is farther away is drawn first.
  const sides = [
    { limbs: joints.left, color: COLORS.left },
    { limbs: joints.right, color: COLORS.right },
  ].sort((a, b) => a.limbs.hip.z - b.limbs.hip.z);
  for (const { limbs, color } of sides) drawSide(context, limbs, color, at, scale);
  drawTrunk(context, joints, at, scale);
}

function drawSide(
  context: CanvasRenderingContext2D,
  limbs: LimbJoints,
  color: string,
  at: (point: LimbJoints['hip']) => Place,
  scale: number,
): void {
  context.fillStyle = color;
  const { hip, knee, ankle, toe, shoulder, elbow, wrist } = limbs;
  const hand = limbs.hand[9] ?? wrist;
  taper(context, at(hip), at(knee), WIDTHS.thigh, scale);
  taper(context, at(knee), at(ankle), WIDTHS.shin, scale);
  taper(context, at(ankle), at(toe), [0.05, 0.034], scale);
  taper(context, at(shoulder), at(elbow), WIDTHS.arm, scale);
  taper(context, at(elbow), at(wrist), WIDTHS.forearm, scale);
  taper(context, at(wrist), at(hand), [0.036, 0.044], scale);
  context.fillStyle = '#fff';
  for (const joint of [hip, knee, ankle, shoulder, elbow, wrist]) disc(context, at(joint), JOINT * scale);
}

function drawTrunk(
  context: CanvasRenderingContext2D,
  { pelvis, neck, head, nose, left, right }: ActorJoints,
  at: (point: ActorJoints['pelvis']) => Place,
  scale: number,
): void {
  context.fillStyle = COLORS.middle;
  taper(context, at(pelvis), at(neck), TRUNK, scale);
  taper(context, at(left.hip), at(right.hip), [0.06, 0.06], scale);
  taper(context, at(left.shoulder), at(right.shoulder), [0.06, 0.06], scale);
  taper(context, at(neck), at(head), [NECK_WIDTH, NECK_WIDTH], scale);
  const [earX, earY] = middle(at(left.ear), at(right.ear));
  const [noseX] = at(nose);
  context.beginPath();
  context.ellipse((earX + noseX) / 2, earY, HEAD[0] * scale, HEAD[1] * scale, 0, 0, 2 * Math.PI);
  context.fill();
}

function middle([ax, ay]: Place, [bx, by]: Place): Place {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function drawShadow(context: CanvasRenderingContext2D, x: number, floor: number, scale: number): void {
  context.fillStyle = 'rgb(0 0 0 / 0.55)';
  context.beginPath();
  context.ellipse(x, floor, 0.36 * scale, 0.05 * scale, 0, 0, 2 * Math.PI);
  context.fill();
}

function disc(context: CanvasRenderingContext2D, [x, y]: Place, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** A limb that is round at both ends. @param widths in metres, there and there */
function taper(
  context: CanvasRenderingContext2D,
  from: Place,
  to: Place,
  widths: readonly [number, number],
  scale: number,
): void {
  const [a, b] = [(widths[0] / 2) * scale, (widths[1] / 2) * scale];
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const quarter = Math.PI / 2;
  context.beginPath();
  context.arc(from[0], from[1], a, angle + quarter, angle - quarter);
  context.arc(to[0], to[1], b, angle - quarter, angle + quarter);
  context.closePath();
  context.fill();
}
