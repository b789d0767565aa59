import * as v from 'valibot';

export const MAXIMUM_ACTORS = 4;

/** What the demo's camera sees from top to bottom, in degrees. */
export const ACTOR_FIELD_OF_VIEW = 36;

/** What the demo draws. The same options draw the same frames. */
export interface ActorOptions {
  /** Clothes, body shapes, light, background and the order of motions follow from it. */
  readonly seed: number;
  /** 1 to {@link MAXIMUM_ACTORS} */
  readonly actors: number;
  /** Picture size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second; frame k is at k / frameRate. */
  readonly frameRate: number;
}

export const DEFAULT_ACTOR_OPTIONS: ActorOptions = {
  seed: 1,
  actors: 1,
  width: 848,
  height: 480,
  frameRate: 30,
};

const side = v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(4096));

export const actorOptionsSchema = v.object({
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), DEFAULT_ACTOR_OPTIONS.seed),
  actors: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAXIMUM_ACTORS)),
    DEFAULT_ACTOR_OPTIONS.actors,
  ),
  width: v.optional(side, DEFAULT_ACTOR_OPTIONS.width),
  height: v.optional(side, DEFAULT_ACTOR_OPTIONS.height),
  frameRate: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(240)), DEFAULT_ACTOR_OPTIONS.frameRate),
});
