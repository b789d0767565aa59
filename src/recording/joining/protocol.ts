import type { RecordingInfo, RunModel } from '../../core/recording.ts';
import type { DeviceInfo } from '../../families/estimator.ts';
import type { BatchSummary } from '../log/frame-codec.ts';
import type { HandedOn } from './joiner.ts';
import type { Piece } from './pieces.ts';

/** Frames of a piece, some at a time. */
export interface TrackedBatch {
  readonly attempt: number;
  /** As `encodeBatch` writes it; nobody in it has an identity yet. */
  readonly batch: Uint8Array<ArrayBuffer>;
  /** How many of its frames are no warm-up. */
  readonly kept: number;
  readonly device: DeviceInfo;
  /** Why the video ends here, where it shouldn't. */
  readonly fault: string | null;
}

/** What the joiner takes from workers. */
export interface JoinerCalls {
  add(tracked: TrackedBatch): void;
  /** A small JPEG of the video, for lists. */
  setPicture(bytes: Uint8Array<ArrayBuffer>): void;
}

/** What the joiner has to know of a run. */
export interface JoinPlan {
  readonly pieces: readonly Piece[];
  /** Seconds of the video per second of what happened. */
  readonly slowMotion: number;
  /** Each piece but the first is tracked when the one before it is joined, and shown whom that has followed. */
  readonly isFollowed: boolean;
  readonly model: RunModel;
}

/** A piece, and which attempt at it. */
export interface PieceAttempt {
  readonly piece: number;
  readonly attempt: number;
}

/** What the joiner tells whoever plans the work, with every batch. */
export interface JoinStep {
  /** The first piece that is not joined to its end; the number of pieces, if all are. */
  readonly next: number;
  /** Frames tracked since the step before, less those that are to be tracked again. */
  readonly kept: number;
  /** What has come to its end with this. */
  readonly done: PieceAttempt | null;
  /** What is to be tracked now, for the first time or again. */
  readonly handedOn: HandedOn | null;
  /** The first piece that can't be decoded to its end, and why. */
  readonly fault: { readonly piece: number; readonly reason: string } | null;
  /** What has been stored. */
  readonly stored: readonly BatchSummary[];
  /** What the recording says of itself now; `null`: what it has said before. */
  readonly info: RecordingInfo | null;
}

/** What the storing worker does for whoever plans a run, by the recording's id: it has the joiner. */
export interface JoinCalls {
  /** Joins a run into a recording that is open, and behind what is there of it; reports every `JoinStep`, first what is there. */
  join(id: string, plan: JoinPlan): void;
  /** Takes what a worker sends through a channel. */
  listen(id: string, channel: number, port: MessagePort): void;
  /** A worker has died: what is on its way from it doesn't count. @returns is what it was at to be tracked again? */
  leave(id: string, channel: number, at: PieceAttempt): boolean;
  /** Takes nothing any more. */
  endJoin(id: string): void;
}
