import { computed, type ReadonlySignal } from '@preact/signals-core';
import { byTime, LONGEST_LABEL, type TimeMark } from '../../core/time-mark.ts';
import type { State } from '../state.ts';
import type { FoundMoment, MomentsQuery } from '../timeline/protocol.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** Seconds: two of a kind that are nearer are the same moment. */
const SAME_MOMENT = 0.05;
/** Seconds from a mark within which one stands at it. */
const AT_MARK = 1e-3;

/** How marks that are made by themselves are called. */
export interface MarkNames {
  readonly mark: (number: number) => string;
  readonly found: (moment: FoundMoment, number: number) => string;
}

/** The marks of the document on the stage: each change is a step that can be undone. */
export class Marks {
  /** In the order of time. */
  readonly list: ReadonlySignal<readonly TimeMark[]>;
  readonly #state: State;
  readonly #timeline: Timeline;

  constructor(state: State, timeline: Timeline) {
    this.#state = state;
    this.#timeline = timeline;
    this.list = computed(() => state.document.value?.marks ?? []);
  }

  /** Names the moment on screen. @returns `null`: there is nothing, or it has a mark of this kind */
  add(names: MarkNames): TimeMark | null {
    const { document, shown } = this.#state;
    if (!document.peek()) return null;
    const own = this.list.peek().filter(({ kind }) => kind === 'mark');
    if (own.some(({ time }) => Math.abs(time - shown.time) < AT_MARK)) return null;
    const taken = new Set(own.map(({ label }) => label));
    let number = own.length + 1;
    while (taken.has(names.mark(number))) number++;
    const mark: TimeMark = {
      id: crypto.randomUUID(),
      time: shown.time,
      label: names.mark(number),
      kind: 'mark',
    };
    this.#set([mark], []);
    return mark;
  }

  rename(mark: TimeMark, label: string): void {
    const trimmed = label.trim().slice(0, LONGEST_LABEL);
    if (trimmed !== '' && trimmed !== mark.label) this.#set([{ ...mark, label: trimmed }], []);
  }

  /** Puts it at the moment on screen. */
  moveHere(mark: TimeMark): void {
    const { time } = this.#state.shown;
    if (time !== mark.time) this.#set([{ ...mark, time }], []);
  }

  remove(marks: readonly TimeMark[]): void {
    if (marks.length > 0)
      this.#set(
        [],
        marks.map(({ id }) => id),
      );
  }

  /** The mark before or after the moment on screen; `null`: there is none. */
  neighbour(direction: -1 | 1): TimeMark | null {
    const { time } = this.#state.shown;
    const list = this.list.peek();
    return direction > 0
      ? (list.find((mark) => mark.time > time + AT_MARK) ?? null)
      : (list.findLast((mark) => mark.time < time - AT_MARK) ?? null);
  }

  /**
   * Marks what can be told from somebody's motion. Those of its kind that are there stay where they were moved to.
   *
   * @returns how many are new
   */
  async find(query: MomentsQuery, names: MarkNames): Promise<number> {
    const document = this.#state.document.peek();
    if (!document) return 0;
    const found = await this.#timeline.findMoments(query);
    // Something else may be on the stage by now.
    if (document !== this.#state.document.peek()) return 0;
    const known = this.list.peek();
    const isKnown = ({ time, kind, side }: FoundMoment): boolean =>
      known.some(
        (mark) =>
          mark.kind === kind &&
          mark.side === side &&
          mark.personId === query.personId &&
          Math.abs(mark.time - time) < SAME_MOMENT,
      );
    const fresh = found
      .map(
        (moment, i): TimeMark => ({
          ...moment,
          id: crypto.randomUUID(),
          label: names.found(moment, i + 1),
        }),
      )
      .filter((mark) => !isKnown(mark))
      .sort(byTime);
    if (fresh.length > 0) this.#set(fresh, []);
    return fresh.length;
  }

  #set(put: readonly TimeMark[], removed: readonly string[]): void {
    this.#state.document.peek()?.add({ kind: 'set-marks', put, removed });
  }
}
