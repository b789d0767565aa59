import { computed, signal } from '@preact/signals-core';
import { AbortError, isAbort, toSentence } from '../../core/errors.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import { type Edit, splitEdits } from '../../motion/corrections/edit.ts';
import type { MotionStep } from '../../motion/steps.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { Reporter } from '../reporter.ts';
import type { Processed, Processor } from './processed.ts';

export interface MotionOptions {
  readonly processor: Processor;
  readonly reporter: Reporter;
  /** Keeps what was tried; `setEdits` is called with it. */
  keep(edit: Edit): void;
  /**
   * Shows the recording.
   *
   * @param base what it is worked into; `null`: as measured
   * @param edits all that is done to it, with what `base` is made by
   */
  show(base: Processed | null, edits: readonly Edit[]): void;
}

/**
 * While frames are still stored, what is shown is made again after so many milliseconds, or after so many times what it took
 * last, so that it leaves the processor to the tracking.
 */
const AGAIN_AFTER_MS = 1000;
const AGAIN_AFTER_TIMES = 3;

/** Works on the motion of an open recording: tries steps, keeps them, and does again what was kept. */
export class Motion {
  /** How much of what is being done is done, 0 to 1; `null`: nothing is. */
  readonly progress = signal<number | null>(null);
  /** Steps that are shown and not kept yet; `null`: none. */
  readonly preview = signal<readonly MotionStep[] | null>(null);
  /** Why what was tried last can't be done, as a sentence; `null`: it can. */
  readonly problem = signal<string | null>(null);
  /** What is shown, if it has been worked on. */
  readonly base = signal<Processed | null>(null);
  /** How that was made. */
  readonly shown = computed<RecordingInfo | null>(() => this.base.value?.info ?? null);
  readonly #handle: RecordingHandle;
  readonly #options: MotionOptions;
  #edits: readonly Edit[] = [];
  #shownEdits: readonly Edit[] = [];
  #working: AbortController | null = null;
  /** What is shown is to be made again, from all that is stored by then. */
  #again: ReturnType<typeof setTimeout> | undefined;
  #lastTook = 0;

  /** @param handle its owner closes it, after this */
  constructor(handle: RecordingHandle, options: MotionOptions) {
    this.#handle = handle;
    this.#options = options;
    handle.watch(({ kind }) => {
      if (kind === 'stored') this.#keepUp();
    });
  }

  /** All that is done to what is shown, with what is tried. */
  get shownEdits(): readonly Edit[] {
    return this.#shownEdits;
  }

  /** What is under way is ended; nothing is shown any more. */
  close(): void {
    this.#working?.abort(new AbortError('It is no longer needed.'));
    this.#working = null;
    clearTimeout(this.#again);
  }

  /**
   * What was done has changed: something was added, undone or redone. What was tried is put away.
   *
   * @returns whether it is shown so; why not is said
   */
  setEdits(edits: readonly Edit[]): Promise<boolean> {
    this.#edits = edits;
    this.preview.value = null;
    this.problem.value = null;
    return this.#work(edits);
  }

  /** Shows what steps make of it, without keeping them. If they can't be done, `problem` says why, and it is shown without them. */
  async try(steps: readonly MotionStep[]): Promise<void> {
    if (steps.length === 0) return;
    const onFailure = (why: string): void => {
      this.preview.value = null;
      this.problem.value = why;
      void this.#work(this.#edits);
    };
    if (!(await this.#work([...this.#edits, { kind: 'process', steps }], { onFailure }))) return;
    this.preview.value = steps;
    this.problem.value = null;
  }

  /** Shows the recording without what is tried, or with it again; it stays tried. */
  async showBefore(isBefore: boolean): Promise<void> {
    const steps = this.preview.peek();
    if (!steps) return;
    const edits: readonly Edit[] = isBefore ? this.#edits : [...this.#edits, { kind: 'process', steps }];
    await this.#work(edits, { isQuiet: true });
  }

  /** Keeps what is tried, as one step that can be undone. */
  keep(): void {
    const steps = this.preview.peek();
    if (steps) this.#options.keep({ kind: 'process', steps });
  }

  /** Shows the recording as it was before steps were tried. */
  endPreview(): void {
    void this.setEdits(this.#edits);
  }

  /** Ends what is being done; what was shown before is shown on. */
  cancel(): void {
    this.#working?.abort(new AbortError('It was cancelled.'));
  }

  /** More has been stored than what is shown was made from. */
  #keepUp(): void {
    const { base } = this;
    if (!base.peek() || this.#working || this.#again !== undefined) return;
    this.#again = setTimeout(
      () => {
        this.#again = undefined;
        if (base.peek()?.stored === this.#handle.revision.stored) return;
        void this.#work(this.#shownEdits, { isQuiet: true });
      },
      Math.max(AGAIN_AFTER_MS, AGAIN_AFTER_TIMES * this.#lastTook),
    );
  }

  /**
   * @param isQuiet nobody waits for it: how far it is isn't told
   * @param onFailure told why it can't be done, as a sentence; default: a notice says so
   * @returns whether it is shown
   */
  async #work(
    edits: readonly Edit[],
    {
      isQuiet = false,
      onFailure,
    }: { readonly isQuiet?: boolean; readonly onFailure?: (why: string) => void } = {},
  ): Promise<boolean> {
    this.#working?.abort(new AbortError('Something newer is wanted.'));
    clearTimeout(this.#again);
    this.#again = undefined;
    const working = new AbortController();
    this.#working = working;
    const { processor, reporter } = this.#options;
    if (splitEdits(edits).rounds.length === 0) {
      this.#working = null;
      this.progress.value = null;
      this.#show(null, edits);
      return true;
    }
    if (!isQuiet) this.progress.value = 0;
    const began = performance.now();
    try {
      const processed = await processor.run(this.#handle, edits, {
        signal: working.signal,
        onProgress: (share) => {
          if (this.#working === working && !isQuiet) this.progress.value = share;
        },
        onEngineFailure: (engine, reason) =>
          reporter.notice('error', `${engine} could not lift to 3-D: ${reason}`),
      });
      if (this.#working !== working) return false;
      this.#working = null;
      this.#lastTook = performance.now() - began;
      this.#show(processed, edits);
      if (processed?.stored !== this.#handle.revision.stored) this.#keepUp();
      return true;
    } catch (error) {
      if (!onFailure || isAbort(error)) reporter.failure(error);
      else if (this.#working === working) onFailure(toSentence(error));
      return false;
    } finally {
      if (this.#working === working || this.#working === null) {
        this.#working = null;
        this.progress.value = null;
      }
    }
  }

  #show(base: Processed | null, edits: readonly Edit[]): void {
    this.#shownEdits = edits;
    this.base.value = base;
    this.#options.show(base, edits);
  }
}
