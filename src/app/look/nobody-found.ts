import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { ModelRegistry } from '../../families/registry.ts';
import type { Job } from '../jobs/queue.ts';
import { MODEL_OF_QUALITY } from '../networks/quality.ts';
import { lowered } from '../networks/thresholds.ts';
import type { Settings } from '../settings.ts';
import type { State } from '../state.ts';
import type { TimelineView } from '../timeline/protocol.ts';
import { EVERYBODY, mostWanted, wantedPeople } from '../wanted-people.ts';

/** In front of a camera there may be nobody for so long without a word, in milliseconds. */
const LIVE_PATIENCE_MS = 4000;

/** What may find somebody all the same: the best network, for everybody; lower thresholds. */
export type Remedy = 'quality' | 'threshold';

interface NobodyFoundParts {
  readonly state: State;
  readonly registry: ModelRegistry;
  readonly jobs: ReadonlySignal<readonly Job[]>;
  readonly view: ReadonlySignal<Pick<TimelineView, 'people' | 'frames'> | null>;
  /** Is the video of a recording at hand? */
  readonly hasVideo: (id: string) => boolean;
  /** What the settings become with another model. */
  readonly changeTo: (model: string) => Partial<Settings>;
  readonly update: (change: Partial<Settings>) => void;
  /** Tracks the video on the stage anew. */
  readonly retrack: () => void;
}

/** All of these videos is tracked. */
const TRACKED: readonly Job['status'][] = ['known', 'finished', 'broken'];

/** Was somebody looked for on the stage, and is nobody there? In pictures at once, live after a while, in videos when they are done. */
export class NobodyFound {
  readonly isSo: ReadonlySignal<boolean>;
  /** What would change something. */
  readonly remedies: ReadonlySignal<readonly Remedy[]>;
  readonly #parts: NobodyFoundParts;
  readonly #isLate = signal(false);
  readonly #dispose: () => void;

  constructor(parts: NobodyFoundParts) {
    const { state } = parts;
    this.#parts = parts;
    const isNobody = computed(() => state.found.value === 'nobody');
    const isLive = computed(() => state.source.value?.live ?? false);
    this.#dispose = effect(() => {
      this.#isLate.value = false;
      if (!isNobody.value || !isLive.value) return undefined;
      const timer = setTimeout(() => {
        this.#isLate.value = true;
      }, LIVE_PATIENCE_MS);
      return () => clearTimeout(timer);
    });
    this.isSo = computed(() => {
      if (!isNobody.value || state.isOpening.value || state.loading.value) return false;
      if (state.document.value) return this.#isVideoEmpty;
      return isLive.value ? this.#isLate.value : state.source.value?.kind === 'pictures';
    });
    this.remedies = computed(() => {
      void state.models.value;
      const changes = this.#changes;
      return (['quality', 'threshold'] as const).filter((remedy) => changes[remedy] !== null);
    });
  }

  /** Does what may help, and tracks anew. */
  try(remedy: Remedy): void {
    const change = this.#changes[remedy];
    if (!change) return;
    this.#parts.update(change);
    if (this.#parts.state.document.peek()) this.#parts.retrack();
  }

  close(): void {
    this.#dispose();
  }

  get #isVideoEmpty(): boolean {
    const { state, jobs, view, hasVideo } = this.#parts;
    const document = state.document.value;
    if (!document || !hasVideo(document.id) || state.recordedFrames.value === 0) return false;
    const job = jobs.value.find(({ recordingId }) => recordingId === document.id);
    if (job && !TRACKED.includes(job.status)) return false;
    const { people, frames } = view.value ?? { people: [], frames: 0 };
    return frames >= state.recordedFrames.value && people.length === 0;
  }

  get #changes(): Readonly<Record<Remedy, Partial<Settings> | null>> {
    const { state, registry, changeTo } = this.#parts;
    const settings = state.settings.value;
    const best = MODEL_OF_QUALITY.best;
    const wanted = wantedPeople(settings, registry, state.source.value?.isStill ?? false);
    const isBest = settings.model === best && wanted >= mostWanted(settings, registry);
    const findsBodies = registry.info(settings.model).finds === 'bodies';
    return {
      quality: isBest || !findsBodies ? null : { ...changeTo(best), people: EVERYBODY },
      threshold: lowered(settings, registry),
    };
  }
}
