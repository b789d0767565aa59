import type { TimeMark } from '../../core/time-mark.ts';
import type { Accuracy } from '../../evaluation/average-precision.ts';
import type { JointErrors } from '../../evaluation/joint-errors.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import type { AngleId } from '../../motion/kinematics/angles.ts';
import type { PersonReach } from '../../motion/placing/reach.ts';
import type { SpatialChoice } from '../../motion/placing/standing.ts';
import type { BinQuery, Line, Presence } from '../../motion/series/bins.ts';
import type { Difference } from '../../motion/series/difference.ts';
import type { Series } from '../../motion/series/series.ts';
import type { SeriesSummary } from '../../motion/series/summary.ts';
import type { FrameSize } from './columns.ts';

/** The recording on the stage, or the one that it is compared with. */
export type Role = 'main' | 'other';

/** What of the other recording is held against what of the one on the stage. */
export interface Pairing {
  /** Both are of one video: frames of the same time are the same. */
  readonly isSameVideo: boolean;
  /** Seconds: times of the other recording are those of the one on the stage less this. */
  readonly offset: number;
  /** Whose numbers they are; `null`: of one video the same person's, of two those of whoever is seen most. */
  readonly personId: number | null;
}

/** What is to be seen of a recording. */
export interface TimelineQuery extends BinQuery {
  readonly series: readonly Series[];
}

/** Somebody's row. */
export interface TimelinePerson extends Presence {
  readonly id: number;
  /** The share of all frames that they are in, 0 to 1. */
  readonly seen: number;
}

export interface TimelineView {
  readonly query: TimelineQuery;
  /** How many frames of the recording are there by now. */
  readonly frames: number;
  /** Everybody who occurs anywhere in the recording, by id. */
  readonly people: readonly TimelinePerson[];
  readonly line: Line;
  /** The same of the other recording, at the times of the one on the stage; `null` if there is none. */
  readonly other: Line | null;
  /** Everybody who occurs anywhere in the other recording, whoever is seen most first. */
  readonly others: readonly number[];
  /** Parts of both that are damaged, so that they are left out. */
  readonly damaged: number;
}

/** What is to be summed up of a recording. */
export interface SummaryQuery {
  readonly series: readonly Series[];
  /** Seconds of the recording. */
  readonly range: TimeRange;
}

export interface RangeSummary {
  readonly query: SummaryQuery;
  /** Of all frames in the range, in the order of the query. */
  readonly summaries: readonly SeriesSummary[];
  /** The same of the other recording, over the same stretch as it is paired; `null` if there is none. */
  readonly others: readonly SeriesSummary[] | null;
}

/** How far people reach in the room, over all of the main recording. */
export interface ReachQuery {
  /** Score from which a joint is drawn, 0 to 1. */
  readonly threshold: number;
  readonly spatial: SpatialChoice;
  /** Of frames that have no size of their own, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What is to be found over all of the main recording: steps, or the repetitions of an angle. */
export type MomentsQuery =
  | { readonly kind: 'steps'; readonly personId: number }
  | { readonly kind: 'repetitions'; readonly personId: number; readonly angle: AngleId };

/** A moment that was found, which has no name yet. */
export type FoundMoment = Omit<TimeMark, 'id' | 'label'>;

/** How well one recording has found the people of the other one. */
export interface RecordingScore {
  /** The one that says who is there. */
  readonly truth: Role;
  /** Frames that both have: only these count, as in pycocotools, which counts the pictures that were looked at. */
  readonly frames: number;
  /** Frames only of the one that says who is there. */
  readonly notLookedAt: number;
  /** Frames only of the one that is judged. */
  readonly notAnnotated: number;
  /** Of frames that both have: the size in pixels is another, so that their keypoints can't be held against each other. */
  readonly ofOtherSize: number;
  /** How many people are to be found in the frame that has most. */
  readonly mostPeople: number;
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
  /** @param size of frames that don't have one of their own; `null`: nobody states it */
  setFrameSize(role: Role, size: FrameSize | null): void;
  setEdits(role: Role, edits: readonly FrameEdit[]): void;
  /** How the other recording is held against the main one from now on. */
  pair(pairing: Pairing): void;
  /** What is to be seen; `null`: something else was asked for meanwhile. */
  view(query: TimelineQuery): TimelineView | null;
  /** Lines of the main recording, whatever is in view. */
  line(query: TimelineQuery): Line;
  /** Least and greatest numbers over a stretch of time. */
  summarize(query: SummaryQuery): RangeSummary;
  /** How far everybody of the main recording reaches; `null`: it was asked again meanwhile. */
  reach(query: ReachQuery): readonly PersonReach[] | null;
  /** What can be told from the motion of the main recording, in the order of time. */
  findMoments(query: MomentsQuery): readonly FoundMoment[];
  /** Between the two recordings, frame by frame of those that are the same. */
  compare(): Difference;
  /** One recording against the other. @param truth the one that says who is there */
  score(truth: Role): RecordingScore;
}
