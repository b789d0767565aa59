import { BUNDLED_LIFTER, DEFAULT_LIFT } from '../../families/lifter/lifter-info.ts';
import { DEFAULT_FILL_GAPS } from '../../motion/cleaning/fill-gaps.ts';
import { DEFAULT_REJECT_OUTLIERS } from '../../motion/cleaning/reject-outliers.ts';
import { DEFAULT_RESAMPLE } from '../../motion/cleaning/resample.ts';
import { DEFAULT_SMOOTH, type SmoothOptions } from '../../motion/cleaning/smooth.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import type { CurveKind } from '../../motion/filters/spline.ts';
import { USUAL_FIELD_OF_VIEW } from '../../motion/placing/camera.ts';
import type { MotionStep } from '../../motion/steps.ts';

/** What is to be done to the motion, as the page asks for it: every step with its figures, on or off. */
export interface MotionPlan {
  readonly trim: { readonly on: boolean };
  readonly person: { readonly on: boolean };
  readonly outliers: { readonly on: boolean; readonly deviations: number };
  readonly gaps: { readonly on: boolean; readonly maximumFrames: number; readonly method: CurveKind };
  readonly smooth: {
    readonly on: boolean;
    readonly method: NonNullable<SmoothOptions['method']>;
    readonly cutoff: number;
    readonly window: number;
    readonly strength: number;
  };
  readonly lift: { readonly on: boolean; readonly model: string; readonly mirror: boolean };
  readonly bones: { readonly on: boolean };
  readonly place: {
    readonly on: boolean;
    readonly camera: 'known' | 'estimate' | 'given';
    readonly fov: number;
    /** Metres; `null`: not known. */
    readonly height: number | null;
  };
  readonly feet: { readonly on: boolean };
  readonly resample: { readonly on: boolean; readonly rate: number };
  readonly mirror: { readonly on: boolean };
}

export type PlanStep = keyof MotionPlan;

export const DEFAULT_PLAN: MotionPlan = {
  trim: { on: false },
  person: { on: false },
  outliers: { on: true, deviations: DEFAULT_REJECT_OUTLIERS.deviations },
  gaps: { on: true, ...DEFAULT_FILL_GAPS },
  smooth: { on: true, ...DEFAULT_SMOOTH },
  lift: { on: false, model: BUNDLED_LIFTER.id, mirror: DEFAULT_LIFT.mirror },
  bones: { on: true },
  place: { on: true, camera: 'known', fov: USUAL_FIELD_OF_VIEW, height: null },
  feet: { on: false },
  resample: { on: false, ...DEFAULT_RESAMPLE },
  mirror: { on: false },
};

/** Nothing is done. Figures are those that steps begin with when they are switched on. */
export const NEUTRAL_PLAN: MotionPlan = {
  ...DEFAULT_PLAN,
  outliers: { ...DEFAULT_PLAN.outliers, on: false },
  gaps: { ...DEFAULT_PLAN.gaps, on: false },
  smooth: { ...DEFAULT_PLAN.smooth, on: false },
  bones: { on: false },
  place: { ...DEFAULT_PLAN.place, on: false },
};

/** The order in which steps are done: each finds what it needs in the result of those before it. */
export const PLAN_ORDER: readonly PlanStep[] = [
  'trim',
  'person',
  'outliers',
  'gaps',
  'smooth',
  'lift',
  'bones',
  'place',
  'feet',
  'resample',
  'mirror',
];

/** What steps take from the page. */
export interface PlanContext {
  /** The chosen stretch. */
  readonly range: TimeRange;
  /** Who is followed, and nobody else. */
  readonly personId: number | null;
}

/** The steps that are on, in their order. */
export function toSteps(plan: MotionPlan, context: PlanContext): MotionStep[] {
  return PLAN_ORDER.flatMap((name): MotionStep[] => (plan[name].on ? stepOf(plan, name, context) : []));
}

function stepOf(plan: MotionPlan, name: PlanStep, { range, personId }: PlanContext): MotionStep[] {
  switch (name) {
    case 'trim':
      return [{ kind: 'trim', ...range }];
    case 'person':
      return personId === null ? [] : [{ kind: 'person', choose: personId }];
    case 'outliers':
      return [{ kind: 'reject-outliers', deviations: plan.outliers.deviations }];
    case 'gaps':
      return [{ kind: 'fill-gaps', maximumFrames: plan.gaps.maximumFrames, method: plan.gaps.method }];
    case 'smooth': {
      const { method, cutoff, window, strength } = plan.smooth;
      if (method === 'butterworth') return [{ kind: 'smooth', method, cutoff }];
      return [
        method === 'one-euro' ? { kind: 'smooth', method, strength } : { kind: 'smooth', method, window },
      ];
    }
    case 'lift':
      return [{ kind: 'lift', model: plan.lift.model, mirror: plan.lift.mirror }];
    case 'bones':
      return [{ kind: 'constant-bones' }];
    case 'place': {
      const { camera, fov, height } = plan.place;
      const angle = camera === 'estimate' ? { fov: 'estimate' as const } : camera === 'given' ? { fov } : {};
      return [{ kind: 'place', ...angle, ...(height !== null && { height }) }];
    }
    case 'feet':
      return [{ kind: 'foot-lock' }];
    case 'resample':
      return [{ kind: 'resample', rate: plan.resample.rate }];
    case 'mirror':
      return [{ kind: 'mirror' }];
  }
}
