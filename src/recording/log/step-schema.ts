import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import { ANGLE_ORIGINS } from '../../core/recording.ts';
import type { MotionStep } from '../../motion/steps.ts';
import { skeletons } from '../../skeletons/registry.ts';
import { withNewNames } from './option-names.ts';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const id = v.pipe(v.number(), v.integer());
const odd = v.pipe(
  whole,
  v.check((value) => value % 2 === 1, 'it must be odd'),
);
const even = v.pipe(
  whole,
  v.maxValue(8),
  v.check((value) => value % 2 === 0, 'it must be even'),
);

const stepSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('fill-gaps'),
    maximumFrames: v.optional(whole),
    method: v.optional(v.picklist(['linear', 'cubic', 'pchip'])),
  }),
  v.strictObject({
    kind: v.literal('smooth'),
    method: v.optional(v.picklist(['butterworth', 'savitzky-golay', 'one-euro'])),
    cutoff: v.optional(positive),
    order: v.optional(even),
    window: v.optional(odd),
    degree: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10))),
    strength: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
  v.strictObject({
    kind: v.literal('reject-outliers'),
    window: v.optional(v.pipe(whole, v.maxValue(30))),
    deviations: v.optional(positive),
  }),
  v.strictObject({ kind: v.literal('resample'), rate: v.optional(positive) }),
  v.strictObject({ kind: v.literal('constant-bones') }),
  v.strictObject({
    kind: v.literal('foot-lock'),
    maximumSpeed: v.optional(positive),
    maximumHeight: v.optional(positive),
    minimumSeconds: v.optional(positive),
    blendSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(5))),
  }),
  v.strictObject({ kind: v.literal('convert'), set: v.picklist(skeletons.map((skeleton) => skeleton.id)) }),
  v.strictObject({ kind: v.literal('mirror') }),
  v.strictObject({
    kind: v.literal('trim'),
    from: v.optional(v.pipe(v.number(), v.finite())),
    to: v.optional(v.pipe(v.number(), v.finite())),
  }),
  v.strictObject({
    kind: v.literal('person'),
    choose: v.optional(id),
    join: v.optional(v.array(id)),
    split: v.optional(v.object({ id, time: v.number() })),
  }),
  v.strictObject({
    kind: v.literal('place'),
    fov: v.optional(v.union([v.number(), v.literal('estimate')])),
    knownFrom: v.optional(v.picklist(ANGLE_ORIGINS)),
    height: v.optional(positive),
  }),
  v.strictObject({
    kind: v.literal('lift'),
    model: v.optional(v.string()),
    engine: v.optional(v.string()),
    mirror: v.optional(v.boolean()),
    maximumGap: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
]);

/** A step, read from outside: `MotionStep`. Earlier names of options are read, too. */
export const motionStepSchema = v.pipe(v.unknown(), v.transform(withNewNames), stepSchema);

/** Checks steps that come from outside. @throws {LimnError} naming the first that isn't valid, and why */
export function checkSteps(steps: unknown): readonly MotionStep[] {
  const parsed = v.safeParse(v.array(motionStepSchema), steps);
  // Valibot types absent keys as possibly `undefined`; they are left out all the same.
  if (parsed.success) return parsed.output as readonly MotionStep[];
  const issue = parsed.issues[0];
  throw new LimnError(`steps.${v.getDotPath(issue) ?? ''} is not valid: ${issue.message}.`);
}
