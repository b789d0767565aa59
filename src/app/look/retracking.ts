import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { ModelRegistry } from '../../families/registry.ts';
import { isSameOrder, type StoredOrder } from '../../recording/log/stored-info.ts';
import type { Job } from '../jobs/queue.ts';
import { toOrder } from '../settings.ts';
import type { State } from '../state.ts';
import { EVERYBODY, mostWanted } from '../wanted-people.ts';

interface RetrackingParts {
  readonly state: State;
  readonly registry: ModelRegistry;
  readonly jobs: ReadonlySignal<readonly Job[]>;
  /** Is the video of a recording at hand? */
  readonly hasVideo: (id: string) => boolean;
  readonly trackAgain: (job: Job, order: StoredOrder) => void;
  /** Tracks the video on the stage, which no job has, into a recording of its own. */
  readonly trackShown: () => void;
}

/** A video on the stage was tracked otherwise than the settings ask for by now: that is offered, for it takes its time. */
export class Retracking {
  /** The settings have changed since the video came on the stage, and not back to those that it was tracked with. */
  readonly isOffered: ReadonlySignal<boolean>;
  /** The video on the stage shows more people than were followed. */
  readonly isCrowdMissed: ReadonlySignal<boolean>;
  readonly #parts: RetrackingParts;
  readonly #wanted: ReadonlySignal<StoredOrder>;
  /** What was asked for when the video came on the stage, and when somebody said that nothing is to be done. */
  readonly #settled = signal<readonly StoredOrder[]>([]);
  /** The recording of which somebody knows that it misses a crowd. */
  readonly #knownCrowd = signal<string | null>(null);
  readonly #dispose: () => void;

  constructor(parts: RetrackingParts) {
    const { state, registry } = parts;
    this.#parts = parts;
    this.#wanted = computed(() => {
      void state.models.value;
      return toOrder(state.settings.value, registry);
    });
    const shown = computed(() => state.shownJob.value ?? state.document.value?.id ?? null);
    this.#dispose = effect(() => {
      void shown.value;
      this.#settled.value = [this.#wanted.peek()];
    });
    this.isOffered = computed(() => {
      const [wanted, tracked] = [this.#wanted.value, this.#tracked];
      return tracked !== null && ![tracked, ...this.#settled.value].some((each) => isSameOrder(each, wanted));
    });
    this.isCrowdMissed = computed(() => {
      const { id, stored } = state.document.value ?? {};
      if (!id || !stored?.isFollowed || !this.#tracked || id === this.#knownCrowd.value) return false;
      return (stored.people ?? stored.order.people) < mostWanted(state.settings.value, registry);
    });
  }

  /** Asks for everybody, and tracks the video on the stage anew. */
  trackEverybody(): void {
    const { state } = this.#parts;
    state.settings.value = { ...state.settings.peek(), people: EVERYBODY };
    this.start();
  }

  /** So many people are enough. */
  dismissCrowd(): void {
    this.#knownCrowd.value = this.#parts.state.document.peek()?.id ?? null;
  }

  /** Tracks the video on the stage as the settings are now, at once. */
  start(): void {
    const { trackAgain, trackShown } = this.#parts;
    const job = this.#job;
    const wanted = this.#wanted.peek();
    this.#settled.value = [wanted];
    if (job) trackAgain(job, wanted);
    else if (this.#tracked) trackShown();
  }

  /** The settings are for what comes next. */
  dismiss(): void {
    this.#settled.value = [...this.#settled.peek(), this.#wanted.peek()];
  }

  close(): void {
    this.#dispose();
  }

  get #job(): Job | null {
    const { state, jobs } = this.#parts;
    return jobs.value.find(({ key }) => key === state.shownJob.value) ?? null;
  }

  /** What the video on the stage was tracked with, or is; `null`: there is none that could be tracked. */
  get #tracked(): StoredOrder | null {
    const { state, hasVideo } = this.#parts;
    const document = state.document.value;
    return this.#job?.order ?? (document && hasVideo(document.id) ? document.stored.order : null);
  }
}
