import type { Accuracy } from '../../evaluation/average-precision.ts';
import type { JointErrors } from '../../evaluation/joint-errors.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { BinQuery, Line, Presence } from '../../motion/series/bins.ts';
import type { Difference } from '../../motion/series/difference.ts';
import type { Series } from '../../motion/series/series.ts';

/** The recording on the stage, or the one that it is compared with. */
export type Role = 'main' | 'other';

/** What is to be seen of a recording. */
export interface TimelineQuery extends BinQuery {
  readonly series: readonly Series[];
}

/** Somebody's row. */
export interface TimelinePerson extends Presence {
  readonly id: number;
}

export interface TimelineView {
  readonly query: TimelineQuery;
  /** Everybody who occurs anywhere in the recording, by id. */
  readonly people: readonly TimelinePerson[];
  readonly line: Line;
  /** The same of the other recording, `null` if there is none. */
  readonly other: Line | null;
  /** Parts of both that are damaged, so that they are left out. */
  readonly damaged: number;
}

/** How well a recording has found the people of another one. */
export interface RecordingScore {
  /** Frames of the same time that both have. */
  readonly frames: number;
  readonly accuracy: Accuracy;
  readonly errors: JointErrors;
}

/** What the worker does that has recordings over all of their time. */
export interface TimelineCalls {
  /** Takes batches as `encodeBatch` writes them, behind those there are. */
  add(role: Role, batches: readonly Uint8Array<ArrayBuffer>[]): void;
  clear(role: Role): void;
  /** @param slowness as `slownessOf` gives it */
  setSlowness(role: Role, slowness: number): void;
  setEdits(role: Role, edits: readonly FrameEdit[]): void;
  /** What is to be seen; `null`: something else was asked for meanwhile. */
  view(query: TimelineQuery): TimelineView | null;
  /** Between the two recordings, frame by frame of those that have the same time. */
  compare(): Difference;
  /** The first recording against the second one, which stands for the truth. */
  score(): RecordingScore;
}
