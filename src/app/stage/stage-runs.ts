import type { Opened } from '../opening/opened.ts';
import type { Reporter } from '../reporter.ts';
import type { Settings } from '../settings.ts';
import type { State } from '../state.ts';
import type { Stage } from './stage.ts';

/** What runs on the stage, one after the other: the newest wish wins, and what runs goes on until it can be fulfilled. */
export class StageRuns {
  readonly #state: State;
  readonly #stage: Stage;
  readonly #reporter: Reporter;
  readonly #onEnd: (() => void)[] = [];
  readonly #onBegin: (() => void)[] = [];
  /** Grows with every wish: what was opened for an older one is closed. */
  #wish = 0;
  #isStarting = false;

  constructor(state: State, stage: Stage, reporter: Reporter) {
    this.#state = state;
    this.#stage = stage;
    this.#reporter = reporter;
  }

  /** Something is being opened that will take the stage. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** @param act called before something takes the stage that is empty by then */
  onBegin(act: () => void): void {
    this.#onBegin.push(act);
  }

  /** @param act called whenever what runs is to leave the stage, also where nothing runs */
  onEnd(act: () => void): void {
    this.#onEnd.push(act);
  }

  /** Replaces what runs by what `open` gives; if that fails, what runs goes on. */
  async start(kind: Settings['source'], open: () => Promise<Opened>): Promise<void> {
    const wish = ++this.#wish;
    this.#setStarting(true);
    try {
      const opened = await open();
      if (wish !== this.#wish) {
        opened.close();
        return;
      }
      this.end();
      this.#setSource(kind);
      for (const act of this.#onBegin) act();
      this.#state.isRunning.value = true;
      this.#setStarting(false);
      await opened.begin();
    } catch (error) {
      if (wish === this.#wish) this.#reporter.failure(error);
    } finally {
      if (wish === this.#wish) this.#setStarting(false);
    }
  }

  /** Nothing that is still being opened is wanted any more, and no source by the next visit. */
  forget(): void {
    this.#wish++;
    this.#setStarting(false);
    this.#setSource('none');
  }

  /** What runs leaves the stage; its last picture stays. */
  end(): void {
    for (const act of this.#onEnd) act();
    this.#stage.leave();
    this.#state.isRunning.value = false;
  }

  #setSource(source: Settings['source']): void {
    const { settings } = this.#state;
    settings.value = { ...settings.peek(), source };
  }

  #setStarting(isStarting: boolean): void {
    this.#isStarting = isStarting;
    this.#state.isOpening.value = isStarting;
  }
}
