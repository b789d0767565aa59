import { LimnError, toSentence } from '../core/errors.ts';
import type { Person } from '../core/pose.ts';
import { Recording } from '../core/recording.ts';
import { editRecording } from '../motion/corrections/apply.ts';
import type { History } from '../motion/corrections/history.ts';
import { Comparison } from './comparison.ts';
import { Corrections } from './corrections.ts';
import { Editing } from './editing.ts';
import type { FrameLookup } from './frame-lookup.ts';
import type { Notice } from './notices.ts';
import type { State } from './state.ts';
import { decodeBatch } from './store/frame-codec.ts';
import { encodeStep } from './store/steps.ts';
import type { StoreClient } from './store/store-client.ts';
import type { StoredFrames } from './store/stored-frames.ts';
import { Timeline } from './timeline/timeline.ts';
import type { Platform } from './workers.ts';

/** Seconds on both sides of a frame in which its neighbours are looked for. */
const AROUND = 1;

/** A stored recording, open to be looked at. */
export interface OpenedFrames {
  readonly id: string;
  readonly frames: StoredFrames;
  readonly count: number;
  readonly history: History;
}

export interface StagedHost {
  /** @throws {LimnError} if the recording is damaged */
  open(id: string): Promise<OpenedFrames>;
  /** Nobody looks at a recording any more. */
  release(id: string): void;
  showPeople(people: readonly Person[]): void;
  /** What is drawn beside the people has changed. */
  onRefresh(): void;
  onNotice(kind: Notice['kind'], text: string): void;
}

/** The stored recording on the stage: looked at over time, corrected, and compared with another. */
export class Staged {
  readonly corrections = new Corrections();
  readonly timeline: Timeline;
  readonly comparison: Comparison;
  readonly editing: Editing;
  readonly #state: State;
  readonly #store: () => StoreClient;
  readonly #host: StagedHost;
  #opened: OpenedFrames | null = null;

  constructor(platform: Platform, state: State, store: () => StoreClient, host: StagedHost) {
    this.#state = state;
    this.#store = store;
    this.#host = host;
    this.timeline = new Timeline(platform, store, (error) => host.onNotice('error', toSentence(error)));
    this.comparison = new Comparison(state, this.timeline, {
      open: (id) => host.open(id),
      release: (id) => host.release(id),
      onPeople: () => host.onRefresh(),
    });
    this.editing = new Editing(state, {
      corrections: this.corrections,
      frames: () => this.frames,
      readAround: (time) => this.#readAround(time),
      showPeople: (people) => host.showPeople(people),
      onNotice: (text) => host.onNotice('info', text),
    });
  }

  /** The recording's id; `null`: none is on the stage. */
  get id(): string | null {
    return this.#opened?.id ?? null;
  }

  /** Its frames, as they are shown. */
  get frames(): FrameLookup | null {
    return this.#opened?.frames ?? null;
  }

  /** Takes a recording; the one before is let go of. */
  hold(opened: OpenedFrames): void {
    if (opened.id !== this.id) this.clear();
    const { id, frames, history } = opened;
    this.#opened = opened;
    this.corrections.open(
      history,
      (step) => {
        this.#store()
          .call('addStep', [id, encodeStep(step)])
          .catch((error: unknown) => this.#host.onNotice('error', toSentence(error)));
      },
      (edits) => {
        frames.setEdits(edits);
        this.timeline.setEdits('main', edits);
      },
    );
    this.timeline.open('main', id, history.edits);
    this.#state.stagedId.value = id;
    this.#state.stagedRange.value = frames.timeRange;
  }

  /** More of the recording is stored. */
  extend(): void {
    this.timeline.extend('main');
    this.#state.stagedRange.value = this.frames?.timeRange ?? null;
  }

  /** Looks again at what is on screen: smoothing or the like has changed. */
  refresh(): void {
    this.frames?.onLoaded?.();
  }

  /** Lets go of the recording. */
  clear(): void {
    const { id } = this;
    this.corrections.close();
    this.comparison.end();
    this.timeline.clear('main');
    this.#opened = null;
    const { stagedId, stagedRange, isEditing, selected, editRange } = this.#state;
    stagedId.value = null;
    stagedRange.value = null;
    isEditing.value = false;
    selected.value = null;
    editRange.value = {};
    if (id !== null) this.#host.release(id);
  }

  close(): void {
    this.clear();
    this.timeline.close();
  }

  /** Frames around a time in seconds, as measured but for corrections. */
  async #readAround(time: number): Promise<Recording> {
    const opened = this.#opened;
    if (!opened) throw new LimnError('Nothing is on the stage that could be corrected.');
    const batches = await this.#store().call('readTimes', [opened.id, time - AROUND, time + AROUND]);
    const frames = batches.flatMap((bytes) => decodeBatch(bytes).frames);
    return editRecording(new Recording(opened.frames.info, frames), this.corrections.edits);
  }
}
