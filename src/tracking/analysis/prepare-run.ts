import { LimnError } from '../../core/errors.ts';
import type { FrameTimes } from '../../core/time/frame-times.ts';
import type { EngineId } from '../../families/engines/engine-catalog.ts';
import { FOLLOWED_PIECE_FRAMES, type Piece, planPieces } from '../../recording/joining/pieces.ts';
import { orderKey } from '../engines/order-key.ts';
import { recallWays } from '../engines/remembered.ts';
import type { ModelOrder } from '../protocol.ts';
import type { AnalysisEngines, AnalysisEvents } from './analysis-events.ts';
import { type AnalysisWorker, toEngineListeners } from './analysis-worker.ts';
import { seesCrowd } from './crowd.ts';
import type { VideoBlob } from './describe-video.ts';
import type { AnalysisOptions } from './options.ts';
import type { ScannedVideo } from './protocol.ts';
import { measureWays } from './ways/measure-ways.ts';
import { takeWorker } from './ways/take-worker.ts';
import { toWay, type Way } from './ways/ways.ts';

/** A run that was broken off: whoever goes on with it cuts and tracks the video as it did. */
export interface EarlierRun {
  /** See `seesCrowd`. */
  readonly isFollowed: boolean;
  /** What its last frames were tracked with; `null`: it has none. */
  readonly engine: EngineId | null;
}

/** Asked for only where it is needed, for networks are looked up for it. */
export type CrowdOrder = () => Promise<ModelOrder>;

/** A video that is open and planned. */
export interface PreparedRun {
  /** All that the way takes; the first one's video is open, models and other videos perhaps not yet. */
  readonly workers: readonly AnalysisWorker[];
  readonly scanned: ScannedVideo;
  readonly pieces: readonly Piece[];
  /** Each piece waits for those whom the one before it has followed. */
  readonly isFollowed: boolean;
  readonly way: Way;
}

/**
 * Opens a video, cuts it into pieces, and finds out in which way it is tracked.
 *
 * @param earlier the run that is gone on with; `null`: there is none
 * @param orderOfCrowd what is ordered instead where the video shows a crowd; `null`: the same
 * @throws {LimnError} if the file can't be read or has no frame in the range; the signal's reason
 */
export async function prepareRun(
  source: VideoBlob,
  order: ModelOrder,
  options: AnalysisOptions,
  events: AnalysisEvents,
  engines: AnalysisEngines,
  earlier: EarlierRun | null,
  signal?: AbortSignal,
  orderOfCrowd: CrowdOrder | null = null,
): Promise<PreparedRun> {
  const opened = new OpenedVideo(source, events, engines, signal);
  try {
    const wasFollowed = earlier?.isFollowed ?? false;
    const likely = await recallWay(order, options, earlier, wasFollowed, engines);
    const scanned = await opened.open(toWayOf(likely, false, Number.POSITIVE_INFINITY), null);
    const { frameTimes, hasRealGpu } = scanned;
    const short = planPieces(frameTimes, options);
    checkFrames(source, scanned, short, options);
    // Mostly it is tracked in this way: while the video is looked through, the models open.
    const worker = await opened.start(
      toWayOf(likely, hasRealGpu, wasFollowed ? 1 : short.length),
      frameTimes,
    );
    // What isn't cut has no places at which others could be picked.
    const isFollowed =
      earlier?.isFollowed ??
      (short.length > 1 && (await seesCrowd(worker, order, frameTimes, options, engines, signal)));
    if (isFollowed && !earlier && orderOfCrowd) {
      opened.release();
      return await prepareRun(source, await orderOfCrowd(), options, events, engines, null, signal);
    }
    const pieceFrames = Math.max(options.pieceFrames, FOLLOWED_PIECE_FRAMES);
    const pieces = isFollowed ? planPieces(frameTimes, { ...options, pieceFrames }) : short;
    const most = isFollowed ? 1 : pieces.length;
    let chosen = await recallWay(order, options, earlier, isFollowed, engines);
    if (isToBeMeasured(chosen, options, pieces)) {
      // Their share of the cores is wanted.
      opened.release();
      const video = { source, scanned, options };
      events.onMeasuring?.(true);
      try {
        const ways = await measureWays(order, video, isFollowed, most, engines, signal);
        if (ways) events.onWays?.(ways);
      } finally {
        events.onMeasuring?.(false);
      }
      chosen = await recallWay(order, options, earlier, isFollowed, engines);
    }
    const way = toWayOf(chosen, hasRealGpu, most);
    await opened.start(way, frameTimes);
    return { workers: opened.workers, scanned, pieces, isFollowed, way };
  } catch (error) {
    opened.release();
    throw error;
  }
}

/** An order with what is known of it. */
interface ChosenOrder {
  readonly order: ModelOrder;
  /** `null`: as many as suit the device. */
  readonly workers: number | null;
  /** It leaves the engine open, and nothing was measured. */
  readonly isOpen: boolean;
}

/** What `auto` stands for: what an earlier run was tracked with, or the best that was measured. */
async function recallWay(
  order: ModelOrder,
  { workers }: AnalysisOptions,
  earlier: EarlierRun | null,
  isFollowed: boolean,
  { platform }: AnalysisEngines,
): Promise<ChosenOrder> {
  if (order.engine !== 'auto') return { order, workers, isOpen: false };
  const ways = (await recallWays(order.options, isFollowed, platform)) ?? [];
  const begun = earlier?.engine ?? null;
  const best = begun === null ? ways[0] : ways.find(({ engine }) => engine === begun);
  const engine = begun ?? best?.engine ?? null;
  if (engine === null) return { order, workers, isOpen: true };
  return { order: { ...order, engine }, workers: workers ?? best?.workers ?? null, isOpen: false };
}

function isToBeMeasured(
  { isOpen, workers }: ChosenOrder,
  { measuredFrom }: AnalysisOptions,
  pieces: readonly Piece[],
): boolean {
  return isOpen && workers === null && countFrames(pieces) >= measuredFrom;
}

function toWayOf({ order, workers }: ChosenOrder, hasRealGpu: boolean, most: number): Way {
  return toWay(order, workers, hasRealGpu, most);
}

/** @throws {LimnError} if there is nothing to be tracked */
function checkFrames(
  { name }: VideoBlob,
  { video, frameTimes: { times } }: ScannedVideo,
  pieces: readonly Piece[],
  { from, to }: AnalysisOptions,
): void {
  if (times.length === 0) throw new LimnError(`${name} has no frames. Copy or export it again.`);
  if (countFrames(pieces) > 0) return;
  throw new LimnError(
    `${name} has no frames between ${from} and ${to} seconds; it lasts from ${times[0]} to ${video.duration} seconds.`,
  );
}

/** How many frames are tracked. */
export function countFrames(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { frames }) => sum + frames, 0);
}

/** The workers of a run. */
class OpenedVideo {
  readonly #source: VideoBlob;
  readonly #events: AnalysisEvents;
  readonly #engines: AnalysisEngines;
  readonly #signal: AbortSignal | undefined;
  #workers: AnalysisWorker[] = [];
  /** What they were taken for. */
  #key = '';
  /** Their models open, or are open. */
  #isStarted = false;

  constructor(
    source: VideoBlob,
    events: AnalysisEvents,
    engines: AnalysisEngines,
    signal: AbortSignal | undefined,
  ) {
    this.#source = source;
    this.#events = events;
    this.#engines = engines;
    this.#signal = signal;
  }

  get workers(): readonly AnalysisWorker[] {
    return this.#workers;
  }

  /** Has the first worker open the video. @param known what frames there are, where that is known */
  async open({ order }: Way, known: FrameTimes | null): Promise<ScannedVideo> {
    this.#key = orderKey(order);
    const worker = await this.#take(order);
    return worker.openVideo(this.#source, known, this.#signal);
  }

  /**
   * Has all workers of a way open video and model. Those that are there already stay, if the way takes them.
   *
   * @returns the first, whose video is open
   */
  async start({ order, workers: count }: Way, frameTimes: FrameTimes): Promise<AnalysisWorker> {
    if (this.#workers.length === 0 || this.#key !== orderKey(order)) {
      this.release();
      await this.open({ order, workers: count }, frameTimes);
    }
    for (const worker of this.#workers.splice(count)) this.#letGo(worker);
    const [first] = this.#workers;
    if (!first) throw new Error('A way has one worker at least.');
    if (!this.#isStarted) void first.openModel(order);
    this.#isStarted = true;
    while (this.#workers.length < count) {
      const worker = await this.#take(order);
      void worker.open(this.#source, order, frameTimes);
    }
    return first;
  }

  release(): void {
    for (const worker of this.#workers.splice(0)) this.#letGo(worker);
    this.#isStarted = false;
  }

  async #take(order: ModelOrder): Promise<AnalysisWorker> {
    const worker = await takeWorker(this.#engines, order, this.#signal);
    this.#workers.push(worker);
    // Who has died is told to whoever listens next.
    worker.listen({
      on: toEngineListeners(this.#events),
      onOpen: () => undefined,
      onDeath: () => undefined,
    });
    return worker;
  }

  /** Its model is open: whoever comes next may have it. */
  #letGo(worker: AnalysisWorker): void {
    if (worker.isOpen) this.#engines.giveAnalyzer(worker);
    else worker.close();
  }
}
