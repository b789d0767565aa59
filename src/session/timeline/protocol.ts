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
}

export type TimelineRequest =
  /** Batches as `encodeBatch` writes them, behind those there are. */
  | { readonly type: 'add'; readonly role: Role; readonly batches: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly type: 'clear'; readonly role: Role }
  /** As `slownessOf` gives it. */
  | { readonly type: 'slowness'; readonly role: Role; readonly slowness: number }
  | { readonly type: 'edits'; readonly role: Role; readonly edits: readonly FrameEdit[] }
  | { readonly type: 'view'; readonly query: TimelineQuery }
  | { readonly type: 'compare' };

export type TimelineReply =
  | { readonly type: 'view'; readonly view: TimelineView }
  | { readonly type: 'difference'; readonly difference: Difference };
