/** What options of steps were called earlier: calls and stored corrections may still have these names. */
export interface EarlierFillGaps {
  /** @deprecated now `maximumFrames` */
  readonly max?: number;
}

export interface EarlierFootLock {
  /** @deprecated now `minimumSeconds` */
  readonly least?: number;
  /** @deprecated now `blendSeconds` */
  readonly blend?: number;
}

/** Kind of the step, earlier name, name of now. */
const NAMES = [
  ['fill-gaps', 'max', 'maximumFrames'],
  ['foot-lock', 'least', 'minimumSeconds'],
  ['foot-lock', 'blend', 'blendSeconds'],
] as const;

/** A step with the names of now; where it has both names of an option, what the earlier one says is left out. */
export function withNewNames<Step>(step: Step): Step {
  if (typeof step !== 'object' || step === null || !('kind' in step)) return step;
  const renamed: Record<string, unknown> = { ...step };
  for (const [kind, earlier, name] of NAMES) {
    if (step.kind !== kind || !(earlier in renamed)) continue;
    const { [earlier]: value } = renamed;
    delete renamed[earlier];
    renamed[name] ??= value;
  }
  return renamed as Step;
}
