import type { Person, Pose } from '../../core/pose.ts';
import type { AssetAddresses } from '../../models/assets.ts';
import type { LifterOrder } from './protocol.ts';

/** What the page tells the worker that lifts keypoints as they come: first what to open, then frame by frame. */
export type LiveLiftRequest =
  | {
      readonly type: 'open';
      readonly order: LifterOrder;
      readonly assets: AssetAddresses;
    }
  | {
      readonly type: 'frame';
      readonly people: readonly Person[];
      readonly time: number;
      readonly width: number;
      readonly height: number;
    };

/** Somebody's joints in a frame. */
export interface LiftedPerson {
  readonly id: number;
  /** Seconds of the frame. */
  readonly time: number;
  readonly pose: Pose;
}

export type LiveLiftReply =
  /** @param delay frames that results are late */
  | { readonly type: 'opened'; readonly delay: number }
  | { readonly type: 'lifted'; readonly people: readonly LiftedPerson[] }
  | { readonly type: 'engine-failed'; readonly engine: string; readonly reason: string }
  | { readonly type: 'failed'; readonly message: string };
