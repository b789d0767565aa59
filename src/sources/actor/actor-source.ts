import { describeFault, LimnError } from '../../core/errors.ts';
import { createFrame } from '../../core/frame.ts';
import { sleep } from '../sleep.ts';
import type { FrameSource, SourceFrame, SourceInfo } from '../source.ts';
import type { ActorOptions } from './actor-options.ts';
import type { ActorReply, ActorRequest } from './actor-protocol.ts';

const MILLISECONDS = 1000;

/** Draws frames of demo actors, one at a time, in a worker. */
export class ActorTroupe {
  readonly options: ActorOptions;
  readonly #worker: Worker;
  #pending: { resolve: (frame: SourceFrame) => void; reject: (error: Error) => void } | null = null;

  constructor(options: ActorOptions, createWorker: () => Worker) {
    this.options = options;
    this.#worker = createWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<ActorReply>) => this.#receive(data);
    this.#worker.onerror = (event) => this.#fail(`${describeFault(event)}.`);
    this.#send({ type: 'open', options });
  }

  /** The frame of a number with its truth; the caller owns it. @throws {LimnError} if it can't be drawn */
  draw(frame: number): Promise<SourceFrame> {
    if (this.#pending) throw new Error('One frame is drawn at a time.');
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#send({ type: 'draw', frame });
    });
  }

  close(): void {
    this.#worker.terminate();
    this.#pending?.reject(new DOMException('The demo was stopped.', 'AbortError'));
    this.#pending = null;
  }

  #send(request: ActorRequest): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: ActorReply): void {
    if (reply.type === 'failed') {
      this.#fail(reply.message);
      return;
    }
    const { image, frame: index, truth } = reply;
    if (!this.#pending) {
      image.close();
      return;
    }
    const { resolve } = this.#pending;
    this.#pending = null;
    const time = index / this.options.frameRate;
    resolve(createFrame({ image, width: image.width, height: image.height, time, index, truth }));
  }

  #fail(reason: string): void {
    this.#pending?.reject(
      new LimnError(
        `The demo actor can't be drawn: ${reason} It needs WebGL 2; switch hardware acceleration on.`,
      ),
    );
    this.#pending = null;
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
      const frame = await (this.#ahead ?? this.#drawNext());
      this.#ahead = this.#isClosed ? null : this.#drawNext();
      // Whoever takes it later sees the failure; until then it is nobody's.
      this.#ahead?.catch(() => undefined);
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
