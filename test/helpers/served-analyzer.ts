import { Port } from '../../src/core/port/port.ts';
import { type Call, serve } from '../../src/core/port/serve.ts';
import type { TrackedFrame } from '../../src/core/recording.ts';
import { type EngineId, engineCatalog } from '../../src/families/engines/engine-catalog.ts';
import type { DeviceInfo } from '../../src/families/estimator.ts';
import type { FrameImage } from '../../src/families/frame-image.ts';
import type { JoinerCalls } from '../../src/recording/joining/protocol.ts';
import { encodeBatch } from '../../src/recording/log/frame-codec.ts';
import type { VideoBlob } from '../../src/tracking/analysis/describe-video.ts';
import type { AnalyzeCalls, TrackRequest } from '../../src/tracking/analysis/protocol.ts';
import type { ModelOrder } from '../../src/tracking/protocol.ts';
import { personAt } from './people.ts';
import { servedWorker } from './served-worker.ts';

export interface AnalyzerOptions {
  /** Seconds of the video's frames. */
  readonly times: Float64Array;
  /** What is found in a frame; default: somebody who stands. */
  readonly frameAt?: (index: number, engine: EngineId) => TrackedFrame;
  /** Frames of a batch; default: all of a piece. */
  readonly batchFrames?: number;
  /** Before a video is opened. */
  readonly onVideo?: (source: VideoBlob) => Promise<void> | void;
  /** Before a piece is tracked. */
  readonly onTrack?: (request: TrackRequest, call: Call) => Promise<void> | void;
  /** Why a video can’t be read beyond a piece, as a sentence; default: it can. */
  readonly faultOf?: () => string | null;
  /** What is on screen at a time in seconds; default: nothing that can be decoded. */
  readonly pictureAt?: (time: number) => FrameImage | null;
  /** Before a batch is sent. @param sent frames of the piece so far */
  readonly onBatch?: (request: TrackRequest, sent: number, engine: EngineId) => Promise<void> | void;
  /** Default: messages are copied. */
  readonly start?: typeof servedWorker;
  /** Before a model is opened. */
  readonly onModel?: (order: ModelOrder) => void;
}

const RATE = 30;

/** A tracking worker without a video or a network, for tests under Node. */
export function servedAnalyzer({
  times,
  onVideo,
  onTrack,
  onBatch,
  onModel,
  ...options
}: AnalyzerOptions): Worker {
  const {
    frameAt = (index: number) => ({ index, time: times[index] ?? 0, people: [personAt(-1, 100, 200)] }),
    batchFrames = times.length,
    faultOf = () => null,
    pictureAt = () => null,
    start = servedWorker,
  } = options;
  const video = {
    duration: times.length / RATE,
    frameRate: RATE,
    width: 640,
    height: 480,
    codec: 'avc',
  };
  return start((endpoint) => {
    let joiner: Port<JoinerCalls> | null = null;
    let device: DeviceInfo = { engine: 'tasks-wasm', device: 'test', isSoftwareGpu: false };
    serve<AnalyzeCalls>(
      endpoint,
      {
        openVideo: async (_, source) => {
          await onVideo?.(source);
          const frameTimes = { times, keyTimes: Float64Array.of(0), isOrdered: true };
          return { video, frameTimes, hasRealGpu: false };
        },
        openModel: (_, order) => {
          onModel?.(order);
          const wanted = order.measured?.[0] ?? order.engine;
          const engine = engineCatalog.find(({ id }) => id === wanted)?.id ?? device.engine;
          device = { ...device, engine };
          return device;
        },
        pictureAt: (_, time) => pictureAt(time),
        sendTo: (_, port) => {
          joiner = new Port(port, { name: 'The joiner' });
        },
        track: async (call, request) => {
          await onTrack?.(request, call);
          if (call.aborted) return;
          const { piece, attempt } = request;
          const wanted = [...times.keys()].filter(
            (i) => (times[i] ?? 0) >= piece.start && (times[i] ?? 0) < piece.to,
          );
          for (let at = 0; at < wanted.length; at += batchFrames) {
            await onBatch?.(request, at, device.engine);
            if (call.aborted) return;
            const frames = wanted.slice(at, at + batchFrames).map((i) => frameAt(i, device.engine));
            const isLast = at + batchFrames >= wanted.length;
            const batch = encodeBatch({ piece: piece.number, isLast, frames });
            const kept = frames.filter(({ time }) => time >= piece.from).length;
            joiner?.tell(
              'add',
              [{ attempt, batch, kept, device, fault: isLast ? faultOf() : null }],
              [batch.buffer],
            );
          }
        },
        setPaused: () => undefined,
        isWell: () => true,
        rest: () => undefined,
      },
      { isInTurn: (name) => name === 'track' },
    );
  });
}
