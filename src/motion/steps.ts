import { type ConvertOptions, convert } from './arranging/convert.ts';
import { mirror } from './arranging/mirror.ts';
import { type PersonOptions, person } from './arranging/person.ts';
import { trim } from './arranging/trim.ts';
import { constantBonesInColumns } from './cleaning/constant-bones.ts';
import { type FillGapsOptions, fillGapsInColumns } from './cleaning/fill-gaps.ts';
import { type FootLockOptions, footLockInColumns } from './cleaning/foot-lock.ts';
import { type RejectOutliersOptions, rejectOutliersInColumns } from './cleaning/reject-outliers.ts';
import { type ResampleOptions, resampleInColumns } from './cleaning/resample.ts';
import { type SmoothOptions, smooth, smoothInColumns } from './cleaning/smooth.ts';
import type { TimeRange } from './corrections/time-range.ts';
import { type PlaceOptions, placeInColumns } from './placing/place.ts';
import type { Workpiece } from './tracks/workpiece.ts';

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

/** Does a step to what is worked on. @throws {LimnError} if it can't be done; then it is of no use any more */
export function applyStep(piece: Workpiece, step: PureStep): void {
  switch (step.kind) {
    case 'fill-gaps':
      piece.changeColumns((columns) => fillGapsInColumns(columns, step));
      break;
    case 'smooth':
      if (step.method === 'one-euro') piece.changeRecording((recording) => smooth(recording, step));
      else piece.changeColumns((columns) => smoothInColumns(columns, step));
      break;
    case 'reject-outliers':
      piece.changeColumns((columns) => rejectOutliersInColumns(columns, step));
      break;
    case 'resample':
      piece.changeColumns((columns) => resampleInColumns(columns, step));
      break;
    case 'constant-bones':
      piece.changeColumns(constantBonesInColumns);
      break;
    case 'foot-lock':
      piece.changeColumns((columns) => footLockInColumns(columns, step));
      break;
    case 'convert':
      piece.changeRecording((recording) => convert(recording, step));
      break;
    case 'mirror':
      piece.changeRecording(mirror);
      break;
    case 'trim':
      piece.changeRecording((recording) => trim(recording, step));
      break;
    case 'person':
      piece.changeRecording((recording) => person(recording, step));
      break;
    case 'place':
      piece.changeColumns((columns) => placeInColumns(columns, step));
      break;
  }
}
