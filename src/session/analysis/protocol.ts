import type { FrameTimes } from '../../core/frame-times.ts';
import type { Box } from '../../core/pose.ts';
import type { DeviceInfo } from '../../models/estimator.ts';
import type { VideoInfo } from '../../sources/video-decoder.ts';
import type { EngineReport, ModelOrder } from '../protocol.ts';
import type { Piece } from './pieces.ts';

/** What the page asks of a worker that decodes and tracks pieces of a video. */
export type AnalyzeRequest =
  | {
      readonly type: 'open';
      readonly order: ModelOrder;
      readonly blob: Blob;
      readonly name: string;
      /** What frames there are, where another worker has found out. */
      readonly frameTimes: FrameTimes | null;
    }
  | {
      readonly type: 'track';
      readonly piece: Piece;
      /** 1: tracked again, see `Joiner`. */
      readonly attempt: number;
      /** Only those within these are shown to the network at first; empty: everybody. */
      readonly boxes: readonly Box[];
      readonly everyNth: number;
      /** Seconds of the video per second of what happened. */
      readonly slowMotion: number;
    }
  /** Leave the piece as it is. */
  | { readonly type: 'abandon' }
  | { readonly type: 'pause'; readonly isPaused: boolean };

export type AnalyzeReply =
  | EngineReport
  /** The video is open; comes before `opened`, and only if no frame times were given. */
  | {
      readonly type: 'scanned';
      readonly video: VideoInfo;
      readonly frameTimes: FrameTimes;
      readonly hasRealGpu: boolean;
    }
  | { readonly type: 'opened'; readonly device: DeviceInfo }
  | {
      readonly type: 'tracked';
      readonly attempt: number;
      /** As `encodeBatch` writes it; nobody in it has an identity yet. */
      readonly batch: Uint8Array<ArrayBuffer>;
      /** How many of its frames are no warm-up. */
      readonly kept: number;
      readonly device: DeviceInfo;
      /** Why the video ends here, where it shouldn't. */
      readonly fault: string | null;
    }
  /** A small picture of the video, for lists. */
  | { readonly type: 'picture'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly message: string };
