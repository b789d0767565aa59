import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Edit } from '../../motion/corrections/edit.ts';
import { advance, EMPTY_HISTORY, type History, type Step } from '../../motion/corrections/history.ts';

/** The corrections of the recording on the stage, which can be undone and redone. */
export class Corrections {
  readonly #history = signal<History>(EMPTY_HISTORY);
  #keep: ((step: Step) => boolean) | null = null;
  #onChange: ((edits: readonly Edit[]) => void) | null = null;

  get history(): ReadonlySignal<History> {
    return this.#history;
  }

  get edits(): readonly Edit[] {
    return this.#history.peek().edits;
  }

  /**
   * Another recording is on the stage.
   *
   * @param history of its own corrections
   * @param keep given every step, to keep it with the recording; says whether that can be done
   * @param onChange told the edits there are after each step
   */
  open(history: History, keep: (step: Step) => boolean, onChange: (edits: readonly Edit[]) => void): void {
    this.#keep = keep;
    this.#onChange = onChange;
    this.#history.value = history;
  }

  /** Nothing is on the stage that could be corrected. */
  close(): void {
    this.#keep = null;
    this.#onChange = null;
    this.#history.value = EMPTY_HISTORY;
  }

  /** Is there something that can be corrected? */
  get isOpen(): boolean {
    return this.#keep !== null;
  }

  add(edit: Edit): void {
    this.#step({ type: 'edit', edit });
  }

  undo(): void {
    this.#step({ type: 'undo' });
  }

  redo(): void {
    this.#step({ type: 'redo' });
  }

  #step(step: Step): void {
    if (!this.#keep) return;
    const history = advance(this.#history.peek(), step);
    if (history === this.#history.peek() || !this.#keep(step)) return;
    this.#history.value = history;
    this.#onChange?.(history.edits);
  }
}
