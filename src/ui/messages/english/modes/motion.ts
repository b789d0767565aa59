import type { PlanStep } from '../../../../app/motion/clean-plan.ts';
import type { CleanPreset } from '../../../../app/motion/clean-presets.ts';
import { readableNumber } from '../../../../core/texts/readable.ts';
import { formatShort } from '../../format.ts';

/** What is said where motion is cleaned up. */
export const motionMessages = {
  motion: 'Clean up',
  presets: 'How much',
  presetNames: { gentle: 'Gentle', standard: 'Standard', strong: 'Strong' } satisfies Record<
    CleanPreset,
    string
  >,
  presetHints: {
    gentle: 'Removes wild jumps. Keeps running, jumping and throwing.',
    standard: 'Removes jitter. Suits walking and most exercises.',
    strong: 'For slow movements and noisy pictures. Softens quick ones.',
  } satisfies Record<CleanPreset, string>,
  noPreset: 'Choose how much to clean up.',
  ownPlan: 'Your own choice of steps.',
  heldCutoff: (rate: number, hertz: number) =>
    `At ${formatShort(rate, 1)} fps the cut‑off is ${readableNumber(hertz)} Hz.`,
  heldOutliers: (rate: number) =>
    `At ${formatShort(rate, 1)} fps outliers look like quick movements, so none are removed.`,
  heldBetween: (label: string, low: number, high: number) =>
    `${label}: from ${readableNumber(low)} to ${readableNumber(high)}.`,
  fillGaps: 'Fill gaps',
  placeOnFloor: 'Place on the floor',
  lockFeet: 'Lock feet',
  lockFeetHint: 'Keeps standing feet from sliding. Needs “Place on the floor”.',
  estimatesFirst: 'This recording is 2‑D only: its 3‑D is estimated first.',
  height: 'Height (m)',
  heightEstimated: 'estimated',
  motionApply: 'Apply',
  motionDiscard: 'Discard',
  motionPreviewed: 'Preview, not applied',
  motionBefore: 'Without clean‑up',
  holdToCompare: 'Hold to compare',
  holdToCompareHint: 'Press and hold to see the motion as it was',
  motionLater: 'Available when tracking is done',
  motionWorking: 'Cleaning up …',
  motionDone: 'Applied steps',
  advanced: 'Advanced',
  saveAnimation: 'Save as animation',
  motionSteps: {
    trim: 'Trim',
    person: 'One person',
    outliers: 'Remove outliers',
    gaps: 'Fill gaps',
    smooth: 'Smooth',
    lift: 'Estimate 3‑D',
    bones: 'Fixed bone lengths',
    place: 'Place on the floor',
    feet: 'Lock feet',
    resample: 'Frame rate',
    mirror: 'Flip left and right',
  } satisfies Record<PlanStep, string>,
  motionHints: {
    trim: 'Keeps the range chosen in the timeline',
    person: 'Keeps the person who is followed',
    bones: 'Gives every bone the median of its lengths',
    feet: 'Keeps standing feet from sliding',
    mirror: 'Swaps left and right',
  },
  motionDeviations: 'Threshold (σ)',
  motionFrames: 'Longest gap (frames)',
  motionCurve: 'Curve',
  motionCurves: { cubic: 'Cubic', pchip: 'Cubic, no overshoot', linear: 'Line' },
  motionMethod: 'Filter',
  motionMethods: { butterworth: 'Butterworth', 'savitzky-golay': 'Savitzky–Golay', 'one-euro': 'One‑Euro' },
  motionCutoff: 'Cut‑off (Hz)',
  motionWindow: 'Frames',
  motionMirrored: 'Also mirrored',
  motionCamera: 'Camera',
  motionCameras: { known: 'Automatic', estimate: 'Estimated', given: 'Angle of view' },
  motionAngle: 'Degrees',
  motionRate: 'Frames per second',
} as const;
