import { LimnError } from '../../core/errors.ts';
import type { Person } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import { type Edit, splitEdits } from '../../motion/corrections/edit.ts';
import { Motion } from '../motion/motion.ts';
import type { Processed } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { State } from '../state.ts';
import type { Purpose } from '../store/recording-handle.ts';
import type { OpenedFrames } from '../store/stored-frames.ts';
import { Timeline } from '../timeline/timeline.ts';
import type { Platform } from '../workers.ts';
import { Comparison } from './comparison.ts';
import { Corrections } from './corrections.ts';
import { Editing } from './editing.ts';
import type { FrameLookup } from './frame-lookup.ts';

export interface StagedHost {
  /** @throws {LimnError} if the recording is damaged */
  open(id: string, purpose: Purpose): Promise<OpenedFrames>;
  showPeople(people: readonly Person[]): void;
  /** What is drawn beside the people has changed. */
  onRefresh(): void;
}

/** The stored recording on the stage: looked at over time, corrected, and compared with another. */
export class Staged {
  readonly corrections = new Corrections();
  readonly timeline: Timeline;
  readonly comparison: Comparison;
  readonly editing: Editing;
  readonly motion: Motion;
  readonly #state: State;
  readonly #host: StagedHost;
  readonly #reporter: Reporter;
  #opened: OpenedFrames | null = null;
  /** What the timeline has; `null`: what is stored. */
  #shownBase: Processed | null = null;

  constructor(platform: Platform, state: State, reporter: Reporter, host: StagedHost) {
    this.#state = state;
    this.#reporter = reporter;
    this.#host = host;
    this.timeline = new Timeline(platform, reporter);
    this.motion = new Motion(platform, reporter, {
      corrections: this.corrections,
      show: (base, edits) => this.#show(base, edits),
    });
    this.comparison = new Comparison(state, this.timeline, reporter, {
      open: (id) => host.open(id, 'comparison'),
      process: (handle, edits) => this.motion.processor.run(handle, edits),
      onPeople: () => host.onRefresh(),
    });
    this.editing = new Editing(state, reporter, {
      corrections: this.corrections,
      frames: () => this.frames,
      readAround: (time) => this.#readAround(time),
      showPeople: (people) => host.showPeople(people),
    });
  }

  /** The recording's id; `null`: none is on the stage. */
  get id(): string | null {
    return this.#opened?.handle.id ?? null;
  }

  /** Its frames, as they are shown. */
  get frames(): FrameLookup | null {
    return this.#opened?.frames ?? null;
  }

  /** Takes a recording; the one before is let go of. */
  hold(opened: OpenedFrames): void {
    const { handle, frames } = opened;
    const { id, history } = handle;
    if (id !== this.id) {
      this.clear();
      const { notes = [] } = frames.info;
      if (notes.length > 0) this.#reporter.notice('info', notes.join(' '));
      if (handle.elsewhere !== null)
        this.#reporter.notice('info', describeLooking(handle.stored.name, handle.elsewhere));
    }
    this.#opened?.frames.close();
    this.#opened = opened;
    this.corrections.open(
      history,
      (step) => {
        if (handle.elsewhere !== null) {
          this.#reporter.notice('info', describeLooking(handle.stored.name, handle.elsewhere));
          return false;
        }
        handle.edit(step).catch(this.#reporter.failure);
        return true;
      },
      (edits) => this.motion.setEdits(edits),
    );
    handle.watch(({ kind }) => {
      if (kind !== 'stored') return;
      this.timeline.extend('main');
      this.#state.stagedRange.value = frames.timeRange;
    });
    this.#shownBase = null;
    this.timeline.open('main', handle, slownessOf(frames.info), []);
    this.#state.stagedId.value = id;
    this.motion.open(handle);
    this.#state.stagedRange.value = frames.timeRange;
  }

  /** Shows what the recording was worked into, or, again, what was measured. */
  #show(base: Processed | null, allEdits: readonly Edit[]): void {
    const opened = this.#opened;
    if (!opened) return;
    opened.frames.setEdits(allEdits, base);
    const { rest: edits } = splitEdits(allEdits);
    if (base === this.#shownBase) this.timeline.setEdits('main', edits);
    else if (base) this.timeline.openBatches('main', base, edits);
    else this.timeline.open('main', opened.handle, slownessOf(opened.frames.info), edits);
    this.#shownBase = base;
    this.#state.stagedRange.value = opened.frames.timeRange;
    this.#host.onRefresh();
  }

  /** Looks again at what is on screen: smoothing or the like has changed. */
  refresh(): void {
    this.frames?.onLoaded?.();
  }

  /** Lets go of the recording. */
  clear(): void {
    this.corrections.close();
    this.comparison.end();
    this.motion.close();
    this.timeline.clear('main');
    this.#opened?.frames.close();
    this.#opened = null;
    const { stagedId, stagedRange, isEditing, selected, editRange } = this.#state;
    stagedId.value = null;
    stagedRange.value = null;
    isEditing.value = false;
    selected.value = null;
    editRange.value = {};
  }

  close(): void {
    this.clear();
    this.timeline.close();
  }

  /** Frames around a time in seconds, as measured but for corrections. */
  async #readAround(time: number): Promise<Recording> {
    if (!this.#opened) throw new LimnError('Nothing is on the stage that could be corrected.');
    return this.#opened.frames.readAround(time);
  }
}

/** @param elsewhere which other tab has the recording open, as a sentence */
function describeLooking(name: string, elsewhere: string): string {
  return `${name} can only be looked at here, as it was when you opened it. ${elsewhere} To correct it, or to have what came since, close it there and open it here again.`;
}
