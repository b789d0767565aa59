import type { Person } from '../../core/pose.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import { type Edit, splitEdits } from '../../motion/corrections/edit.ts';
import type { Processed } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { ComparisonState, State } from '../state.ts';
import type { RecordingHandle } from '../store/recording-handle.ts';
import type { OpenedFrames } from '../store/stored-frames.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { type FrameLookup, frameOf, lastingOf } from './frame-lookup.ts';

/** Where a recording has no video that would tell. */
const USUAL_FRAME_RATE = 30;

/** While frames are still stored, what was worked on is made again after so many milliseconds. */
const AGAIN_AFTER_MS = 3000;

interface ComparisonHost {
  open(id: string): Promise<OpenedFrames>;
  /** What a recording was worked into; `null`: nothing was done to the whole of it. */
  process(handle: RecordingHandle, edits: readonly Edit[]): Promise<Processed | null>;
  /** Other people are to be shown. */
  onPeople(): void;
}

/** A second recording of the same video, shown with the one on the stage. */
export class Comparison {
  readonly #state: State;
  readonly #timeline: Timeline;
  readonly #host: ComparisonHost;
  readonly #reporter: Reporter;
  #frames: FrameLookup | null = null;
  /** Grows with every wish: what was opened for an older one is closed. */
  #wish = 0;

  constructor(state: State, timeline: Timeline, reporter: Reporter, host: ComparisonHost) {
    this.#state = state;
    this.#reporter = reporter;
    this.#timeline = timeline;
    this.#host = host;
  }

  /**
   * Compares with another recording, or with the one on the stage as it was before corrections.
   *
   * @param name what it is called on the page
   * @throws {LimnError} if it can't be read
   */
  async begin(id: string, name: string, layout: ComparisonState['layout']): Promise<void> {
    const wish = ++this.#wish;
    const opened = await this.#host.open(id);
    const { frames, handle } = opened;
    const isItself = id === this.#state.stagedId.peek();
    const edits = isItself ? [] : handle.history.edits;
    let base: Processed | null = null;
    try {
      base = await this.#host.process(handle, edits);
    } catch (error) {
      frames.close();
      throw error;
    }
    if (wish !== this.#wish) {
      frames.close();
      return;
    }
    this.#drop();
    this.#lay(opened, edits, base);
    this.#follow(opened, edits, base !== null);
    frames.onLoaded = () => this.#host.onPeople();
    this.#frames = frames;
    this.#state.comparison.value = { name, layout };
    this.#host.onPeople();
  }

  #lay({ frames, handle }: OpenedFrames, edits: readonly Edit[], base: Processed | null): void {
    const { rest } = splitEdits(edits);
    frames.setEdits(edits, base);
    if (base) this.#timeline.openBatches('other', base, rest);
    else this.#timeline.open('other', handle, slownessOf(frames.info), rest);
  }

  /** The other recording may be tracked still. @param isWorkedOn its motion is worked on again now and then */
  #follow(opened: OpenedFrames, edits: readonly Edit[], isWorkedOn: boolean): void {
    let isWaiting = false;
    const workAgain = async (): Promise<void> => {
      isWaiting = false;
      try {
        const base = await this.#host.process(opened.handle, edits);
        if (this.#frames === opened.frames) this.#lay(opened, edits, base);
      } catch (error) {
        if (this.#frames === opened.frames) this.#reporter.failure(error);
      }
    };
    opened.handle.watch(({ kind }) => {
      if (kind !== 'stored') return;
      if (!isWorkedOn) this.#timeline.extend('other');
      else if (!isWaiting) setTimeout(() => void workAgain(), AGAIN_AFTER_MS);
      isWaiting = isWorkedOn;
    });
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
    if (!this.#frames) return [];
    const lasting = lastingOf(this.#frames.info, this.#state.source.peek()?.frameRate ?? USUAL_FRAME_RATE);
    return frameOf(this.#frames, time, lasting)?.people ?? [];
  }

  #drop(): void {
    if (!this.#frames) return;
    this.#timeline.clear('other');
    this.#frames.close();
    this.#frames = null;
    this.#state.comparison.value = null;
    this.#host.onPeople();
  }
}
