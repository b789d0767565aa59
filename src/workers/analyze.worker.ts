import { createDeferred } from '../core/async.ts';
import { toSentence } from '../core/errors.ts';
import { SAME_TIME } from '../core/frame-times.ts';
import type { TrackedFrame } from '../core/recording.ts';
import type { RunningChain } from '../models/engine-chain.ts';
import { describeGpu } from '../models/runtime/gpu.ts';
import { formPeople, keptCandidates } from '../motion/tracking/people.ts';
import type { AnalyzeReply, AnalyzeRequest } from '../session/analysis/protocol.ts';
import { encodeBatch } from '../session/store/frame-codec.ts';
import { FrameReader } from '../sources/frame-reader.ts';
import type { SourceFrame } from '../sources/source.ts';
import { VideoFile } from '../sources/video-decoder.ts';
import { openChain } from './open-chain.ts';
import { showOnly, toThumbnail } from './pictures.ts';
import { workerScope } from './worker-scope.ts';

type OpenRequest = Extract<AnalyzeRequest, { type: 'open' }>;
type TrackRequest = Extract<AnalyzeRequest, { type: 'track' }>;

/** Frames go to the page this often, in milliseconds: what a crash can cost. */
const BATCH_INTERVAL_MS = 250;
const MILLISECONDS = 1000;
/** Nobody has an identity before the pieces are joined. */
const NO_ID = -1;
/** Between two pieces, so that the clock of the networks only grows. */
const CLOCK_GAP_MS = 1000;

const scope = workerScope<AnalyzeRequest, AnalyzeReply>();
let reader: FrameReader | null = null;
let chain: RunningChain | null = null;
/** Grows with every request that ends the one before. */
let wish = 0;
let clockMs = 0;
let hasPicture = false;
let paused: { readonly until: Promise<void>; readonly end: () => void } | null = null;
/** One piece after the other: they share decoder and networks. */
let previous: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'open':
      void open(data);
      return;
    case 'track': {
      const own = ++wish;
      previous = previous.then(() => track(data, own));
      return;
    }
    case 'abandon':
      wish++;
      return;
    case 'pause':
      setPaused(data.isPaused);
  }
};

async function open({ order, blob, name, frameTimes }: OpenRequest): Promise<void> {
  try {
    const file = await VideoFile.open(blob, name);
    const times = frameTimes ?? (await file.scan());
    reader = new FrameReader(file, times);
    if (!frameTimes) {
      const gpu = describeGpu();
      const hasRealGpu = gpu !== null && !gpu.isSoftware;
      scope.postMessage({ type: 'scanned', video: file.info, frameTimes: times, hasRealGpu });
    }
    const opened = await openChain(order, (report) => scope.postMessage(report));
    chain = opened.chain;
    scope.postMessage({ type: 'opened', device: opened.device });
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
}

async function track(request: TrackRequest, own: number): Promise<void> {
  if (own !== wish) return;
  try {
    if (!reader || !chain) throw new Error('A piece came before video and model were opened.');
    await trackPiece(reader, chain, request, own);
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
}

async function trackPiece(
  from: FrameReader,
  model: RunningChain,
  request: TrackRequest,
  own: number,
): Promise<void> {
  const { piece, attempt, everyNth } = request;
  const isWanted = (): boolean => own === wish;
  let frames: TrackedFrame[] = [];
  let sent = performance.now();
  const send = async (isLast: boolean, fault: string | null): Promise<void> => {
    const kept = frames.filter(({ time }) => time >= piece.from - SAME_TIME).length;
    const batch = encodeBatch({ piece: piece.number, isLast, frames });
    const { device } = await model.estimator();
    scope.postMessage({ type: 'tracked', attempt, batch, kept, device, fault }, [batch.buffer]);
    frames = [];
    sent = performance.now();
  };
  await (await model.estimator()).reset();
  const clock = startClock(request);
  let isFirst = true;
  const stretch = from.stretch(piece.start, piece.to);
  for (;;) {
    const next = await stretch.next().catch((error: unknown) => ({ fault: toSentence(error) }));
    if ('fault' in next) {
      // What can't be decoded ends the video; all before it counts.
      await send(true, next.fault);
      return;
    }
    if (next.done) break;
    const frame = next.value;
    try {
      await paused?.until;
      if (!isWanted()) return;
      const index = frame.index ?? 0;
      if (index % everyNth !== 0) continue;
      const { boxes } = request;
      const image = isFirst && boxes.length > 0 ? await showOnly(frame.image, boxes) : frame.image;
      const detections = await model.estimate(image, clock(frame.time)).finally(() => {
        if (image !== frame.image) image.close();
      });
      const people = formPeople(detections).map((person) => ({ ...person, id: NO_ID }));
      frames.push({ index, time: frame.time, people, ...keptCandidates(detections) });
      if (isFirst && piece.number === 0) await sendPicture(frame);
      isFirst = false;
    } finally {
      frame.close();
    }
    if (performance.now() - sent > BATCH_INTERVAL_MS) await send(false, null);
  }
  if (isWanted()) await send(true, null);
}

/** Milliseconds for the networks: real time since the piece's start, always growing. */
function startClock({ piece, slowMotion }: TrackRequest): (time: number) => number {
  const base = clockMs + CLOCK_GAP_MS;
  return (time) => {
    const elapsed = ((time - piece.start) / slowMotion) * MILLISECONDS;
    clockMs = Math.max(clockMs + 1, Math.round(base + elapsed));
    return clockMs;
  };
}

async function sendPicture(frame: SourceFrame): Promise<void> {
  if (hasPicture) return;
  hasPicture = true;
  const bytes = await toThumbnail(frame.image);
  scope.postMessage({ type: 'picture', bytes }, [bytes.buffer]);
}

function setPaused(isPaused: boolean): void {
  if (!isPaused) {
    paused?.end();
    paused = null;
  } else if (!paused) {
    const { promise, resolve } = createDeferred<void>();
    paused = { until: promise, end: resolve };
  }
}
