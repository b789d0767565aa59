import { type ReadonlySignal, signal } from '@preact/signals-core';
import { GRACE_MS } from './deletions.ts';
import type { AnalysisQueue, Job } from './queue.ts';

/** Takes jobs off the queue, the last of them so that it can be had back for a few seconds: with it, its file would be gone. */
export class Dismissals {
  readonly #pending = signal<Job | null>(null);
  readonly #queue: Pick<AnalysisQueue, 'dismiss' | 'restore'>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(queue: Pick<AnalysisQueue, 'dismiss' | 'restore'>) {
    this.#queue = queue;
  }

  /** What was taken off a moment ago; `null`: nothing was. */
  get pending(): ReadonlySignal<Job | null> {
    return this.#pending;
  }

  begin(job: Job): void {
    this.#queue.dismiss(job.key);
    clearTimeout(this.#timer);
    this.#pending.value = job;
    this.#timer = setTimeout(() => this.#end(), GRACE_MS);
  }

  undo(): void {
    const job = this.#pending.peek();
    this.#end();
    if (job) this.#queue.restore(job);
  }

  /** A recording is gone: the job that it belongs to isn't had back. */
  forget(recordingId: string): void {
    if (this.#pending.peek()?.recordingId === recordingId) this.#end();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#pending.value = null;
  }
}
