import { Port } from '../../src/core/port/port.ts';
import { type Call, serve } from '../../src/core/port/serve.ts';
import type { TrackedFrame } from '../../src/core/recording.ts';
import type { JoinerCalls } from '../../src/recording/joining/protocol.ts';
import { encodeBatch } from '../../src/recording/log/frame-codec.ts';
import type { VideoBlob } from '../../src/tracking/analysis/describe-video.ts';
import type { AnalyzeCalls, TrackRequest } from '../../src/tracking/analysis/protocol.ts';
import { personAt } from './people.ts';
import { servedWorker } from './served-worker.ts';

export interface AnalyzerOptions {
  /** Seconds of the video's frames. */
  readonly times: Float64Array;
  /** What is found in a frame; default: somebody who stands. */
  readonly frameAt?: (index: number) => TrackedFrame;
  /** Frames of a batch; default: all of a piece. */
  readonly batchFrames?: number;
  /** Before a video is opened. */
  readonly onVideo?: (source: VideoBlob) => Promise<void> | void;
  /** Before a piece is tracked. */
  readonly onTrack?: (request: TrackRequest, call: Call) => Promise<void> | void;
  /** Why a video can’t be read beyond a piece, as a sentence; default: it can. */
  readonly faultOf?: () => string | null;
  /** Before a batch is sent. @param sent frames of the piece so far */
  readonly onBatch?: (request: TrackRequest, sent: number) => Promise<void> | void;
}

const RATE = 30;
const device = { engine: 'tasks-wasm', device: 'test', isSoftwareGpu: false } as const;

/** A tracking worker without a video or a network, for tests under Node. */
export function servedAnalyzer({ times, onVideo, onTrack, onBatch, ...options }: AnalyzerOptions): Worker {
  const {
    frameAt = (index: number) => ({ index, time: times[index] ?? 0, people: [personAt(-1, 100, 200)] }),
    batchFrames = times.length,
    faultOf = () => null,
  } = options;
  const video = {
    duration: times.length / RATE,
    frameRate: RATE,
    width: 640,
    height: 480,
    codec: 'avc',
  };
  return servedWorker((endpoint) => {
    let joiner: Port<JoinerCalls> | null = null;
    serve<AnalyzeCalls>(
      endpoint,
      {
        openVideo: async (_, source) => {
          await onVideo?.(source);
          const frameTimes = { times, keyTimes: Float64Array.of(0), isOrdered: true };
          return { video, frameTimes, hasRealGpu: false };
        },
        openModel: () => device,
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
            await onBatch?.(request, at);
            if (call.aborted) return;
            const frames = wanted.slice(at, at + batchFrames).map(frameAt);
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
