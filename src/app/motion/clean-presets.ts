import { heldCutoff } from '../../motion/cleaning/smooth.ts';
import type { MotionPlan } from './clean-plan.ts';

export const cleanPresets = ['gentle', 'standard', 'strong'] as const;
export type CleanPreset = (typeof cleanPresets)[number];

/** What a preset says of a recording, whatever its frame rate. */
interface PresetFigures {
  /** Standard deviations from its neighbours from which a keypoint is an outlier. */
  readonly deviations: number;
  /** Seconds of the longest gap that is filled. */
  readonly gapSeconds: number;
  /** Hz: what is faster is taken for noise. */
  readonly cutoff: number;
  /** Has every bone one length. */
  readonly fixesBones: boolean;
}

/**
 * Gentle: 10 Hz keeps running, jumping and throwing, whose feet and hands have little above that; only wild jumps go, and gaps
 * that nothing can have happened in. Standard: 6 Hz is usual for walking (Winter, Biomechanics, 2009, 3.4), and a third of a
 * second is as long as a curve can be trusted with a limb. Strong: 4 Hz suits slow exercises and noisy pictures; it takes the
 * sharpness of quick movements.
 */
export const PRESET_FIGURES: Readonly<Record<CleanPreset, PresetFigures>> = {
  gentle: { deviations: 6, gapSeconds: 0.1, cutoff: 10, fixesBones: false },
  standard: { deviations: 4, gapSeconds: 1 / 3, cutoff: 6, fixesBones: true },
  strong: { deviations: 3, gapSeconds: 2 / 3, cutoff: 4, fixesBones: true },
};

/** Frames a second below which a quick movement is as far from its neighbours as an outlier: none is taken away. */
export const LEAST_OUTLIER_RATE = 12;
/** Supposed where there are too few frames to tell. */
const USUAL_RATE = 30;

/**
 * A plan as a preset has it: outliers, smoothing, bones and how long gaps may be. Whether gaps are filled, and all other steps,
 * stay as they are.
 *
 * @param rate frames a second; `null`: not known
 */
export function withPreset(plan: MotionPlan, preset: CleanPreset, rate: number | null): MotionPlan {
  const { deviations, gapSeconds, cutoff, fixesBones } = PRESET_FIGURES[preset];
  const known = rate ?? USUAL_RATE;
  return {
    ...plan,
    outliers: { on: known >= LEAST_OUTLIER_RATE, deviations },
    gaps: { ...plan.gaps, maximumFrames: Math.max(1, Math.round(gapSeconds * known)) },
    smooth: { ...plan.smooth, on: true, method: 'butterworth', cutoff },
    bones: { on: fixesBones },
  };
}

/** The preset that a plan is as; `null`: none. @param rate as in `withPreset` */
export function presetOf(plan: MotionPlan, rate: number | null): CleanPreset | null {
  const text = JSON.stringify(plan);
  return cleanPresets.find((preset) => JSON.stringify(withPreset(plan, preset, rate)) === text) ?? null;
}

/** A figure that was another than was asked for, and why. */
export type Held =
  /** Hz. */
  | { readonly what: 'cutoff'; readonly value: number; readonly rate: number }
  /** Outliers aren't looked for. */
  | { readonly what: 'outliers'; readonly rate: number };

/** The plan with figures that the frame rate can have, and what had to be changed for that. @param rate frames a second */
export function holdPlan(
  plan: MotionPlan,
  rate: number | null,
): { readonly plan: MotionPlan; readonly held: readonly Held[] } {
  if (rate === null) return { plan, held: [] };
  const held: Held[] = [];
  const { smooth } = plan;
  const value = heldCutoff(smooth.cutoff, rate);
  const isTooHigh = smooth.on && smooth.method === 'butterworth' && value < smooth.cutoff;
  if (isTooHigh) held.push({ what: 'cutoff', value, rate });
  if (presetOf(plan, rate) !== null && !plan.outliers.on) held.push({ what: 'outliers', rate });
  return { plan: isTooHigh ? { ...plan, smooth: { ...smooth, cutoff: value } } : plan, held };
}
