import { createDeferred } from '../core/async/async.ts';
import { toSentence } from '../core/errors.ts';
import { Port } from '../core/port/port.ts';
import { type Call, HandedOver, serve } from '../core/port/serve.ts';
import type { TrackedFrame } from '../core/recording.ts';
import { SAME_TIME } from '../core/time/frame-times.ts';
import type { RunningChain } from '../families/engines/engine-chain.ts';
import { describeGpu } from '../families/runtimes/gpu.ts';
import { formPeople, keptCandidates } from '../motion/tracking/people.ts';
import { NO_ID } from '../recording/joining/pieces.ts';
import type { JoinerCalls } from '../recording/joining/protocol.ts';
import { encodeBatch } from '../recording/log/frame-codec.ts';
import type { SourceFrame } from '../sources/source.ts';
import { toThumbnail } from '../sources/thumbnail.ts';
import { FrameReader } from '../sources/video/frame-reader.ts';
import { VideoFile } from '../sources/video/video-decoder.ts';
import type { AnalyzeCalls, TrackRequest } from '../tracking/analysis/protocol.ts';
import type { EngineEvents } from '../tracking/protocol.ts';
import { openChain } from './networks/open-chain.ts';
import { showOnly } from './networks/pictures.ts';
import { scope } from './scope/worker-scope.ts';

/** Frames go to the joiner this often, in milliseconds: what a crash can cost. */
const BATCH_INTERVAL_MS = 250;
const MILLISECONDS = 1000;
/** Between two pieces, so that the clock of the networks only grows. */
const CLOCK_GAP_MS = 1000;

let file: VideoFile | null = null;
let reader: FrameReader | null = null;
let chain: RunningChain | null = null;
let joiner: Port<JoinerCalls> | null = null;
let clockMs = 0;
let hasPicture = false;
/** The networks have seen nothing since they were opened, or have forgotten it. */
let isFresh = true;
let paused: { readonly until: Promise<void>; readonly end: () => void } | null = null;

const emit = serve<AnalyzeCalls, EngineEvents>(
  scope,
  {
    openVideo: async (_, { blob, name }, known) => {
      file = await VideoFile.open(blob, name);
      hasPicture = false;
      const frameTimes = known ?? (await file.scan());
      reader = new FrameReader(file, frameTimes);
      const gpu = describeGpu();
      return { video: file.info, frameTimes, hasRealGpu: gpu !== null && !gpu.isSoftware };
    },
    openModel: async (_, order) => {
      const opened = await openChain(order, emit);
      chain = opened.chain;
      return opened.device;
    },
    pictureAt: async (_, time) => {
      const image = (await file?.frameAt(time))?.image ?? null;
      return image && new HandedOver(image, [image]);
    },
    sendTo: (_, port) => {
      joiner = new Port(port, { name: 'The joiner' });
    },
    track: async (call, request) => {
      if (!reader || !chain || !joiner)
        throw new Error('A piece came before video, model and joiner were there.');
      await trackPiece(reader, chain, joiner, request, call);
    },
    setPaused: (_, isPaused) => setPaused(isPaused),
    rest: async () => {
      await reader?.close();
      file?.close();
      joiner?.close();
      [reader, file, joiner] = [null, null, null];
      await forget();
    },
    isWell: () => chain?.isWell ?? false,
  },
  // One piece after the other: they share decoder and networks.
  { isInTurn: (name) => name === 'track' || name === 'rest' || name === 'isWell' },
);

/** What comes next has nothing to do with what the networks have seen. */
async function forget(): Promise<void> {
  if (!isFresh) await (await chain?.estimator())?.reset();
  isFresh = true;
}

async function trackPiece(
  from: FrameReader,
  model: RunningChain,
  to: Port<JoinerCalls>,
  request: TrackRequest,
  call: Call,
): Promise<void> {
  const { piece, attempt, everyNth } = request;
  let frames: TrackedFrame[] = [];
  let sent = performance.now();
  const send = async (isLast: boolean, fault: string | null): Promise<void> => {
    const kept = frames.filter(({ time }) => time >= piece.from - SAME_TIME).length;
    const batch = encodeBatch({ piece: piece.number, isLast, frames });
    const { device } = await model.estimator();
    to.tell('add', [{ attempt, batch, kept, device, fault }], [batch.buffer]);
    frames = [];
    sent = performance.now();
  };
  await forget();
  isFresh = false;
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
      if (call.aborted) return;
      const index = frame.index ?? 0;
      if (index % everyNth !== 0) continue;
      const { boxes } = request;
      const image = isFirst && boxes.length > 0 ? await showOnly(frame.image, boxes) : frame.image;
      const detections = await model.estimate(image, clock(frame.time)).finally(() => {
        if (image !== frame.image) image.close();
      });
      const people = formPeople(detections).map(({ track = NO_ID, ...person }) => ({ ...person, id: track }));
      frames.push({ index, time: frame.time, people, ...keptCandidates(detections) });
      if (isFirst && piece.number === 0) await sendPicture(frame, to);
      isFirst = false;
    } finally {
      frame.close();
    }
    if (performance.now() - sent > BATCH_INTERVAL_MS) await send(false, null);
  }
  if (!call.aborted) await send(true, null);
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

async function sendPicture(frame: SourceFrame, to: Port<JoinerCalls>): Promise<void> {
  if (hasPicture) return;
  hasPicture = true;
  const bytes = await toThumbnail(frame.image);
  to.tell('setPicture', [bytes], [bytes.buffer]);
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
