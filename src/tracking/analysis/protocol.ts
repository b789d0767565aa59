import type { Box } from '../../core/pose.ts';
import type { FrameTimes } from '../../core/time/frame-times.ts';
import type { DeviceInfo } from '../../families/estimator.ts';
import type { FrameImage } from '../../families/frame-image.ts';
import type { Piece } from '../../recording/joining/pieces.ts';
import type { VideoInfo } from '../../sources/video/video-decoder.ts';
import type { ModelOrder } from '../protocol.ts';
import type { VideoBlob } from './describe-video.ts';

/** What is found out about a video when it is opened. */
export interface ScannedVideo {
  readonly video: VideoInfo;
  readonly frameTimes: FrameTimes;
  readonly hasRealGpu: boolean;
}

/** A piece to be tracked. */
export interface TrackRequest {
  readonly piece: Piece;
  /** 1: tracked again, see `Joiner`. */
  readonly attempt: number;
  /** Only those within these are shown to the network at first; empty: everybody. */
  readonly boxes: readonly Box[];
  readonly everyNth: number;
  /** Seconds of the video per second of what happened. */
  readonly slowMotion: number;
}

/** What a worker does that decodes and tracks pieces of a video. */
export interface AnalyzeCalls {
  /** @param frameTimes what frames there are, where another worker has found out */
  openVideo(source: VideoBlob, frameTimes: FrameTimes | null): ScannedVideo;
  openModel(order: ModelOrder): DeviceInfo;
  /** The frame on screen at a time in seconds, handed over; `null`: there is none that can be decoded. */
  pictureAt(time: number): FrameImage | null;
  /** Frames go there from now on: at the other end, `JoinerCalls` are served. */
  sendTo(joiner: MessagePort): void;
  /** Tracks a piece, the one after the other; its frames go to the joiner. */
  track(request: TrackRequest): void;
  setPaused(isPaused: boolean): void;
  /** Nobody needs it for now: leaves the video, and forgets who was followed. The model stays open. */
  rest(): void;
  /** Is what it computes with still there? */
  isWell(): boolean;
}
