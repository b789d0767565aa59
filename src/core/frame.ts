import type { Closable } from './async/async.ts';
import type { Person } from './pose.ts';

/**
 * One picture of a source with its time. Whoever receives a frame closes it or passes it on (convention O1).
 *
 * `Image` is what holds the pixels: a VideoFrame or an ImageBitmap, each of which must be closed.
 */
export interface Frame<Image extends Closable = Closable> extends Closable {
  readonly image: Image;
  /** Size in pixels as displayed (rotation applied), convention S1. */
  readonly width: number;
  readonly height: number;
  /** Seconds from the start of the media (conventions T1, T2). */
  readonly time: number;
  /** Number of the frame in its source, from 0; `null` where the source doesn't number them (a camera). */
  readonly index: number | null;
  /** The file name, where every frame is a file of its own. */
  readonly name: string | null;
  /** Who is truly in the picture, where that is known (the demo actor). */
  readonly truth: readonly Person[] | null;
}

export type FrameFields<Image extends Closable> = Pick<Frame<Image>, 'image' | 'width' | 'height' | 'time'> &
  Partial<Pick<Frame<Image>, 'index' | 'name' | 'truth'>>;

/** Makes a frame that owns its image. */
export function createFrame<Image extends Closable>(fields: FrameFields<Image>): Frame<Image> {
  return {
    index: null,
    name: null,
    truth: null,
    ...fields,
    close: () => fields.image.close(),
  };
}
