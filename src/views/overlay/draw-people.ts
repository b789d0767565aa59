import type { PersonMask } from '../../core/mask.ts';
import {
  boundingBox,
  type KeypointSetId,
  keypointCount,
  type Person,
  type Pose,
  pointScore,
  pointX,
  pointY,
  posesOf,
} from '../../core/pose.ts';
import type { PersonAngle } from '../../motion/kinematics/angles.ts';
import { isMesh } from '../../skeletons/drawn-keypoints.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type ColorScheme, limbColor, personColor, scoreColor, toCss } from '../style.ts';
import { drawAngles } from './draw-angles.ts';
import { drawMeasures, type LabelledMeasure } from './draw-measures.ts';
import type { Context2D, Fit } from './fit.ts';
import { traceMask } from './mask-outline.ts';

export interface OverlayOptions {
  /** Keypoints below this score are not drawn; 0 to 1. */
  readonly threshold: number;
  /** Pixels of the canvas. */
  readonly lineWidth: number;
  /** 0 to 1. */
  readonly opacity: number;
  readonly scheme: ColorScheme;
  readonly showIds: boolean;
  /** Outlines of people, where there are masks. */
  readonly showMasks: boolean;
  readonly isMirrored: boolean;
  /** The others are drawn faintly; `null`: nobody is. */
  readonly followedId: number | null;
  /** Joint angles that are drawn as wedges with numbers. */
  readonly angles: readonly PersonAngle[];
  /** What is measured in the picture; absent: nothing. */
  readonly measures?: readonly LabelledMeasure[];
  /** All in this colour, for people of another recording; absent: in their own. */
  readonly tint?: string;
}

/** Fingers and faces are drawn thinner than limbs. */
const THICKNESS: Readonly<Partial<Record<KeypointSetId, number>>> = {
  'hand-21': 0.55,
  'face-70': 0.3,
  'face-478': 0.22,
};
/** A dark edge that keeps limbs visible on any picture, as a share of the line. */
const CASING = 1.55;
const CASING_COLOR = 'rgb(10 12 16 / 0.55)';
const OUTLINE_COLOR = '#f8fafc';
/** As a share of a limb's line. */
const OUTLINE_THICKNESS = 0.5;
const JOINT_RADIUS = 0.72;
const LABEL_FONT_SIZE = 3.4;
/** Joints that were put by hand or filled in. */
const MARK_COLOR = [52, 211, 153] as const;
/** Opacity of those who aren't followed. */
const FAINT = 0.22;

/** Draws skeletons over a picture that lies on the canvas as `fit` says. */
export function drawPeople(
  context: Context2D,
  people: readonly Person[],
  fit: Fit,
  options: OverlayOptions,
): void {
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const toX = createHorizontal(context.canvas.width, fit, options.isMirrored);
  const toY = (y: number): number => fit.top + y * fit.scale;
  for (const person of people) {
    const isFaint = options.followedId !== null && person.id !== options.followedId;
    context.globalAlpha = options.opacity * (isFaint ? FAINT : 1);
    if (options.showMasks && person.mask) drawOutline(context, person.mask, toX, toY, options);
    const tint = options.scheme === 'people' ? toCss(personColor(person.id)) : undefined;
    const own = options.tint === undefined && tint !== undefined ? { ...options, tint } : options;
    for (const pose of posesOf(person)) drawPose(context, pose, toX, toY, own);
    if (options.showIds) drawLabel(context, person, toX, toY, options);
  }
  context.globalAlpha = options.opacity;
  drawAngles(context, people, toX, toY, options);
  drawMeasures(context, options.measures ?? [], toX, toY, options.lineWidth);
  context.restore();
}

type Mapping = (value: number) => number;

function createHorizontal(width: number, fit: Fit, isMirrored: boolean): Mapping {
  return isMirrored ? (x) => width - (fit.left + x * fit.scale) : (x) => fit.left + x * fit.scale;
}

function drawOutline(
  context: Context2D,
  mask: PersonMask,
  toX: Mapping,
  toY: Mapping,
  { lineWidth, tint }: OverlayOptions,
): void {
  const path = new Path2D();
  traceMask(path, mask, toX, toY);
  context.lineWidth = lineWidth * OUTLINE_THICKNESS * CASING;
  context.strokeStyle = CASING_COLOR;
  context.stroke(path);
  context.lineWidth = lineWidth * OUTLINE_THICKNESS;
  context.strokeStyle = tint ?? OUTLINE_COLOR;
  context.stroke(path);
}

function drawPose(
  context: Context2D,
  pose: Pose,
  toX: Mapping,
  toY: Mapping,
  { threshold, lineWidth, scheme, tint }: OverlayOptions,
): void {
  const skeleton = skeletonOf(pose.set);
  const width = lineWidth * (THICKNESS[pose.set] ?? 1);
  const isShown = (keypoint: number): boolean => {
    const score = pointScore(pose, keypoint);
    return score > 0 && score >= threshold && !Number.isNaN(pointX(pose, keypoint));
  };
  const limbs = skeleton.limbs.filter(({ from, to }) => isShown(from) && isShown(to));
  const trace = ({ from, to }: { from: number; to: number }): void => {
    context.moveTo(toX(pointX(pose, from)), toY(pointY(pose, from)));
    context.lineTo(toX(pointX(pose, to)), toY(pointY(pose, to)));
  };

  context.beginPath();
  for (const limb of limbs) trace(limb);
  context.lineWidth = width * CASING;
  context.strokeStyle = CASING_COLOR;
  context.stroke();
  context.lineWidth = width;
  for (const limb of limbs) {
    context.beginPath();
    trace(limb);
    context.strokeStyle = tint ?? toCss(limbColor(limb, pose.set, skeleton.keypoints, scheme));
    context.stroke();
  }
  for (let i = 0; i < keypointCount(pose); i++) {
    // Hundreds of dots would hide a face: of a mesh there are contours, and what somebody has changed.
    if (!isShown(i) || (isMesh(pose.set) && !pose.marks?.[i])) continue;
    context.beginPath();
    context.arc(toX(pointX(pose, i)), toY(pointY(pose, i)), width * JOINT_RADIUS, 0, 2 * Math.PI);
    context.fillStyle = tint ?? toCss(pose.marks?.[i] ? MARK_COLOR : scoreColor(pointScore(pose, i)));
    context.fill();
    context.lineWidth = Math.max(1, width / 5);
    context.strokeStyle = CASING_COLOR;
    context.stroke();
  }
}

function drawLabel(
  context: Context2D,
  person: Person,
  toX: Mapping,
  toY: Mapping,
  { lineWidth }: OverlayOptions,
): void {
  const pose = person.body ?? person.leftHand ?? person.rightHand;
  const box = pose && boundingBox(pose);
  if (!box) return;
  const size = Math.max(lineWidth * LABEL_FONT_SIZE, 11);
  const text = String(person.id);
  context.font = `600 ${size}px system-ui, sans-serif`;
  const width = context.measureText(text).width + size * 0.9;
  const height = size * 1.4;
  const x = toX(box.left + box.width / 2) - width / 2;
  const y = Math.max(0, toY(box.top) - height - size * 1.1);
  context.beginPath();
  context.roundRect(x, y, width, height, height / 2);
  context.fillStyle = 'rgb(10 12 16 / 0.72)';
  context.fill();
  context.fillStyle = '#fff';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x + width / 2, y + height / 2 + size * 0.05);
}
