import { AbortError, LimnError } from '../core/errors.ts';
import type { RecordingInfo } from '../core/recording.ts';
import { advance, type History, replay, type Step } from '../motion/corrections/history.ts';
import type { JoinPlan, JoinStep } from './joining/protocol.ts';
import { type BatchSummary, summarizeBatch } from './log/frame-codec.ts';
import { decodeStep, encodeStep } from './log/steps.ts';
import { describeStored, type StoredInfo, type StoredState } from './log/stored-info.ts';
import type { OpenedRecording, StoreCaller } from './protocol.ts';

/** What lies in memory while a recording is read through. */
const BATCHES_AT_ONCE = 64;

/** What a recording is open for. */
export type Purpose = 'live' | 'stage' | 'comparison' | 'export' | 'tracking' | 'keeping';

/** Which state of a recording something was made from. */
export interface Revision {
  /** Grows with every batch that is stored. */
  readonly stored: number;
  /** Grows with every correction, undo and redo. */
  readonly edits: number;
}

/** What has become of a recording. */
export type RecordingChange =
  /** Frames have been stored, from a time to another in seconds. */
  { readonly kind: 'stored'; readonly from: number; readonly to: number } | { readonly kind: 'edited' };

export type RecordingListener = (change: RecordingChange) => void;

/** A recording that is open, as all of its handles on this page see it. */
export class SharedRecording {
  readonly id: string;
  readonly listeners = new Set<RecordingListener>();
  #stored: StoredInfo;
  #frames: number;
  #batches: number;
  #range: OpenedRecording['timeRange'];
  #history: History;
  #revision: Revision;
  #described: RecordingInfo;
  #elsewhere: string | null;

  /** @param before it was open earlier, as it was then */
  constructor(id: string, opened: OpenedRecording, before: SharedRecording | null) {
    this.id = id;
    this.#stored = opened.info;
    this.#frames = opened.frames;
    this.#batches = opened.batches;
    this.#range = opened.timeRange;
    this.#elsewhere = opened.elsewhere;
    this.#history = replay(opened.steps.map(decodeStep));
    this.#revision = this.#revisionAfter(before);
    this.#described = describeStored(opened.info, opened.frames);
  }

  get stored(): StoredInfo {
    return this.#stored;
  }

  get described(): RecordingInfo {
    return this.#described;
  }

  get frames(): number {
    return this.#frames;
  }

  get batches(): number {
    return this.#batches;
  }

  get range(): OpenedRecording['timeRange'] {
    return this.#range;
  }

  get history(): History {
    return this.#history;
  }

  get revision(): Revision {
    return this.#revision;
  }

  get elsewhere(): string | null {
    return this.#elsewhere;
  }

  /** Those of before still hold where nothing has changed since, and are never used again where something has. */
  #revisionAfter(before: SharedRecording | null): Revision {
    if (!before) return { stored: 0, edits: 0 };
    const { stored, edits } = before.revision;
    const areSame = JSON.stringify(before.history) === JSON.stringify(this.#history);
    return {
      stored: before.batches === this.#batches ? stored : stored + 1,
      edits: areSame ? edits : edits + 1,
    };
  }

  /** It was opened anew, to be written: what was damaged at its end is gone. */
  renew(opened: OpenedRecording): void {
    const isCut = opened.batches !== this.#batches;
    this.#frames = opened.frames;
    this.#batches = opened.batches;
    this.#range = opened.timeRange;
    this.#elsewhere = opened.elsewhere;
    if (isCut) this.#revision = { ...this.#revision, stored: this.#revision.stored + 1 };
    const history = replay(opened.steps.map(decodeStep));
    if (JSON.stringify(history) !== JSON.stringify(this.#history)) {
      this.#history = history;
      this.#revision = { ...this.#revision, edits: this.#revision.edits + 1 };
    }
    this.setStored(opened.info);
  }

  grow({ frames, firstTime: from, lastTime: to }: BatchSummary): void {
    const [first, last] = this.#range ?? [from, to];
    this.#batches++;
    this.#frames += frames;
    if (frames > 0) this.#range = [Math.min(first, from), Math.max(last, to)];
    this.#revision = { ...this.#revision, stored: this.#revision.stored + 1 };
    this.#described = describeStored(this.#stored, this.#frames);
    if (frames > 0) this.#tell({ kind: 'stored', from, to });
  }

  setStored(change: Partial<StoredInfo>): void {
    this.#stored = { ...this.#stored, ...change };
    this.#described = describeStored(this.#stored, this.#frames);
  }

  /** @returns whether the step changes anything */
  edit(step: Step): boolean {
    const history = advance(this.#history, step);
    if (history === this.#history) return false;
    this.#history = history;
    this.#revision = { ...this.#revision, edits: this.#revision.edits + 1 };
    this.#tell({ kind: 'edited' });
    return true;
  }

  #tell(change: RecordingChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }
}

/**
 * A recording that is open: whoever opens it closes it, and with the last handle its file is let go of. What others do to it
 * meanwhile, each of its handles sees.
 */
export class RecordingHandle {
  readonly purpose: Purpose;
  readonly #shared: SharedRecording;
  readonly #client: StoreCaller;
  readonly #release: () => void;
  readonly #listeners = new Set<RecordingListener>();
  #isClosed = false;

  /** @param release called once, when it is closed */
  constructor(shared: SharedRecording, purpose: Purpose, client: StoreCaller, release: () => void) {
    this.#shared = shared;
    this.purpose = purpose;
    this.#client = client;
    this.#release = release;
  }

  get id(): string {
    return this.#shared.id;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** All that it says of itself. */
  get stored(): StoredInfo {
    return this.#shared.stored;
  }

  /** For those who are given it: one that was broken off says so. */
  get info(): RecordingInfo {
    return this.#shared.described;
  }

  /** Frames in all. */
  get frames(): number {
    return this.#shared.frames;
  }

  /** Seconds of the first and the last frame; `null`: there is none. */
  get range(): readonly [first: number, last: number] | null {
    return this.#shared.range;
  }

  /** What was done to it by hand. */
  get history(): History {
    return this.#shared.history;
  }

  /** Which other tab has it open, as a sentence: it is as it was when it was opened, and can't be changed. */
  get elsewhere(): string | null {
    return this.#shared.elsewhere;
  }

  /** Whatever is made from it belongs to this. */
  get revision(): Revision {
    return this.#shared.revision;
  }

  /** Tells what becomes of it, until it is closed. */
  watch(listener: RecordingListener): void {
    if (this.#isClosed) return;
    this.#listeners.add(listener);
    this.#shared.listeners.add(listener);
  }

  /** Batches by their position, as `encodeBatch` writes them; as many as there are, at most some at once. */
  async read(first: number): Promise<Uint8Array<ArrayBuffer>[]> {
    this.#check();
    return this.#client.call('read', [this.id, first, BATCHES_AT_ONCE]);
  }

  /** All batches there are now, one after the other. */
  async *batches(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const count = this.#shared.batches;
    for (let first = 0; first < count; first += BATCHES_AT_ONCE) {
      // Meanwhile there may be more.
      yield* (await this.read(first)).slice(0, count - first);
    }
  }

  /** Batches with frames between two times in seconds. */
  async between(from: number, to: number): Promise<Uint8Array<ArrayBuffer>[]> {
    this.#check();
    return this.#client.call('readTimes', [this.id, from, to]);
  }

  /** Stores frames behind those there are. @param batch as `encodeBatch` writes it; it is handed over */
  async append(batch: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#check();
    const summary = summarizeBatch(batch);
    await this.#client.call('append', [this.id, batch], [batch.buffer]);
    this.#shared.grow(summary);
  }

  /** Has a run joined into it, behind the frames there are: see `JoinCalls`. @returns when that has ended */
  async join(plan: JoinPlan, onStep: (step: JoinStep) => void): Promise<void> {
    this.#check();
    await this.#client.join(this.id, plan, (step) => {
      if (step.info) this.#shared.setStored({ info: step.info });
      for (const batch of step.stored) this.#shared.grow(batch);
      onStep(step);
    });
  }

  /** Corrects it. Every handle sees that at once; resolves when it is kept. */
  async edit(step: Step): Promise<void> {
    this.#check();
    const { elsewhere } = this;
    if (elsewhere !== null) throw new LimnError(`The recording can’t be corrected here. ${elsewhere}`);
    if (this.#shared.edit(step)) await this.#client.call('addStep', [this.id, encodeStep(step)]);
  }

  /** Changes what it says of itself. Its name stays what its owner has made it. */
  async describe(change: { readonly state?: StoredState; readonly info?: RecordingInfo }): Promise<void> {
    this.#check();
    this.#shared.setStored(change);
    await this.#client.call('setInfo', [this.id, this.stored]);
  }

  async setPicture(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#check();
    await this.#client.call('setPicture', [this.id, bytes], [bytes.buffer]);
  }

  /** What is under way is done all the same. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#listeners) this.#shared.listeners.delete(listener);
    this.#listeners.clear();
    this.#release();
  }

  #check(): void {
    if (this.#isClosed) throw new AbortError('The recording was closed.');
  }
}
