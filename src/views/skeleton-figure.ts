import type { KeypointSetId } from '../core/pose.ts';
import { skeletonOf } from '../skeletons/registry.ts';
import type { Limb } from '../skeletons/skeleton.ts';
import { limbColor, toCss } from './style.ts';

/** A skeleton as a figure: keypoints and limbs in a square of 100 × 100, y down, the subject facing the viewer. */
export interface SkeletonFigure {
  readonly points: readonly { readonly x: number; readonly y: number; readonly name: string }[];
  readonly limbs: readonly (Limb & { readonly color: string })[];
}

/** Somebody who stands, by the names of keypoints; of pairs, the subject's left, which is at the viewer's right. */
const STANDING: Readonly<Record<string, readonly [number, number]>> = {
  head_top: [50, 4],
  head: [50, 6],
  nose: [50, 14],
  neck: [50, 24],
  chest: [50, 36],
  mid_hip: [50, 52],
  eye: [53, 11.5],
  eye_inner: [51.5, 11.5],
  eye_outer: [54.5, 11.5],
  ear: [57, 13],
  mouth: [52.5, 18],
  shoulder: [61, 26],
  elbow: [70, 38],
  wrist: [76, 50],
  thumb: [76, 55],
  index: [78.5, 56],
  pinky: [80.5, 54],
  hip: [56, 53],
  knee: [58, 72],
  ankle: [59, 90],
  heel: [58, 94],
  foot_index: [64, 96],
  big_toe: [63, 96.5],
  small_toe: [66, 94.5],
};
const FINGERS = ['thumb', 'index_finger', 'middle_finger', 'ring_finger', 'pinky_finger'];
/** Of each finger: where it begins, and where its tip is. */
const FINGER_ENDS: readonly (readonly [number, number, number, number])[] = [
  [40, 78, 18, 48],
  [38, 50, 30, 14],
  [50, 47, 50, 6],
  [61, 50, 68, 12],
  [70, 57, 86, 28],
];

/** Sets of more keypoints than a figure can show, and those of which one is shown instead. */
const SHOWN_AS: Readonly<Partial<Record<KeypointSetId, KeypointSetId>>> = {
  'face-478': 'face-70',
  'coco-133': 'coco-23',
};

export function skeletonFigure(of: KeypointSetId): SkeletonFigure {
  const set = SHOWN_AS[of] ?? of;
  const { keypoints, limbs } = skeletonOf(set);
  const placeOf = set === 'hand-21' ? placeOnHand : set === 'face-70' ? placeOnFace : placeOnBody;
  return {
    points: keypoints.map((name) => ({ ...placeOf(name), name })),
    limbs: limbs.map((limb) => ({ ...limb, color: toCss(limbColor(limb, set, keypoints, 'sides')) })),
  };
}

function placeOnBody(name: string): { x: number; y: number } {
  const [, side = ''] = /(left|right)/.exec(name) ?? [];
  // Some call the middle of the hips a hip.
  const [x, y] = STANDING[name === 'hip' ? 'mid_hip' : name.replace(/_?(left|right)_?/, '')] ?? [50, 50];
  return { x: side === 'right' ? 100 - x : x, y };
}

function placeOnHand(name: string): { x: number; y: number } {
  const finger = FINGERS.findIndex((each) => name.startsWith(each));
  const [startX, startY, endX, endY] = FINGER_ENDS[finger] ?? [52, 94, 52, 94];
  const joint = (finger === 0 ? ['cmc', 'mcp', 'ip', 'tip'] : ['mcp', 'pip', 'dip', 'tip']).findIndex(
    (each) => name.endsWith(each),
  );
  const share = Math.max(0, joint) / 3;
  return { x: startX + (endX - startX) * share, y: startY + (endY - startY) * share };
}

function placeOnFace(name: string): { x: number; y: number } {
  const [, part = '', number = '1'] = /^(.*?)_(\d+)$/.exec(name) ?? [];
  const i = Number(number) - 1;
  const around = (x: number, y: number, rx: number, ry: number, turn: number) => ({
    x: x - rx * Math.cos(turn),
    y: y - ry * Math.sin(turn),
  });
  switch (part) {
    case 'jaw':
      return around(50, 40, 38, -52, (Math.PI * i) / 16);
    case 'right_eyebrow':
      return around(32, 32, 13, 6, Math.PI * (0.15 + 0.7 * (i / 4)));
    case 'left_eyebrow':
      return around(68, 32, 13, 6, Math.PI * (0.15 + 0.7 * (i / 4)));
    case 'nose_bridge':
      return { x: 50, y: 38 + 6 * i };
    case 'nose_base':
      return around(50, 60, 9, -4, (Math.PI * i) / 4);
    case 'right_eye':
      return around(33, 40, 7, 3.5, (Math.PI * i) / 3);
    case 'left_eye':
      return around(67, 40, 7, 3.5, (Math.PI * i) / 3);
    case 'outer_lip':
      return around(50, 74, 15, 7, (Math.PI * i) / 6);
    case 'inner_lip':
      return around(50, 74, 11, 3, (Math.PI * i) / 4);
    default:
      return { x: name === 'right_pupil' ? 33 : 67, y: 40 };
  }
}
