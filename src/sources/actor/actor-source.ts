import { AbortError, isAbort, LimnError, toReason } from '../../core/errors.ts';
import { createFrame } from '../../core/frame.ts';
import { Port } from '../../core/port/port.ts';
import { sleep } from '../sleep.ts';
import type { FrameSource, SourceFrame, SourceInfo } from '../source.ts';
import type { ActorOptions } from './actor-options.ts';
import type { ActorCalls } from './actor-protocol.ts';

const MILLISECONDS = 1000;

/** Draws frames of demo actors, one at a time, in a worker. */
export class ActorTroupe {
  readonly options: ActorOptions;
  readonly #port: Port<ActorCalls>;
  readonly #opened: Promise<void>;

  constructor(options: ActorOptions, createWorker: () => Worker) {
    this.options = options;
    this.#port = new Port(createWorker(), { name: 'The worker that draws it' });
    this.#opened = this.#port.call('open', [options]);
    // Whoever wants a frame hears of it.
    this.#opened.catch(() => undefined);
  }

  /** The frame of a number with its truth; the caller owns it. @throws {LimnError} if it can't be drawn; an `AbortError` */
  async draw(index: number): Promise<SourceFrame> {
    try {
      await this.#opened;
      const { image, truth } = await this.#port.call('draw', [index]);
      const time = index / this.options.frameRate;
      return createFrame({ image, width: image.width, height: image.height, time, index, truth });
    } catch (error) {
      if (isAbort(error)) throw error;
      const reason = toReason(error);
      throw new LimnError(
        `The demo actor can't be drawn: ${reason.replace(/\.?$/, '.')} It needs WebGL 2; switch hardware acceleration on.`,
        { cause: error },
      );
    }
  }

  close(): void {
    this.#port.close(new AbortError('The demo was stopped.'));
  }
}

/** The demo as a live source: frames by the clock, drawn one ahead of the one in work, so never in vain. */
export class ActorSource implements FrameSource {
  readonly info: SourceInfo;
  readonly transport = null;
  readonly #troupe: ActorTroupe;
  #began: number | null = null;
  #last = -1;
  #ahead: Promise<SourceFrame> | null = null;
  #dropped = 0;
  #isClosed = false;

  constructor(options: ActorOptions, createWorker: () => Worker) {
    this.#troupe = new ActorTroupe(options, createWorker);
    this.info = {
      kind: 'demo',
      name: 'demo',
      live: true,
      isStill: false,
      duration: null,
      frameRate: options.frameRate,
      prefersMirror: false,
      byteLength: null,
      demo: { ...options },
    };
  }

  get dropped(): number {
    return this.#dropped;
  }

  async next(): Promise<SourceFrame | null> {
    if (this.#isClosed) return null;
    try {
      const coming = this.#ahead ?? this.#drawNext();
      // From here on it is whoever asked for it who closes it.
      this.#ahead = null;
      const frame = await coming;
      if (this.#isClosed) {
        frame.close();
        return null;
      }
      this.#ahead = this.#drawNext();
      // Whoever takes it later sees the failure; until then it is nobody's.
      this.#ahead.catch(() => undefined);
      return frame;
    } catch (error) {
      if (this.#isClosed) return null;
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    void this.#ahead?.then((frame) => frame.close()).catch(() => undefined);
    this.#troupe.close();
  }

  /** Draws the frame that is due by the clock, waiting for it where it isn't yet. */
  async #drawNext(): Promise<SourceFrame> {
    const { frameRate } = this.#troupe.options;
    const now = performance.now();
    this.#began ??= now;
    const elapsedFrames = ((now - this.#began) * frameRate) / MILLISECONDS;
    const due = Math.max(this.#last + 1, Math.floor(elapsedFrames));
    this.#dropped += due - this.#last - 1;
    this.#last = due;
    const wait = ((due - elapsedFrames) * MILLISECONDS) / frameRate;
    if (wait > 0) await sleep(wait);
    return this.#troupe.draw(due);
  }
}
