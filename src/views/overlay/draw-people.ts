import type { PersonMask } from '../../core/mask.ts';
import { type PersonNames, personNumber } from '../../core/person-name.ts';
import { boundingBox, type Person, posesOf } from '../../core/pose.ts';
import type { PersonAngle } from '../../motion/kinematics/angles.ts';
import { type ColorScheme, personColor, toCss } from '../style.ts';
import { drawAngles } from './draw-angles.ts';
import { drawMeasures, type LabelledMeasure } from './draw-measures.ts';
import { CASING_COLOR, drawPose } from './draw-pose.ts';
import { limbWidth } from './figure.ts';
import type { Context2D, Fit } from './fit.ts';
import { traceMask } from './mask-outline.ts';
import type { PictureTrails } from './picture-trails.ts';

export interface OverlayOptions {
  /** 0 to 1: what is less certain is drawn faintly and dashed, down to half of it, and then not at all. */
  readonly threshold: number;
  /** How wide lines are beside the usual: 1 is as wide as fits the person's size. */
  readonly weight: number;
  /** Pixels of the canvas to a CSS pixel: labels and the bounds of lines go by it. */
  readonly unit: number;
  /** 0 to 1. */
  readonly opacity: number;
  readonly scheme: ColorScheme;
  readonly showIds: boolean;
  /** Bones and joints; absent: yes. */
  readonly showSkeletons?: boolean;
  /** What people are called; absent: by numbers. */
  readonly names?: PersonNames;
  /** Outlines of people, where there are masks. */
  readonly showMasks: boolean;
  readonly isMirrored: boolean;
  /** The others are drawn faintly; `null`: nobody is. */
  readonly followedId: number | null;
  /** Those who aren't drawn at all; absent: everybody is. */
  readonly hidden?: ReadonlySet<number>;
  /** Joint angles that are drawn as wedges with numbers. */
  readonly angles: readonly PersonAngle[];
  /** What is measured in the picture; absent: nothing. */
  readonly measures?: readonly LabelledMeasure[];
  /** Where joints have been; absent: it isn't drawn. */
  readonly trails?: PictureTrails;
  /** Every keypoint is drawn, to be taken hold of; absent: no. */
  readonly showsAllJoints?: boolean;
  /** All in this colour, for people of another recording; absent: in their own. */
  readonly tint?: string;
}

/** Lines of angles, measures and outlines, in CSS pixels. */
const USUAL_WIDTH = 4;
const OUTLINE_COLOR = '#f8fafc';
const OUTLINE_WIDTH = 2;
const OUTLINE_CASING = 1.55;
/** In CSS pixels. */
const LABEL_FONT_SIZE = 12;
const LABEL_GAP = 6;
/** A chip of the person's colour stands before the name. */
const CHIP = 8;
/** Opacity of those who aren't followed. */
const FAINT = 0.22;

/**
 * Draws skeletons over a picture that lies on the canvas as `fit` says, and nothing of them beyond the picture's edge.
 *
 * @param size of the picture, in pixels of the frame
 */
export function drawPeople(
  context: Context2D,
  people: readonly Person[],
  size: { readonly width: number; readonly height: number },
  fit: Fit,
  options: OverlayOptions,
): void {
  const { unit, weight, opacity } = options;
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const toX = createHorizontal(context.canvas.width, fit, options.isMirrored);
  const toY = (y: number): number => fit.top + y * fit.scale;
  const drawn = options.hidden ? people.filter(({ id }) => !options.hidden?.has(id)) : people;
  context.save();
  context.beginPath();
  const left = Math.min(toX(0), toX(size.width));
  context.rect(left, fit.top, size.width * fit.scale, size.height * fit.scale);
  context.clip();
  context.globalAlpha = opacity;
  options.trails?.draw(context, toX, toY, USUAL_WIDTH * unit * weight, options.hidden);
  for (const person of drawn) {
    const isFaint = options.followedId !== null && person.id !== options.followedId;
    context.globalAlpha = opacity * (isFaint ? FAINT : 1);
    if (options.showMasks && person.mask) drawOutline(context, person.mask, toX, toY, options);
    const lineWidth = limbWidth(person, fit.scale, unit) * weight;
    const own = {
      ...options,
      hasOthers: drawn.length > 1,
      showsAllJoints: options.showsAllJoints ?? false,
    };
    const isDrawn = (options.showSkeletons ?? true) || own.showsAllJoints;
    for (const pose of isDrawn ? posesOf(person) : []) {
      drawPose(context, pose, person.id, toX, toY, fit.scale, lineWidth, own);
    }
    if (options.showIds) drawLabel(context, person, toX, toY, left, fit, options);
  }
  context.restore();
  context.globalAlpha = opacity;
  const lineWidth = USUAL_WIDTH * unit * weight;
  drawAngles(context, drawn, toX, toY, { ...options, lineWidth });
  drawMeasures(context, options.measures ?? [], toX, toY, lineWidth);
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
  { unit, weight, tint }: OverlayOptions,
): void {
  const path = new Path2D();
  traceMask(path, mask, toX, toY);
  const width = OUTLINE_WIDTH * unit * weight;
  context.lineWidth = width * OUTLINE_CASING;
  context.strokeStyle = CASING_COLOR;
  context.stroke(path);
  context.lineWidth = width;
  context.strokeStyle = tint ?? OUTLINE_COLOR;
  context.stroke(path);
}

/** Who it is, over their box, whatever its size. */
function drawLabel(
  context: Context2D,
  person: Person,
  toX: Mapping,
  toY: Mapping,
  left: number,
  fit: Fit,
  { unit, names = {} }: OverlayOptions,
): void {
  const pose = person.body ?? person.leftHand ?? person.rightHand;
  const box = pose && boundingBox(pose);
  if (!box) return;
  const size = LABEL_FONT_SIZE * unit;
  const chip = CHIP * unit;
  const text = names[person.id] ?? String(personNumber(person.id));
  context.font = `600 ${size}px system-ui, sans-serif`;
  const padding = size * 0.5;
  const width = context.measureText(text).width + chip + padding * 2.6;
  const height = size * 1.6;
  const x = Math.max(left, toX(box.left + box.width / 2) - width / 2);
  // The box ends at the eyes or ears: the head goes on above them.
  const above = 0.09 * box.height * fit.scale + LABEL_GAP * unit;
  const y = Math.max(fit.top, toY(box.top) - height - above);
  context.beginPath();
  context.roundRect(x, y, width, height, 4 * unit);
  context.fillStyle = 'rgb(10 12 16 / 0.72)';
  context.fill();
  context.beginPath();
  context.roundRect(x + padding, y + (height - chip) / 2, chip, chip, 2 * unit);
  context.fillStyle = toCss(personColor(person.id));
  context.fill();
  context.fillStyle = '#fff';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, x + padding * 1.6 + chip, y + height / 2 + size * 0.05);
}
