import type { ConvertOptions } from '../../motion/arranging/convert.ts';
import type { PersonOptions } from '../../motion/arranging/person.ts';
import type { FillGapsOptions } from '../../motion/cleaning/fill-gaps.ts';
import type { FootLockOptions } from '../../motion/cleaning/foot-lock.ts';
import type { RejectOutliersOptions } from '../../motion/cleaning/reject-outliers.ts';
import type { ResampleOptions } from '../../motion/cleaning/resample.ts';
import type { SmoothOptions } from '../../motion/cleaning/smooth.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import type { PlaceOptions } from '../../motion/placing/place.ts';
import type { LiftStep, MotionStep } from '../../motion/steps.ts';
import {
  type EarlierFillGaps,
  type EarlierFootLock,
  withNewNames,
} from '../../recording/log/option-names.ts';

/*
 * Steps of `transform`, to be written like calls. Each is plain data; what it does is said where it is done, in `motion/`.
 */

/** Fills what is missing for up to `maximumFrames` (10): `linear`, `cubic` (default) or `pchip`. Filled keypoints are marked. */
export const fillGaps = (options: FillGapsOptions & EarlierFillGaps = {}): MotionStep =>
  withNewNames({ kind: 'fill-gaps', ...options });

/** Smooths: `butterworth` without delay (`cutoff` 6 Hz, `order` 2), `savitzky-golay` (`window` 11 frames, `degree` 3), `one-euro`. */
export const smooth = (options: SmoothOptions = {}): MotionStep => ({ kind: 'smooth', ...options });

/** Takes away keypoints that jump: more than `deviations` (4) from their `window` (3) neighbours on either side. */
export const rejectOutliers = (options: RejectOutliersOptions = {}): MotionStep => ({
  kind: 'reject-outliers',
  ...options,
});

/** Another frame rate, `rate` frames a second (30). */
export const resample = (options: ResampleOptions = {}): MotionStep => ({ kind: 'resample', ...options });

/** Gives every bone in the world the median of its lengths. */
export const constantBones = (): MotionStep => ({ kind: 'constant-bones' });

/** Holds feet in place while they stand; for people who have been placed. Metres, seconds. */
export const footLock = (options: FootLockOptions & EarlierFootLock = {}): MotionStep =>
  withNewNames({ kind: 'foot-lock', ...options });

/** Bodies in another keypoint set. */
export const convert = (options: ConvertOptions): MotionStep => ({ kind: 'convert', ...options });

/** As in a mirror: left and right change, x is turned. */
export const mirror = (): MotionStep => ({ kind: 'mirror' });

/** Only frames from `from` to `to`, in seconds. */
export const trim = (range: TimeRange): MotionStep => ({ kind: 'trim', ...range });

/** Who is who: `choose` an id, `join` several, or `split` one at a time. */
export const person = (options: PersonOptions): MotionStep => ({ kind: 'person', ...options });

/** Stands people in the room: `fov` in degrees along the longer side of the picture, or `estimate`; `height` in metres. */
export const place = (options: PlaceOptions = {}): MotionStep => ({ kind: 'place', ...options });

/** Joints in 3-D of keypoints in 2-D. @param model id of a lifter, or what `importModel` gave; default: the page's own */
export const lift = (
  model?: string | { readonly id: string },
  options: Omit<LiftStep, 'kind' | 'model'> = {},
): MotionStep => {
  const id = typeof model === 'object' ? model.id : model;
  return { kind: 'lift', ...(id !== undefined && { model: id }), ...options };
};
