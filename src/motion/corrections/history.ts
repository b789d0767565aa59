import type { Edit } from './edit.ts';

/** What was done to a list of edits: they are kept like this, so that undone ones can be redone. */
export type Step = { readonly type: 'edit'; readonly edit: Edit } | { readonly type: 'undo' | 'redo' };

/** Edits with those that were undone. Immutable. */
export interface History {
  readonly edits: readonly Edit[];
  /** The next to be redone last. */
  readonly undone: readonly Edit[];
}

export const EMPTY_HISTORY: History = { edits: [], undone: [] };

/** The history after a step; the same one, if there is nothing to undo or redo. */
export function advance(history: History, step: Step): History {
  const { edits, undone } = history;
  if (step.type === 'edit') return { edits: [...edits, step.edit], undone: [] };
  const moved = (step.type === 'undo' ? edits : undone).at(-1);
  if (!moved) return history;
  return step.type === 'undo'
    ? { edits: edits.slice(0, -1), undone: [...undone, moved] }
    : { edits: [...edits, moved], undone: undone.slice(0, -1) };
}

export function replay(steps: readonly Step[]): History {
  return steps.reduce(advance, EMPTY_HISTORY);
}
