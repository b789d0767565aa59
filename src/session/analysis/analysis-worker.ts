import { describeFault, LimnError } from '../../core/errors.ts';
import type { FrameTimes } from '../../core/frame-times.ts';
import type { ModelOrder } from '../protocol.ts';
import type { VideoBlob } from './describe-video.ts';
import type { AnalyzeReply, AnalyzeRequest } from './protocol.ts';

export type Job = Omit<Extract<AnalyzeRequest, { type: 'track' }>, 'type'>;
type Scanned = Extract<AnalyzeReply, { type: 'scanned' }>;

/** One of the workers of an analysis, as the page sees it. Closing terminates it, which frees all that it held. */
export class AnalysisWorker {
  onReply: (reply: AnalyzeReply) => void = () => undefined;
  onDeath: (error: LimnError) => void = () => undefined;
  onOpen: (() => void) | null = null;
  /** What it is at. */
  job: Job | null = null;
  readonly #worker: Worker;
  #isOpen = false;
  #scanning: { resolve: (scanned: Scanned) => void; reject: (error: Error) => void } | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<AnalyzeReply>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new LimnError(`A tracking worker stopped (${describeFault(event)}).`));
    };
  }

  /** The model is open: it can be given pieces. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens the video, then, behind the caller's back, the model. @throws {LimnError} if the file can't be read */
  openVideo(source: VideoBlob, order: ModelOrder): Promise<Scanned> {
    const scanned = new Promise<Scanned>((resolve, reject) => {
      this.#scanning = { resolve, reject };
    });
    this.#send({ type: 'open', order, ...source, frameTimes: null });
    return scanned;
  }

  open(source: VideoBlob, order: ModelOrder, frameTimes: FrameTimes): void {
    this.#send({ type: 'open', order, ...source, frameTimes });
  }

  track(job: Job): void {
    this.job = job;
    this.#send({ type: 'track', ...job });
  }

  /** Leaves the piece it is at. */
  abandon(): void {
    this.job = null;
    this.#send({ type: 'abandon' });
  }

  setPaused(isPaused: boolean): void {
    this.#send({ type: 'pause', isPaused });
  }

  close(): void {
    this.#worker.terminate();
    this.#scanning?.reject(new DOMException('The analysis was closed.', 'AbortError'));
    this.#scanning = null;
  }

  #send(request: AnalyzeRequest): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: AnalyzeReply): void {
    if (reply.type === 'scanned') {
      this.#scanning?.resolve(reply);
      this.#scanning = null;
      return;
    }
    if (reply.type === 'failed') {
      this.#fail(new LimnError(reply.message));
      return;
    }
    if (reply.type === 'opened') {
      this.#isOpen = true;
      this.onOpen?.();
    }
    this.onReply(reply);
  }

  #fail(error: LimnError): void {
    if (this.#scanning) {
      this.#scanning.reject(error);
      this.#scanning = null;
    } else {
      this.onDeath(error);
    }
  }
}
