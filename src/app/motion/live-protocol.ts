import type { Person, Pose } from '../../core/pose.ts';
import type { AssetAddresses } from '../../families/files/assets.ts';
import type { LifterOrder, MotionEvents } from './protocol.ts';

/** Somebody's joints in a frame. */
export interface LiftedPerson {
  readonly id: number;
  /** Seconds of the frame. */
  readonly time: number;
  readonly pose: Pose;
}

/** What the worker does that lifts keypoints as they come. */
export interface LiveLiftCalls {
  /** Opens a lifter. @returns frames that results are late */
  open(order: LifterOrder, assets: AssetAddresses): number;
  /** Takes a frame's people; whoever is lifted is told as an event. Frames before a lifter is open are passed over. */
  take(people: readonly Person[], time: number, width: number, height: number): void;
}

export interface LiveLiftEvents extends MotionEvents {
  lifted: readonly LiftedPerson[];
  /** Why nobody can be lifted any more, as a sentence. */
  failed: string;
}
