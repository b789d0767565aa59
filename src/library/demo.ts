import * as v from 'valibot';
import { LimnError } from '../core/errors.ts';
import { type PlainFrame, toPlainFrame } from '../core/plain-recording.ts';
import { type ActorOptions, actorOptionsSchema } from '../sources/actor/actor-options.ts';
import { ActorTroupe } from '../sources/actor/actor-source.ts';
import type { Platform } from '../tracking/platform.ts';

/** A frame of the demo with what is truly in it; the image is the caller's to close. */
export interface DemoFrame {
  readonly image: ImageBitmap;
  readonly time: number;
  readonly truth: PlainFrame;
}

export interface Demo {
  readonly options: ActorOptions;
  /** Draws a frame by its number, from 0. One at a time. */
  frame(index: number): Promise<DemoFrame>;
  close(): void;
}

/**
 * The demo actors, whose true keypoints are known: for trying and measuring trackers.
 *
 * @throws {LimnError} if an option isn't valid
 */
export type OpenDemo = (options?: Partial<ActorOptions>) => Demo;

export function demoOn(platform: Platform): OpenDemo {
  return (options = {}) => {
    const parsed = v.safeParse(actorOptionsSchema, options);
    if (!parsed.success) {
      const issue = parsed.issues[0];
      throw new LimnError(`options.${v.getDotPath(issue) ?? ''} is not valid: ${issue.message}.`);
    }
    const troupe = new ActorTroupe(parsed.output, platform.workers.actor);
    return {
      options: parsed.output,
      async frame(index) {
        const { image, time, truth } = await troupe.draw(index);
        if (!(image instanceof ImageBitmap)) throw new Error('The demo draws bitmaps.');
        return { image, time, truth: toPlainFrame({ index, time, people: truth ?? [] }) };
      },
      close: () => troupe.close(),
    };
  };
}
