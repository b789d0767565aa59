import { createDeferred } from '../../core/async/async.ts';
import type { LimnError } from '../../core/errors.ts';
import type { FrameTimes } from '../../core/time/frame-times.ts';
import type { HandedOn } from '../../recording/joining/joiner.ts';
import { JoinerClient } from '../../recording/joining/joiner-client.ts';
import type { Piece } from '../../recording/joining/pieces.ts';
import type { JoinStep } from '../../recording/joining/protocol.ts';
import type { StoreCaller } from '../../recording/protocol.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import { decoderTurns } from '../../sources/video/decoder-turn.ts';
import type { VideoInfo } from '../../sources/video/video-decoder.ts';
import { describeModel } from '../describe-run.ts';
import type { ModelOrder } from '../protocol.ts';
import type { AnalysisEnd, AnalysisEngines, AnalysisEvents } from './analysis-events.ts';
import { type AnalysisWorker, toEngineListeners } from './analysis-worker.ts';
import type { VideoBlob } from './describe-video.ts';
import type { AnalysisOptions } from './options.ts';
import {
  type CrowdOrder,
  countFrames,
  type EarlierRun,
  type PreparedRun,
  prepareRun,
} from './prepare-run.ts';
import { type AnalysisProgress, ProgressMeter } from './progress.ts';
import type { TrackRequest } from './protocol.ts';

/** Pieces that may be done before the one that is waited for: what lies in memory. */
const PIECES_AHEAD_PER_WORKER = 2;
/** Workers that may die before a run is given up. */
const MAXIMUM_DEATHS = 3;

/**
 * All frames of a video through a model, by several workers at once, whose frames go straight to the storing worker. Say with
 * `record` into which recording, then call `run`.
 */
export class Analysis {
  readonly video: VideoInfo;
  readonly pieces: readonly Piece[];
  /** Each piece waits for those whom the one before it has followed. */
  readonly isFollowed: boolean;
  readonly #frameTimes: FrameTimes;
  readonly #order: ModelOrder;
  readonly #options: AnalysisOptions;
  readonly #events: AnalysisEvents;
  readonly #engines: AnalysisEngines;
  readonly #blob: VideoBlob;
  readonly #meter: ProgressMeter;
  readonly #workers: AnalysisWorker[] = [];
  /** Workers that are on their way. */
  #hiring = 0;
  /** Pieces that are to be tracked with those whom the piece before has followed. */
  readonly #handedOn: HandedOn[] = [];
  readonly #wantedWorkers: number;
  readonly #end = createDeferred<AnalysisEnd>();
  #joiner: JoinerClient | null = null;
  /** The first piece that isn't joined. */
  #next = 0;
  #nextPiece = 0;
  #deaths = 0;
  #isPaused = false;
  /** Before `run`, nothing is tracked. */
  #hasBegun = false;
  #hasEnded = false;
  /** The first piece that can't be decoded to its end, and why. */
  #fault: JoinStep['fault'] = null;

  private constructor(
    { workers, scanned, pieces, isFollowed, way }: PreparedRun,
    source: VideoBlob,
    options: AnalysisOptions,
    events: AnalysisEvents,
    engines: AnalysisEngines,
  ) {
    this.video = scanned.video;
    this.pieces = pieces;
    this.isFollowed = isFollowed;
    this.#frameTimes = scanned.frameTimes;
    this.#blob = source;
    this.#order = way.order;
    this.#options = options;
    this.#events = events;
    this.#engines = engines;
    this.#meter = new ProgressMeter(countFrames(pieces));
    this.#wantedWorkers = way.workers;
    // Whoever calls `run` hears of it.
    this.#end.promise.catch(() => undefined);
    for (const worker of workers) this.#adopt(worker);
  }

  /**
   * Opens a video and plans the work. Nothing is tracked before `run`.
   *
   * @param earlier the run that is gone on with; `null`: there is none
   * @param signal ends it at once
   * @param orderOfCrowd what is ordered instead where the video shows a crowd; `null`: the same
   * @throws {LimnError} if the file can't be read or has no frame in the range; the signal's reason
   */
  static async open(
    source: VideoBlob,
    order: ModelOrder,
    options: AnalysisOptions,
    events: AnalysisEvents,
    engines: AnalysisEngines,
    earlier: EarlierRun | null = null,
    signal?: AbortSignal,
    orderOfCrowd: CrowdOrder | null = null,
  ): Promise<Analysis> {
    const prepared = await prepareRun(source, order, options, events, engines, earlier, signal, orderOfCrowd);
    return new Analysis(prepared, source, options, events, engines);
  }

  /** How many are followed at most. */
  get people(): number {
    return this.#order.options.people;
  }

  get progress(): AnalysisProgress {
    return this.#meter.summarize();
  }

  /** Frames come one after the other in time; else those that come too late are left out. */
  get isOrdered(): boolean {
    return this.#frameTimes.isOrdered;
  }

  /** Frames are joined into this recording, behind those of an earlier run. @throws what the store throws */
  async record(recording: RecordingHandle, store: StoreCaller): Promise<void> {
    const model = describeModel(this.#order.options, this.#engines.platform);
    const { pieces, isFollowed } = this;
    const plan = { pieces, slowMotion: this.#options.slowMotion, isFollowed, model };
    const joiner = await JoinerClient.begin(recording, store, plan, (step) => this.#follow(step));
    this.#joiner = joiner;
    joiner.ended.catch((error) => this.#fail(error));
    for (const worker of this.#workers) worker.connect(joiner.open());
  }

  /** Tracks what is left, and resolves when it is stored. @throws {LimnError} if no engine can run the model; what the store throws */
  async run(): Promise<AnalysisEnd> {
    const turn = decoderTurns.take();
    try {
      if (turn) await Promise.race([turn.hasCome, this.#end.promise]);
      return await this.#track();
    } finally {
      this.close();
      turn?.end();
      await this.#joiner?.end();
    }
  }

  async #track(): Promise<AnalysisEnd> {
    // An earlier run may have come to its end and not have been able to say so.
    if (this.#next >= this.pieces.length) this.#finish({ kind: 'finished' });
    this.#hasBegun = true;
    const missing = this.#hasEnded ? 0 : this.#wantedWorkers - this.#workers.length;
    for (let i = 0; i < missing; i++) void this.#hire(null);
    this.#assign();
    return this.#end.promise;
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#meter.restart();
    for (const worker of this.#workers) worker.setPaused(isPaused);
    this.#events.onProgress?.(this.progress);
  }

  /** Ends the run; what has been joined stays. */
  cancel(): void {
    this.#finish({ kind: 'cancelled' });
  }

  close(): void {
    this.#finish({ kind: 'cancelled' });
    for (const worker of this.#workers) {
      // Its model is open: whoever comes next may have it, though it may have to leave a piece first.
      if (worker.isOpen) this.#engines.giveAnalyzer(worker);
      else worker.close();
    }
    this.#workers.length = 0;
    void this.#joiner?.end();
  }

  #finish(end: AnalysisEnd): void {
    this.#hasEnded = true;
    this.#end.resolve(end);
  }

  #fail(error: unknown): void {
    this.#hasEnded = true;
    this.#end.reject(error);
  }

  /** @param job what it is to begin with; `null`: what is next */
  async #hire(job: TrackRequest | null): Promise<void> {
    this.#hiring++;
    try {
      const worker = await this.#engines.takeAnalyzer(this.#order);
      if (this.#hasEnded) {
        worker.close();
        return;
      }
      worker.job = job;
      this.#adopt(worker);
      void worker.open(this.#blob, this.#order, this.#frameTimes);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#hiring--;
    }
  }

  #adopt(worker: AnalysisWorker): void {
    this.#workers.push(worker);
    worker.listen({
      on: toEngineListeners(this.#events, () => !this.#hasEnded),
      onOpen: (device) => {
        if (this.#hasEnded) return;
        this.#events.onLoading?.(null);
        this.#events.onDevice?.(device);
        // One that takes a dead one's place takes its piece, too.
        if (worker.job) worker.track(worker.job);
        this.#assign();
      },
      onDeath: (error) => this.#bury(worker, error),
    });
    if (this.#isPaused) worker.setPaused(true);
    if (this.#joiner) worker.connect(this.#joiner.open());
  }

  /** The joiner has taken something. */
  #follow({ next, kept, done, handedOn, fault }: JoinStep): void {
    this.#next = next;
    this.#fault = fault;
    if (!this.#hasBegun) this.#nextPiece = next;
    if (this.#hasBegun && kept > 0) this.#meter.add(kept, performance.now());
    else this.#meter.correct(kept);
    if (handedOn) this.#handOn(handedOn);
    if (!this.#hasBegun || this.#hasEnded) return;
    if (done) {
      const worker = this.#workers.find(
        ({ job }) => job?.piece.number === done.piece && job.attempt === done.attempt,
      );
      if (worker) worker.job = null;
    }
    this.#events.onProgress?.(this.progress);
    if (fault && next > fault.piece) this.#finish({ kind: 'broken', reason: fault.reason });
    else if (next >= this.pieces.length) this.#finish({ kind: 'finished' });
    else this.#assign();
  }

  #handOn(handedOn: HandedOn): void {
    this.#handedOn.push(handedOn);
    this.#workers.find(({ job }) => job?.piece.number === handedOn.piece)?.abandon();
  }

  /** Gives every worker that has nothing to do the next piece. */
  #assign(): void {
    if (!this.#hasBegun || this.#hasEnded) return;
    const isNear = (piece: number): boolean =>
      this.isFollowed ? piece === 0 : piece < this.#next + this.#wantedWorkers * PIECES_AHEAD_PER_WORKER;
    for (const worker of this.#workers) {
      if (!worker.isOpen || worker.job) continue;
      const handedOn = this.#handedOn.shift();
      const piece = this.pieces[handedOn?.piece ?? this.#nextPiece];
      if (!piece || (this.#fault && piece.number > this.#fault.piece)) return;
      if (!handedOn) {
        if (!isNear(piece.number)) return;
        this.#nextPiece++;
      }
      const { everyNth, slowMotion } = this.#options;
      worker.track({
        piece,
        attempt: handedOn ? 1 : 0,
        boxes: handedOn?.boxes ?? [],
        everyNth,
        slowMotion,
      });
    }
  }

  /** A worker has died: another takes its place and its piece. */
  #bury(worker: AnalysisWorker, error: LimnError): void {
    const at = this.#workers.indexOf(worker);
    if (at < 0 || this.#hasEnded) return;
    this.#workers.splice(at, 1);
    worker.close();
    // One that could not even open its model would fail again.
    const isLast = this.#workers.length + this.#hiring === 0;
    if ((!worker.isOpen && isLast) || ++this.#deaths > MAXIMUM_DEATHS) {
      this.#fail(error);
      return;
    }
    if (worker.job) void this.#replace(worker, worker.job);
  }

  async #replace({ channel }: AnalysisWorker, job: TrackRequest): Promise<void> {
    const at = { piece: job.piece.number, attempt: job.attempt };
    this.#hiring++;
    // All of the piece may have come to the joiner before the worker died, or the piece be wanted otherwise.
    const isWanted = channel === null || (await this.#joiner?.leave(channel, at));
    this.#hiring--;
    if (!this.#hasEnded) void this.#hire(isWanted ? job : null);
  }
}
