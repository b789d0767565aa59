import { greatest } from '../../core/lists.ts';
import type { Person } from '../../core/pose.ts';
import type { Document } from '../document/document.ts';
import type { Documents } from '../document/documents.ts';
import type { ComparisonState, State } from '../state.ts';
import type { Role } from '../timeline/protocol.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { frameOf, lastingOf } from './frame-lookup.ts';
import type { Stage } from './stage.ts';

/** Where a recording has no video that would tell. */
const USUAL_FRAME_RATE = 30;

/** A stored recording that says who is there. */
export interface Truth {
  readonly id: string;
  /** What it is called on the page. */
  readonly name: string;
}

/** What has to be known of two recordings of which one is judged by the other. */
export interface AboutScore {
  /** How many people the judged one was made for; `null`: nobody says. */
  readonly people: number | null;
  readonly arePictures: boolean;
  /** What the one that says who is there lacks, in sentences; `null`: nothing. */
  readonly incomplete: string | null;
}

/** A second document of the same video, shown with the one on the stage. */
export class Comparison {
  readonly #state: State;
  readonly #documents: Documents;
  readonly #timeline: Timeline;
  readonly #stage: Stage;
  #other: Document | null = null;
  /** Grows with every wish: what was opened for an older one is closed. */
  #wish = 0;

  constructor(state: State, documents: Documents, timeline: Timeline, stage: Stage) {
    this.#state = state;
    this.#documents = documents;
    this.#timeline = timeline;
    this.#stage = stage;
  }

  /**
   * Compares with another recording, or with the one on the stage as it was before corrections.
   *
   * @param name what it is called on the page
   * @throws {LimnError} if it can't be read
   */
  async begin(id: string, name: string, layout: ComparisonState['layout']): Promise<void> {
    const wish = ++this.#wish;
    const isAsMeasured = id === this.#state.document.peek()?.id;
    const other = await this.#documents.open(id, 'comparison', { isAsMeasured });
    const hasBegun = await other.begin();
    if (!hasBegun || wish !== this.#wish) {
      other.close();
      return;
    }
    this.#drop();
    this.#other = other;
    other.layOn(this.#timeline, 'other');
    other.onShown = () => this.#stage.touch();
    other.frames.onLoaded = other.onShown;
    this.#state.comparison.value = { name, layout };
    this.#stage.touch();
  }

  /** Compares with a recording that says who is there, and scores the one on the stage against it. @throws as `begin` */
  async score({ id, name }: Truth): Promise<void> {
    await this.begin(id, name, 'over');
    // Another one may be wanted by now.
    const { truth } = this;
    if (this.#other?.id !== id || truth === null) return;
    this.#state.wantedMode.value = 'compare';
    this.#timeline.measureScore(truth);
  }

  /**
   * The one that the other can be scored against: it is annotated, or was corrected by hand; where both are, the one that the
   * recording on the stage is compared with. `null`: neither is. Signals that are read tell of changes.
   */
  get truth(): Role | null {
    const { comparison, document } = this.#state;
    if (comparison.value === null) return null;
    if (this.#other?.standsForTruth) return 'other';
    return document.value?.standsForTruth ? 'main' : null;
  }

  /** What has to be known of the two beside a score. @param truth the one that says who is there */
  aboutScore(truth: Role): AboutScore {
    const [main, other] = [this.#state.document.peek()?.info, this.#other?.info];
    const [judged, real] = truth === 'other' ? [main, other] : [other, main];
    const runs = judged?.runs.filter(({ model }) => model !== 'unknown') ?? [];
    return {
      people: runs.length === 0 ? null : greatest(runs.map(({ people }) => people)),
      arePictures: judged?.source.kind === 'pictures',
      incomplete: real?.incomplete ?? null,
    };
  }

  setLayout(layout: ComparisonState['layout']): void {
    const { comparison } = this.#state;
    if (comparison.peek()) comparison.value = { name: comparison.peek()?.name ?? '', layout };
  }

  end(): void {
    this.#wish++;
    this.#drop();
  }

  /** Who is there in the other recording, at a time in seconds. */
  peopleAt(time: number): readonly Person[] {
    if (!this.#other) return [];
    const { frames } = this.#other;
    const lasting = lastingOf(frames.info, this.#state.source.peek()?.frameRate ?? USUAL_FRAME_RATE);
    return frameOf(frames, time, lasting)?.people ?? [];
  }

  #drop(): void {
    if (!this.#other) return;
    this.#other.close();
    this.#other = null;
    this.#timeline.clear('other');
    this.#state.comparison.value = null;
    this.#stage.touch();
  }
}
