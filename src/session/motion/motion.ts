import { computed, signal } from '@preact/signals-core';
import { isAbort, toSentence } from '../../core/errors.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import { type Edit, type FrameEdit, splitEdits } from '../../motion/corrections/edit.ts';
import type { MotionStep } from '../../motion/steps.ts';
import type { Corrections } from '../corrections.ts';
import type { Platform } from '../workers.ts';
import type { MotionSubject } from './process.ts';
import { type Processed, Processor } from './processed.ts';

export interface MotionHost {
  readonly corrections: Corrections;
  /** The recording on the stage as measured. */
  read(id: string): Promise<Omit<MotionSubject, 'edits'>>;
  /** Shows the recording on the stage. @param base what it is worked into; `null`: as measured */
  show(base: Processed | null, edits: readonly FrameEdit[]): void;
  onNotice(text: string): void;
}

/** Works on the motion of the recording on the stage: tries steps, keeps them, and does again what was kept. */
export class Motion {
  /** How much of what is being done is done, 0 to 1; `null`: nothing is. */
  readonly progress = signal<number | null>(null);
  /** Steps that are shown and not kept yet; `null`: none. */
  readonly preview = signal<readonly MotionStep[] | null>(null);
  /** What is shown, if it has been worked on. */
  readonly base = signal<Processed | null>(null);
  /** How that was made. */
  readonly shown = computed<RecordingInfo | null>(() => this.base.value?.info ?? null);
  readonly processor: Processor;
  readonly #host: MotionHost;
  #id: string | null = null;
  #edits: readonly Edit[] = [];
  #working: AbortController | null = null;

  constructor(platform: Pick<Platform, 'workers' | 'assets'>, host: MotionHost) {
    this.#host = host;
    this.processor = new Processor(platform);
  }

  /** Another recording is on the stage, with what was done to it before. */
  open(id: string, edits: readonly Edit[]): void {
    this.close();
    this.#id = id;
    this.setEdits(edits);
  }

  /** Nothing is on the stage any more. */
  close(): void {
    this.#working?.abort(new DOMException('It is no longer needed.', 'AbortError'));
    this.#working = null;
    this.#id = null;
    this.#edits = [];
    this.progress.value = null;
    this.preview.value = null;
    this.#show(null, []);
  }

  /** What was done has changed: something was added, undone or redone. What was tried is put away. */
  setEdits(edits: readonly Edit[]): void {
    this.#edits = edits;
    this.preview.value = null;
    void this.#work(edits);
  }

  /** Tries steps, without keeping them. */
  async try(steps: readonly MotionStep[]): Promise<void> {
    if (this.#id === null || steps.length === 0) return;
    if (await this.#work([...this.#edits, { kind: 'process', steps }])) this.preview.value = steps;
  }

  /** Keeps what is tried, as one step that can be undone. */
  keep(): void {
    const steps = this.preview.peek();
    if (steps) this.#host.corrections.add({ kind: 'process', steps });
  }

  /** Shows the recording as it was before steps were tried. */
  endPreview(): void {
    this.setEdits(this.#edits);
  }

  /** Ends what is being done; what was shown before is shown on. */
  cancel(): void {
    this.#working?.abort(new DOMException('It was cancelled.', 'AbortError'));
  }

  /** @returns whether it is shown */
  async #work(edits: readonly Edit[]): Promise<boolean> {
    this.#working?.abort(new DOMException('Something newer is wanted.', 'AbortError'));
    const working = new AbortController();
    this.#working = working;
    const id = this.#id;
    if (id === null) return false;
    const { rounds, rest } = splitEdits(edits);
    if (rounds.length === 0) {
      this.progress.value = null;
      this.#show(null, rest);
      return true;
    }
    this.progress.value = 0;
    try {
      const processed = await this.processor.run(id, edits, () => this.#host.read(id), {
        signal: working.signal,
        onProgress: (share) => {
          if (this.#working === working) this.progress.value = share;
        },
        onEngineFailure: (engine, reason) =>
          this.#host.onNotice(`${engine} could not lift to 3-D: ${reason}`),
      });
      if (this.#working !== working) return false;
      this.#show(processed, rest);
      return true;
    } catch (error) {
      if (!isAbort(error)) this.#host.onNotice(toSentence(error));
      return false;
    } finally {
      if (this.#working === working) {
        this.#working = null;
        this.progress.value = null;
      }
    }
  }

  #show(base: Processed | null, rest: readonly FrameEdit[]): void {
    this.base.value = base;
    this.#host.show(base, rest);
  }
}
