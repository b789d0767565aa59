import { type KeypointSetId, keypointCount, type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';
import { isMesh } from '../../skeletons/drawn-keypoints.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Limb } from '../../skeletons/skeleton.ts';
import { type ColorScheme, limbColor, personColor, type Rgb, sideColor, toCss } from '../style.ts';
import { type FigureHead, figureHead, mainJoints } from './figure.ts';
import type { Context2D } from './fit.ts';

export interface PoseOptions {
  /** 0 to 1: what is less certain is drawn faintly and dashed, down to half of it, and then not at all. */
  readonly threshold: number;
  readonly scheme: ColorScheme;
  /** There are others beside this person: what lies between left and right says who it is. */
  readonly hasOthers: boolean;
  /** Every keypoint is drawn, to be taken hold of. */
  readonly showsAllJoints: boolean;
  /** All in this colour; absent: in their own. */
  readonly tint?: string;
}

type Mapping = (value: number) => number;

/** Fingers and faces are drawn thinner than limbs. */
const THICKNESS: Readonly<Partial<Record<KeypointSetId, number>>> = {
  'hand-21': 0.55,
  'face-70': 0.3,
  'face-478': 0.22,
};
/** A dark edge that keeps limbs visible on any picture, as a share of the line. */
const CASING = 1.6;
export const CASING_COLOR = 'rgb(10 12 16 / 0.55)';
/** Radius of a main joint, and of what somebody has put elsewhere, as shares of a limb's line. */
const JOINT_RADIUS = 0.72;
const SMALL_JOINT_RADIUS = 0.5;
const JOINT_COLOR = '#fff';
/** Joints that were put by hand or filled in. */
const MARK_COLOR = '#34d399';
/** What isn't certain: how opaque it is, and its dashes in widths of the line. */
const UNSURE_OPACITY = 0.4;
const UNSURE_DASHES = [1.2, 1.6] as const;
/** Below this share of the threshold nothing is drawn. */
const LEAST_SHARE = 0.5;

/**
 * Draws a skeleton: limbs with a dark edge, the twelve main joints white, the head as a ring on its neck.
 *
 * @param toX from pixels of the picture to those of the canvas, as `toY`
 * @param scale pixels of the canvas to one of the picture  @param lineWidth of a limb, in pixels of the canvas
 */
export function drawPose(
  context: Context2D,
  pose: Pose,
  id: number,
  toX: Mapping,
  toY: Mapping,
  scale: number,
  lineWidth: number,
  options: PoseOptions,
): void {
  const { threshold, scheme, showsAllJoints, tint } = options;
  const skeleton = skeletonOf(pose.set);
  const width = lineWidth * (THICKNESS[pose.set] ?? 1);
  const main = mainJoints(pose.set);
  const isThere = (keypoint: number): boolean => {
    const score = pointScore(pose, keypoint);
    return score > 0 && score >= threshold * LEAST_SHARE && !Number.isNaN(pointX(pose, keypoint));
  };
  const isSure = (keypoint: number): boolean => pointScore(pose, keypoint) >= threshold;
  const colorOf = (limb: Limb): string =>
    tint ?? toCss(ownColor(limb, pose.set, skeleton.keypoints, id, options));
  // OpenPose's pictures have the head's own limbs; all others a ring.
  const head = scheme === 'openpose' || main.size === 0 ? null : figureHead(pose, (each) => isThere(each));
  const strokes: Stroke[] = [];
  for (const limb of skeleton.limbs) {
    const { from, to } = limb;
    if (!isThere(from) || !isThere(to) || (head && limb.part === 'head')) continue;
    strokes.push({
      color: colorOf(limb),
      isSure: isSure(from) && isSure(to),
      trace: () => {
        context.moveTo(toX(pointX(pose, from)), toY(pointY(pose, from)));
        context.lineTo(toX(pointX(pose, to)), toY(pointY(pose, to)));
      },
    });
  }
  if (head) {
    const color = tint ?? toCss(headColor(id, options));
    strokes.push({
      color,
      isSure: head.score >= threshold,
      trace: () => traceHead(context, head, toX, toY, scale),
    });
  }
  strokeAll(context, strokes, width);
  const { globalAlpha } = context;
  for (let i = 0; i < keypointCount(pose); i++) {
    const isMarked = (pose.marks?.[i] ?? 0) > 0;
    const isMain = main.has(i);
    // Hundreds of dots would hide a face: of a mesh there are contours, and what somebody has changed.
    const isDrawn = isMain || isMarked || scheme === 'openpose' || showsAllJoints;
    if (!isThere(i) || !isDrawn || (isMesh(pose.set) && !isMarked)) continue;
    context.globalAlpha = globalAlpha * (isSure(i) ? 1 : UNSURE_OPACITY);
    context.beginPath();
    const radius = width * (isMain ? JOINT_RADIUS : SMALL_JOINT_RADIUS);
    context.arc(toX(pointX(pose, i)), toY(pointY(pose, i)), radius, 0, 2 * Math.PI);
    context.fillStyle = isMarked ? MARK_COLOR : (tint ?? JOINT_COLOR);
    context.fill();
    context.lineWidth = Math.max(1, width / 5);
    context.strokeStyle = CASING_COLOR;
    context.stroke();
  }
  context.globalAlpha = globalAlpha;
}

interface Stroke {
  readonly color: string;
  readonly isSure: boolean;
  trace(): void;
}

/** Dark edges first, so that none lies over a limb. */
function strokeAll(context: Context2D, strokes: readonly Stroke[], width: number): void {
  const { globalAlpha } = context;
  for (const isSure of [false, true]) {
    const own = strokes.filter((stroke) => stroke.isSure === isSure);
    if (own.length === 0) continue;
    context.globalAlpha = globalAlpha * (isSure ? 1 : UNSURE_OPACITY);
    context.setLineDash(isSure ? [] : UNSURE_DASHES.map((length) => length * width));
    context.beginPath();
    for (const stroke of own) stroke.trace();
    context.lineWidth = width * CASING;
    context.strokeStyle = CASING_COLOR;
    context.stroke();
    context.lineWidth = width;
    for (const stroke of own) {
      context.beginPath();
      stroke.trace();
      context.strokeStyle = stroke.color;
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = globalAlpha;
}

/** The ring, and a line from it to the neck. */
function traceHead(
  context: Context2D,
  { center, radius, neck }: FigureHead,
  toX: Mapping,
  toY: Mapping,
  scale: number,
): void {
  const [x, y, ring] = [toX(center.x), toY(center.y), radius * scale];
  context.moveTo(x + ring, y);
  context.arc(x, y, ring, 0, 2 * Math.PI);
  if (!neck) return;
  const [dx, dy] = [toX(neck.x) - x, toY(neck.y) - y];
  const length = Math.hypot(dx, dy);
  // A head that hangs before the trunk covers its neck.
  if (length <= ring) return;
  context.moveTo(x + (dx / length) * ring, y + (dy / length) * ring);
  context.lineTo(x + dx, y + dy);
}

function ownColor(
  limb: Limb,
  set: KeypointSetId,
  names: readonly string[],
  id: number,
  { scheme, hasOthers }: PoseOptions,
): Rgb {
  if (scheme === 'people') return personColor(id);
  if (scheme === 'sides' && limb.side === 'middle' && limb.part === 'torso' && hasOthers) {
    return personColor(id);
  }
  return limbColor(limb, set, names, scheme);
}

function headColor(id: number, { scheme, hasOthers }: PoseOptions): Rgb {
  return scheme === 'people' || hasOthers ? personColor(id) : sideColor('middle');
}
