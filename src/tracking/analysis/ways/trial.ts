import { createDeferred, orAborted } from '../../../core/async/async.ts';
import { LimnError } from '../../../core/errors.ts';
import { serve } from '../../../core/port/serve.ts';
import type { TrackedFrame } from '../../../core/recording.ts';
import { SAME_TIME } from '../../../core/time/frame-times.ts';
import { wantedTimes } from '../../../recording/joining/pieces.ts';
import type { JoinerCalls, TrackedBatch } from '../../../recording/joining/protocol.ts';
import { decodeBatch } from '../../../recording/log/frame-codec.ts';
import type { AnalysisEngines } from '../analysis-events.ts';
import { type AnalysisWorker, toEngineListeners } from '../analysis-worker.ts';
import type { VideoBlob } from '../describe-video.ts';
import type { AnalysisOptions } from '../options.ts';
import type { ScannedVideo, TrackRequest } from '../protocol.ts';
import { takeWorker } from './take-worker.ts';
import type { Way, WayChoice } from './ways.ts';

/** Frames of a trial at most; a way that is through them all is fast. */
const MOST_FRAMES = 90;
/** For so many milliseconds a way is measured, after its first batch, in which networks are compiled and people found. */
const BUDGET_MS = 800;
/** A way that isn't through by then is none: its files don't come, or it hangs. */
const LIMIT_MS = 15_000;
const MILLISECONDS = 1000;

/** What a way makes of a video's first frames. */
export interface Trial {
  readonly framesPerSecond: number;
  /** Those of the first batch of one of its workers. */
  readonly frames: readonly TrackedFrame[];
  /** Whoever has it closes them or gives them back. */
  readonly workers: readonly AnalysisWorker[];
}

/** What of a video is tried. */
export interface TrialVideo {
  readonly source: VideoBlob;
  readonly scanned: ScannedVideo;
  readonly options: AnalysisOptions;
}

/**
 * Has all workers of a way decode and track the first frames of a video at once.
 *
 * @throws {LimnError} if the way doesn't run here; the signal's reason
 */
export async function tryWay(
  { engine }: WayChoice,
  { order, workers: count }: Way,
  video: TrialVideo,
  engines: AnalysisEngines,
  signal?: AbortSignal,
): Promise<Trial> {
  const workers: AnalysisWorker[] = [];
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  const timer = setTimeout(() => stop.abort(new LimnError(`${engine} takes too long.`)), LIMIT_MS);
  try {
    for (let i = 0; i < count; i++) workers.push(await takeWorker(engines, order, stop.signal));
    const opening = Promise.all(workers.map((worker) => open(worker, engine, order, video)));
    await orAborted(opening, stop.signal);
    const running = Promise.all(workers.map((worker) => run(worker, video)));
    const runs = await orAborted(running, stop.signal);
    const framesPerSecond = runs.reduce((sum, each) => sum + each.framesPerSecond, 0);
    return { framesPerSecond, frames: runs[0]?.frames ?? [], workers };
  } catch (error) {
    for (const worker of workers) worker.close();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** @throws {LimnError} if it dies, or another engine takes over */
async function open(
  worker: AnalysisWorker,
  engine: WayChoice['engine'],
  order: Way['order'],
  { source, scanned }: TrialVideo,
): Promise<void> {
  const opened = createDeferred<void>();
  worker.listen({
    on: toEngineListeners({}),
    onOpen: (device) => {
      if (device.engine === engine) opened.resolve();
      else opened.reject(new LimnError(`${engine} doesn’t run here: ${device.engine} took its place.`));
    },
    onDeath: opened.reject,
  });
  void worker.open(source, order, scanned.frameTimes);
  await opened.promise;
}

/** One worker's part: how fast it is once it is warm. */
async function run(
  worker: AnalysisWorker,
  { scanned, options }: TrialVideo,
): Promise<Pick<Trial, 'framesPerSecond' | 'frames'>> {
  const { port1, port2 } = new MessageChannel();
  const ended = createDeferred<Pick<Trial, 'framesPerSecond' | 'frames'>>();
  const began = performance.now();
  let first: { readonly at: number; readonly frames: readonly TrackedFrame[] } | null = null;
  let frames = 0;
  /** Takes what the worker has tracked. */
  const add = ({ batch, fault }: TrackedBatch): void => {
    const now = performance.now();
    const tracked = decodeBatch(batch, true);
    if (first) frames += tracked.frames.length;
    // Of a few frames, or where all come at once, the first batch is all that there is.
    const since = first ? now - first.at : now - began;
    const counted = first ? frames : tracked.frames.length;
    first ??= { at: now, frames: tracked.frames };
    if (!tracked.isLast && fault === null && (frames === 0 || since < BUDGET_MS)) return;
    ended.resolve({ framesPerSecond: (counted * MILLISECONDS) / since, frames: first.frames });
  };
  serve<JoinerCalls>(port1, { add: (_, batch) => add(batch), setPicture: () => undefined });
  worker.listen({
    on: toEngineListeners({}),
    onOpen: () => undefined,
    onDeath: ended.reject,
  });
  worker.connect({ channel: 0, port: port2 });
  worker.track(requestOf(scanned, options));
  try {
    return await ended.promise;
  } finally {
    worker.abandon();
    port1.close();
  }
}

function requestOf(
  { frameTimes }: ScannedVideo,
  { from, to, everyNth, slowMotion }: AnalysisOptions,
): TrackRequest {
  const wanted = wantedTimes(frameTimes.times, from, to, everyNth);
  const start = wanted[0] ?? from;
  const end = wanted[MOST_FRAMES];
  const piece = {
    // The first piece's worker makes the recording's picture.
    number: 1,
    start,
    from: start,
    to: end === undefined ? to : end - SAME_TIME,
    frames: Math.min(MOST_FRAMES, wanted.length),
  };
  return { piece, attempt: 0, boxes: [], everyNth, slowMotion };
}
