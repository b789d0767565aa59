/** What somebody does with the document on the stage: each mode has its own tools, and none changes what is shown. */
export const modes = ['look', 'measure', 'correct', 'clean', 'compare'] as const;

export type Mode = (typeof modes)[number];

/** Needs a recording that can be looked at over time. */
export function needsDocument(mode: Mode): boolean {
  return mode !== 'look' && mode !== 'measure';
}

/** Is about numbers as they are: what is shown isn't smoothed on its way to the screen. */
export function needsMeasured(mode: Mode): boolean {
  return mode === 'measure' || mode === 'correct' || mode === 'clean';
}
