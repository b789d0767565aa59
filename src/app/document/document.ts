import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { PersonNames } from '../../core/person-name.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import type { TimeMark } from '../../core/time-mark.ts';
import { standsForTruth } from '../../evaluation/truth.ts';
import { DEFAULT_RESAMPLE } from '../../motion/cleaning/resample.ts';
import {
  type Edit,
  type FrameEdit,
  isFrameEdit,
  marksAfter,
  namesAfter,
  splitEdits,
} from '../../motion/corrections/edit.ts';
import { advance, EMPTY_HISTORY, type History, type Step } from '../../motion/corrections/history.ts';
import type { StoredInfo } from '../../recording/log/stored-info.ts';
import { readMeasured } from '../../recording/read-measured.ts';
import type { RecordingHandle, Revision } from '../../recording/recording-handle.ts';
import { Motion } from '../motion/motion.ts';
import type { Processed, Processor } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { Role } from '../timeline/protocol.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { StoredFrames } from './stored-frames.ts';

export interface DocumentOptions {
  /** Does what corrections say of the whole recording. */
  readonly processor: Processor;
  /** Strength of smoothing, `null` for none; asked whenever frames are looked at. */
  readonly smoothing: () => number | null;
  readonly reporter: Reporter;
  /** As it was before all corrections, whatever is done to it meanwhile. */
  readonly isAsMeasured?: boolean;
}

/** All of a document, to be written in a format. */
export interface DocumentContent {
  /** What its file is named after. */
  readonly name: string;
  readonly info: RecordingInfo;
  /** Batches as `encodeBatch` writes them, what it was worked into; the receiver's own. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  /** What is done to these frames by hand. */
  readonly edits: readonly FrameEdit[];
}

/** A timeline that it is on, and what of it is there. */
interface Row {
  readonly timeline: Timeline;
  readonly role: Role;
  base: Processed | null;
}

/**
 * An open recording with its corrections, what its motion was worked into, and its part of the timeline. Whoever opens it closes
 * it, once.
 */
export class Document {
  /** Its frames, as they are shown. */
  readonly frames: StoredFrames;
  /** What is done to the whole of it; nothing is before `begin`. */
  readonly motion: Motion;
  /** Seconds of its first and last frame, as it is shown. */
  readonly range = signal<readonly [first: number, last: number] | null>(null);
  /** Called when its frames are shown otherwise than before. */
  onShown: (() => void) | null = null;
  readonly #handle: RecordingHandle;
  readonly #processor: Processor;
  readonly #reporter: Reporter;
  readonly #history;
  #hasBegun = false;
  #row: Row | null = null;

  /** @param handle is closed with it */
  constructor(
    handle: RecordingHandle,
    { processor, smoothing, reporter, isAsMeasured = false }: DocumentOptions,
  ) {
    this.#handle = handle;
    this.#processor = processor;
    this.#reporter = reporter;
    this.#history = signal(isAsMeasured ? EMPTY_HISTORY : handle.history);
    this.frames = new StoredFrames(handle, smoothing, reporter);
    this.motion = new Motion(handle, {
      processor,
      reporter,
      keep: (edit) => this.add(edit),
      show: (base, edits) => this.#show(base, edits),
    });
    this.range.value = this.frames.timeRange;
    handle.watch(({ kind }) => {
      if (kind === 'stored') {
        this.#row?.timeline.extend(this.#row.role);
        this.range.value = this.frames.timeRange;
      } else if (!isAsMeasured) {
        this.#history.value = handle.history;
        if (this.#hasBegun) void this.begin();
      }
    });
  }

  get id(): string {
    return this.#handle.id;
  }

  /** What its owner has named it. */
  get name(): string {
    return this.#handle.stored.name;
  }

  /** All that it says of itself, as it is stored. */
  get stored(): StoredInfo {
    return this.#handle.stored;
  }

  /** Of its frames as they are shown. */
  get info(): RecordingInfo {
    return this.frames.info;
  }

  /** How many frames are stored. */
  get frameCount(): number {
    return this.#handle.frames;
  }

  /** Frames a second of what happened, in the mean over the whole of it; `null`: it has fewer than two frames. */
  get frameRate(): number | null {
    const steps = this.#history.value.edits.flatMap((edit) => (edit.kind === 'process' ? edit.steps : []));
    const resampled = steps.findLast((step) => step.kind === 'resample');
    if (resampled) return resampled.rate ?? DEFAULT_RESAMPLE.rate;
    const [first, last] = this.#handle.range ?? [0, 0];
    const { frameCount } = this;
    return last > first && frameCount > 1
      ? ((frameCount - 1) / (last - first)) * slownessOf(this.info)
      : null;
  }

  /** Whatever is made from it belongs to this. */
  get revision(): Revision {
    return this.#handle.revision;
  }

  /** Its corrections, which can be undone and redone. */
  get history(): ReadonlySignal<History> {
    return this.#history;
  }

  /** What people are called. */
  get names(): PersonNames {
    return namesAfter(this.#history.value.edits, this.#handle.stored.info?.names);
  }

  /** Moments that have names, in the order of time. Signals that are read tell of changes. */
  get marks(): readonly TimeMark[] {
    return marksAfter(this.#history.value.edits, this.#handle.stored.info?.marks);
  }

  get edits(): readonly Edit[] {
    return this.#history.peek().edits;
  }

  /** Why it can only be looked at, as sentences; `null`: it can be corrected. */
  get readOnly(): string | null {
    const { elsewhere } = this.#handle;
    if (elsewhere === null) return null;
    return `${this.name} can only be looked at here, as it was when you opened it. ${elsewhere} To correct it, or to have what came since, close it there and open it here again.`;
  }

  /** Does it say who is there, so that others can be scored against it? Signals that are read tell of changes. */
  get standsForTruth(): boolean {
    return standsForTruth(this.info) || this.#history.value.edits.some(isFrameEdit);
  }

  add(edit: Edit): void {
    this.#step({ type: 'edit', edit });
  }

  undo(): void {
    this.#step({ type: 'undo' });
  }

  redo(): void {
    this.#step({ type: 'redo' });
  }

  /** Goes to a state of its history by undoing or redoing: that after so many of all corrections, undone ones too. */
  goTo(count: number): void {
    const distance = count - this.edits.length;
    for (let i = 0; i < Math.abs(distance); i++) this.#step({ type: distance < 0 ? 'undo' : 'redo' });
  }

  /** Shows it with all that is done to it, now and from now on. @returns whether that could be done; why not is said */
  begin(): Promise<boolean> {
    this.#hasBegun = true;
    return this.motion.setEdits(this.edits);
  }

  /** Puts it on a timeline, where it takes the place of what has that role, and follows what becomes of it. */
  layOn(timeline: Timeline, role: Role): void {
    this.#row = { timeline, role, base: this.motion.base.peek() };
    this.#lay(this.#row);
  }

  /**
   * All of it as it is stored by now, worked on and not smoothed.
   *
   * @throws {LimnError} if it is damaged, or can't be worked on
   */
  async read(): Promise<DocumentContent> {
    const { edits } = this;
    const processed = await this.#processor.run(this.#handle, edits);
    const content = processed
      ? { info: processed.info, frames: processed.batches.map((each) => each.slice()) }
      : await readMeasured(this.#handle);
    const names = namesAfter(edits, content.info.names);
    const marks = marksAfter(edits, content.info.marks);
    const info = {
      ...content.info,
      ...(Object.keys(names).length > 0 && { names }),
      ...(marks.length > 0 && { marks }),
    };
    return { name: this.name, ...content, info, edits: splitEdits(edits).rest };
  }

  close(): void {
    this.#row = null;
    this.onShown = null;
    this.motion.close();
    this.frames.close();
  }

  #step(step: Step): void {
    const { readOnly } = this;
    const history = this.#history.peek();
    if (advance(history, step) === history) return;
    if (readOnly === null) this.#handle.edit(step).catch(this.#reporter.failure);
    else this.#reporter.notice('info', readOnly);
  }

  #show(base: Processed | null, edits: readonly Edit[]): void {
    this.frames.setEdits(edits, base);
    const row = this.#row;
    if (row && base === row.base) {
      row.timeline.setEdits(row.role, splitEdits(edits).rest);
    } else if (row) {
      row.base = base;
      this.#lay(row);
    }
    this.range.value = this.frames.timeRange;
    this.onShown?.();
  }

  #lay({ timeline, role, base }: Row): void {
    const { rest } = splitEdits(this.motion.shownEdits);
    if (base) timeline.openBatches(role, base, rest);
    else timeline.open(role, this.#handle, slownessOf(this.info), rest);
  }
}
