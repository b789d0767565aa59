import type { Platform } from '../../tracking/platform.ts';
import { Comparison } from '../comparison/comparison.ts';
import type { Document } from '../document/document.ts';
import type { Documents } from '../document/documents.ts';
import { Marks } from '../marks/marks.ts';
import { Measuring } from '../measure/measuring.ts';
import { Ruler } from '../measure/ruler.ts';
import type { Reporter } from '../reporter.ts';
import type { State } from '../state.ts';
import { Timeline } from '../timeline/timeline.ts';
import { Editing } from './editing.ts';
import type { Stage } from './stage.ts';

/** The document on the stage: looked at over time, corrected, and compared with another. */
export class StageDocument {
  readonly timeline: Timeline;
  readonly comparison: Comparison;
  readonly editing: Editing;
  readonly marks: Marks;
  readonly measuring: Measuring;
  readonly ruler = new Ruler();
  readonly #state: State;
  readonly #stage: Stage;
  readonly #reporter: Reporter;

  constructor(
    platform: Pick<Platform, 'workers'>,
    state: State,
    stage: Stage,
    documents: Documents,
    reporter: Reporter,
  ) {
    this.#state = state;
    this.#stage = stage;
    this.#reporter = reporter;
    this.timeline = new Timeline(platform, reporter);
    this.comparison = new Comparison(state, documents, this.timeline, stage, reporter);
    this.editing = new Editing(state, stage, reporter, () =>
      (this.timeline.view.peek()?.people ?? []).map(({ id }) => id),
    );
    this.marks = new Marks(state, this.timeline);
    this.measuring = new Measuring(state, this.timeline);
  }

  /** Takes a document, and closes it when another takes its place; the one before is closed. */
  hold(document: Document): void {
    const { document: held } = this.#state;
    const before = held.peek();
    if (document.id !== before?.id) {
      this.clear();
      const { notes = [] } = document.info;
      if (notes.length > 0) this.#reporter.notice('info', notes.join(' '));
      if (document.readOnly !== null) this.#reporter.notice('info', document.readOnly);
    }
    // Of the same recording, what is in view stays.
    document.layOn(this.timeline, 'main');
    document.onShown = () => this.#stage.touch();
    held.value = document;
    before?.close();
    void document.begin();
  }

  /** Looks again at what is on screen: smoothing or the like has changed. */
  refresh(): void {
    this.#state.document.peek()?.frames.onLoaded?.();
  }

  /** Closes the document. */
  clear(): void {
    this.comparison.end();
    this.timeline.clear('main');
    const { document, wantedMode, selected, editRange, plots } = this.#state;
    document.peek()?.close();
    document.value = null;
    // Nobody means to correct what comes next.
    if (wantedMode.peek() === 'correct') wantedMode.value = 'look';
    selected.value = null;
    editRange.value = {};
    plots.value = [];
    this.ruler.clear();
  }

  close(): void {
    this.clear();
    this.measuring.close();
    this.timeline.close();
  }
}
