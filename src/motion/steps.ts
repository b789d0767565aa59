import type { Recording } from '../core/recording.ts';
import { type ConvertOptions, convert } from './arranging/convert.ts';
import { mirror } from './arranging/mirror.ts';
import { type PersonOptions, person } from './arranging/person.ts';
import { trim } from './arranging/trim.ts';
import { constantBones } from './cleaning/constant-bones.ts';
import { type FillGapsOptions, fillGaps } from './cleaning/fill-gaps.ts';
import { type FootLockOptions, footLock } from './cleaning/foot-lock.ts';
import { type RejectOutliersOptions, rejectOutliers } from './cleaning/reject-outliers.ts';
import { type ResampleOptions, resample } from './cleaning/resample.ts';
import { type SmoothOptions, smooth } from './cleaning/smooth.ts';
import type { TimeRange } from './corrections/time-range.ts';
import { type PlaceOptions, place } from './placing/place.ts';

/** Something that can be done to a recording, as data: it goes to workers and files as it is. */
export type PureStep =
  | ({ readonly kind: 'fill-gaps' } & FillGapsOptions)
  | ({ readonly kind: 'smooth' } & SmoothOptions)
  | ({ readonly kind: 'reject-outliers' } & RejectOutliersOptions)
  | ({ readonly kind: 'resample' } & ResampleOptions)
  | { readonly kind: 'constant-bones' }
  | ({ readonly kind: 'foot-lock' } & FootLockOptions)
  | ({ readonly kind: 'convert' } & ConvertOptions)
  | { readonly kind: 'mirror' }
  | ({ readonly kind: 'trim' } & TimeRange)
  | ({ readonly kind: 'person' } & PersonOptions)
  | ({ readonly kind: 'place' } & PlaceOptions);

/** Lifts to 3-D by a network. */
export interface LiftStep {
  readonly kind: 'lift';
  /** Id of a lifter; default: the one that comes with the page. */
  readonly model?: string;
  /** `auto`, a backend or an engine's id; default `auto`. */
  readonly engine?: string;
  /** Looks at the mirrored keypoints, too; default yes. */
  readonly mirror?: boolean;
  /** Frames without somebody that are filled in between; longer gaps end a stretch. */
  readonly maximumGap?: number;
}

export type MotionStep = PureStep | LiftStep;

/** The recording after a step; the one given stays as it is. @throws {LimnError} if it can't be done */
export function applyStep(recording: Recording, step: PureStep): Recording {
  switch (step.kind) {
    case 'fill-gaps':
      return fillGaps(recording, step);
    case 'smooth':
      return smooth(recording, step);
    case 'reject-outliers':
      return rejectOutliers(recording, step);
    case 'resample':
      return resample(recording, step);
    case 'constant-bones':
      return constantBones(recording);
    case 'foot-lock':
      return footLock(recording, step);
    case 'convert':
      return convert(recording, step);
    case 'mirror':
      return mirror(recording);
    case 'trim':
      return trim(recording, step);
    case 'person':
      return person(recording, step);
    case 'place':
      return place(recording, step);
  }
}
