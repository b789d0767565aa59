import type { Person } from '../../core/pose.ts';
import type { ActorOptions } from './actor-options.ts';

/** A frame of the demo with its truth. */
export interface DrawnFrame {
  readonly image: ImageBitmap;
  readonly truth: Person[];
}

/** What the worker does that draws the demo actors. */
export interface ActorCalls {
  /** Sets the stage up. */
  open(options: ActorOptions): void;
  draw(frame: number): DrawnFrame;
}
