import type { Person } from '../../core/pose.ts';
import type { ActorOptions } from './actor-options.ts';

/** What the page asks of the worker that draws the demo actors. */
export type ActorRequest =
  | { readonly type: 'open'; readonly options: ActorOptions }
  | { readonly type: 'draw'; readonly frame: number };

export type ActorReply =
  | { readonly type: 'drawn'; readonly frame: number; readonly image: ImageBitmap; readonly truth: Person[] }
  | { readonly type: 'failed'; readonly message: string };
