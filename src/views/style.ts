import type { KeypointSetId } from '../core/pose.ts';
import type { BodyPart, Limb, Side } from '../skeletons/skeleton.ts';

/** Colours as [red, green, blue], 0 to 255. */
export type Rgb = readonly [number, number, number];
/** By side, one colour a person, or OpenPose's. */
export type ColorScheme = 'sides' | 'people' | 'openpose';
export const colorSchemes = ['sides', 'people', 'openpose'] as const satisfies readonly ColorScheme[];

/** The subject's left is blue, the right is orange, what lies between is light. */
const SIDE_COLORS: Readonly<Record<Side, Rgb>> = {
  left: [56, 165, 255],
  right: [255, 154, 61],
  middle: [230, 235, 242],
};

/** What stands for a side as a whole. */
export function sideColor(side: Side): Rgb {
  return SIDE_COLORS[side];
}

const FINGER_COLORS: Readonly<Partial<Record<BodyPart, Rgb>>> = {
  thumb: [248, 113, 113],
  index: [250, 204, 21],
  middle: [74, 222, 128],
  ring: [96, 165, 250],
  pinky: [232, 121, 249],
};

/**
 * OpenPose's colours of BODY_25 by keypoint; a limb has that of its second keypoint
 * (openpose, include/openpose/pose/poseParametersRender.hpp).
 */
const OPENPOSE_BODY: Readonly<Record<string, Rgb>> = {
  nose: [255, 0, 85],
  neck: [255, 0, 0],
  right_shoulder: [255, 85, 0],
  right_elbow: [255, 170, 0],
  right_wrist: [255, 255, 0],
  left_shoulder: [170, 255, 0],
  left_elbow: [85, 255, 0],
  left_wrist: [0, 255, 0],
  mid_hip: [255, 0, 0],
  right_hip: [0, 255, 85],
  right_knee: [0, 255, 170],
  right_ankle: [0, 255, 255],
  left_hip: [0, 170, 255],
  left_knee: [0, 85, 255],
  left_ankle: [0, 0, 255],
  right_eye: [255, 0, 170],
  left_eye: [170, 0, 255],
  right_ear: [255, 0, 255],
  left_ear: [85, 0, 255],
  left_heel: [0, 0, 255],
  left_foot_index: [0, 0, 255],
  left_big_toe: [0, 0, 255],
  left_small_toe: [0, 0, 255],
  right_heel: [0, 255, 255],
  right_foot_index: [0, 255, 255],
  right_big_toe: [0, 255, 255],
  right_small_toe: [0, 255, 255],
};
const FALLBACK: Rgb = [203, 213, 225];

/** The colour of a limb of a skeleton whose keypoints have the given names; of schemes that don't ask whose it is. */
export function limbColor(
  limb: Limb,
  set: KeypointSetId,
  names: readonly string[],
  scheme: ColorScheme,
): Rgb {
  if (set === 'hand-21') return FINGER_COLORS[limb.part] ?? FALLBACK;
  if (scheme === 'openpose') {
    return OPENPOSE_BODY[names[limb.to] ?? ''] ?? OPENPOSE_BODY[names[limb.from] ?? ''] ?? FALLBACK;
  }
  return SIDE_COLORS[limb.side];
}

/** Of people, by their ids. */
const PERSON_COLORS: readonly Rgb[] = [
  [43, 100, 238],
  [232, 89, 12],
  [18, 145, 90],
  [192, 38, 211],
  [181, 137, 0],
  [8, 145, 178],
  [220, 38, 38],
  [100, 116, 139],
];

export function personColor(id: number): Rgb {
  return PERSON_COLORS[Math.abs(id) % PERSON_COLORS.length] ?? FALLBACK;
}

const LOW_SCORE: Rgb = [239, 68, 68];
const MIDDLE_SCORE: Rgb = [250, 204, 21];
const HIGH_SCORE: Rgb = [255, 255, 255];

/** The colour of a joint by its score: red, yellow, white. */
export function scoreColor(score: number): Rgb {
  return score < 0.5 ? mix(LOW_SCORE, MIDDLE_SCORE, score * 2) : mix(MIDDLE_SCORE, HIGH_SCORE, score * 2 - 1);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    Math.round(from[0] + (to[0] - from[0]) * share),
    Math.round(from[1] + (to[1] - from[1]) * share),
    Math.round(from[2] + (to[2] - from[2]) * share),
  ];
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
