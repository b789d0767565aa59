import { Recording, type RecordingInfo, type TrackedFrame } from '../../core/recording.ts';
import { editFrame, editRecording } from '../../motion/corrections/apply.ts';
import { type Edit, type FrameEdit, isFrameEdit, splitEdits } from '../../motion/corrections/edit.ts';
import { smoothAsAsked } from '../../motion/smoothing/smoother.ts';
import { createDamagedError, decodeWhole } from '../../recording/log/whole-batches.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { Processed } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { FrameLookup } from '../stage/frame-lookup.ts';

/** Seconds around the wished time that are loaded: before, so that filters have settled; after, to be played. */
const BEHIND = 3;
const AHEAD = 5;
/** Nearer than this to an end of what is loaded, the next part is fetched. */
const MARGIN = 1.5;

interface Loaded {
  readonly from: number;
  readonly to: number;
  /** As measured. */
  readonly measured: Recording;
  /** With corrections, and smoothed with that strength; `null`: not smoothed. */
  readonly recording: Recording;
  readonly strength: number | null;
  readonly edits: readonly FrameEdit[];
}

/** The frames of an open recording: only those around the time that is looked at lie in memory. */
export class StoredFrames implements FrameLookup {
  onLoaded: (() => void) | null = null;
  readonly #handle: RecordingHandle;
  readonly #smoothing: () => number | null;
  readonly #reporter: Pick<Reporter, 'failure'>;
  /** Of frames as measured. */
  #edits: readonly FrameEdit[] = [];
  /** Of frames that were worked on. */
  #rest: readonly FrameEdit[] = [];
  /** What the whole recording was worked into; `null`: it is as measured. */
  #base: Processed | null = null;
  #loaded: Loaded | null = null;
  #isLoading = false;
  /** Where to load next, when what is on its way has come. */
  #wished: number | null = null;
  #isClosed = false;
  #isDamageSaid = false;

  /**
   * @param handle is closed with it
   * @param smoothing strength of smoothing, `null` for none; asked whenever frames are loaded or looked at
   * @param reporter told what goes wrong while frames are read
   */
  constructor(handle: RecordingHandle, smoothing: () => number | null, reporter: Pick<Reporter, 'failure'>) {
    this.#handle = handle;
    this.#smoothing = smoothing;
    this.#reporter = reporter;
    handle.watch((change) => {
      if (change.kind === 'stored') this.#extend(change.from, change.to);
    });
  }

  get info(): RecordingInfo {
    return this.#base?.info ?? this.#handle.info;
  }

  get timeRange(): readonly [first: number, last: number] | null {
    const { range } = this.#handle;
    const worked = this.#base?.frames.timeRange;
    if (!this.#base) return range;
    return worked && range && this.#hasMore ? [worked[0], range[1]] : (worked ?? null);
  }

  at(time: number): TrackedFrame | null {
    const { frames, until = Number.POSITIVE_INFINITY } = this.#base ?? {};
    if (frames && (time <= until || !this.#hasMore)) return this.#edit(frames.at(time));
    const frame = this.#around(time)?.frameAt(time) ?? null;
    return frames && frame && frame.time <= until ? this.#edit(frames.at(time)) : frame;
  }

  neighbour(time: number, direction: -1 | 1): TrackedFrame | null {
    const { frames, until = Number.POSITIVE_INFINITY } = this.#base ?? {};
    if (frames && (time <= until || !this.#hasMore)) {
      const worked = frames.neighbour(time, direction);
      if (worked || direction < 0 || !this.#hasMore) return this.#edit(worked);
    }
    const frame = this.#around(time)?.neighbour(time, direction) ?? null;
    return frames && frame && frame.time <= until ? this.#edit(frames.at(until)) : frame;
  }

  /** Frames around a time in seconds, with their corrections and not smoothed. */
  async readAround(time: number): Promise<Recording> {
    const { frames, until = Number.POSITIVE_INFINITY } = this.#base ?? {};
    if (frames && (time <= until || !this.#hasMore)) return editRecording(frames.around(time), this.#rest);
    const measured = decodeWhole(await this.#handle.between(time, time)).frames;
    return editRecording(new Recording(this.info, measured), this.#edits);
  }

  /** Frames have been stored since it was worked on: these are shown as measured until that is done again. */
  get #hasMore(): boolean {
    const { stored = 0, until = 0 } = this.#base ?? {};
    const { revision, range } = this.#handle;
    return stored !== revision.stored && range !== null && range[1] > until;
  }

  /**
   * Frames are shown with these corrections from now on.
   *
   * @param edits all that is done to the recording, in that order
   * @param base what its whole was worked into by them; `null`: it is as it is stored
   */
  setEdits(edits: readonly Edit[], base: Processed | null): void {
    this.#edits = edits.filter(isFrameEdit);
    this.#rest = splitEdits(edits).rest;
    this.#base = base;
    this.onLoaded?.();
  }

  /** More frames have been stored, from a time to another in seconds. */
  #extend(from: number, to: number): void {
    const loaded = this.#loaded;
    if (loaded && from <= loaded.to && to >= loaded.from) this.#load(loaded.from + BEHIND);
  }

  close(): void {
    this.#isClosed = true;
    this.onLoaded = null;
    this.#loaded = null;
    this.#base = null;
    this.#handle.close();
  }

  /** The same frame stays the same object: whoever shows it sees that nothing has changed. */
  #edit(frame: TrackedFrame | null): TrackedFrame | null {
    return frame && editFrame(frame, this.#rest);
  }

  /** What is loaded around a time; if that isn't enough, more is asked for. */
  #around(time: number): Recording | null {
    const loaded = this.#loaded;
    const [first, last] = this.#handle.range ?? [0, 0];
    const isEnough =
      loaded !== null &&
      time - loaded.from >= Math.min(MARGIN, Math.max(0, time - first)) &&
      loaded.to - time >= Math.min(MARGIN, Math.max(0, last - time));
    if (!isEnough) this.#load(time);
    return loaded && time >= loaded.from && time <= loaded.to ? this.#prepared(loaded).recording : null;
  }

  /** What is loaded as it is to be shown now. */
  #prepared(loaded: Loaded): Loaded {
    const strength = this.#smoothing();
    if (loaded.strength === strength && loaded.edits === this.#edits) return loaded;
    this.#loaded = this.#prepare(loaded.from, loaded.to, loaded.measured);
    return this.#loaded;
  }

  #prepare(from: number, to: number, measured: Recording): Loaded {
    const [strength, edits] = [this.#smoothing(), this.#edits];
    const edited = edits.length > 0 ? editRecording(measured, edits) : measured;
    return { from, to, measured, recording: smoothAsAsked(edited, strength ?? false), strength, edits };
  }

  #load(time: number): void {
    this.#wished = time;
    if (!this.#isLoading && !this.#isClosed) void this.#loadWished();
  }

  async #loadWished(): Promise<void> {
    this.#isLoading = true;
    try {
      while (this.#wished !== null && !this.#isClosed) {
        const from = this.#wished - BEHIND;
        const to = this.#wished + AHEAD;
        this.#wished = null;
        const batches = await this.#handle.between(from, to);
        if (this.#isClosed) return;
        const { frames, damaged } = decodeWhole(batches);
        if (damaged > 0 && !this.#isDamageSaid) this.#reporter.failure(createDamagedError());
        this.#isDamageSaid ||= damaged > 0;
        this.#loaded = this.#prepare(from, to, new Recording(this.#handle.info, frames));
        this.onLoaded?.();
      }
    } catch (error) {
      // A store that was closed has nothing to show any more, and nothing to say.
      this.#reporter.failure(error);
    } finally {
      this.#isLoading = false;
    }
  }
}
