import * as v from 'valibot';
import { formats } from '../exporters/registry.ts';
import { DEFAULT_MODEL, isModelId, MAXIMUM_PEOPLE, type ModelId } from '../models/catalog.ts';
import { isEngineChoice } from '../models/engine-catalog.ts';
import { DEFAULT_SMOOTHING } from '../motion/smoothing/smoother.ts';
import { DEFAULT_ACTOR_OPTIONS, MAXIMUM_ACTORS } from '../sources/actor/actor-options.ts';
import { filmStyles } from '../views/film/painter.ts';
import { MAXIMUM_WORKERS } from './analysis/worker-count.ts';
import type { StoredOrder } from './store/stored-info.ts';

/**
 * Every setting, by its name in the address. `v.fallback` gives the default for whatever an address says
 * that isn't valid: a link from elsewhere never breaks the page.
 */
const share = (fallback: number) =>
  v.fallback(v.pipe(v.unknown(), v.transform(Number), v.number(), v.minValue(0), v.maxValue(1)), fallback);
const whole = (low: number, high: number, fallback: number) =>
  v.fallback(
    v.pipe(v.unknown(), v.transform(Number), v.number(), v.integer(), v.minValue(low), v.maxValue(high)),
    fallback,
  );
const positive = (low: number, fallback: number) =>
  v.fallback(v.pipe(v.unknown(), v.transform(Number), v.number(), v.finite(), v.minValue(low)), fallback);
const flag = (fallback: boolean) =>
  v.fallback(
    v.pipe(
      v.union([v.boolean(), v.picklist(['0', '1', 'true', 'false'])]),
      v.transform((value) => value === true || value === '1' || value === 'true'),
    ),
    fallback,
  );
const choice = <const T extends readonly string[]>(choices: T, fallback: T[number]) =>
  v.fallback(v.picklist(choices), fallback);

/** Of more than so many frames, one is hardly worth tracking. */
const MAXIMUM_NTH = 1000;
/** Less than 1: a time lapse. */
const MINIMUM_SLOW_MOTION = 0.01;

const schema = v.object({
  source: choice(['none', 'camera', 'demo'], 'none'),
  model: v.fallback(
    v.custom<ModelId>((value) => typeof value === 'string' && isModelId(value)),
    DEFAULT_MODEL,
  ),
  engine: v.fallback(
    v.custom<import('../models/engine-catalog.ts').EngineChoice>(
      (value) => typeof value === 'string' && isEngineChoice(value),
    ),
    'auto',
  ),
  hands: flag(false),
  people: whole(1, MAXIMUM_PEOPLE, 1),
  smooth: flag(true),
  strength: share(DEFAULT_SMOOTHING),
  /** Wanted height of the camera's picture in pixels. */
  resolution: choice(['240', '360', '480', '720', '1080'], '480'),
  actors: whole(1, MAXIMUM_ACTORS, DEFAULT_ACTOR_OPTIONS.actors),
  seed: whole(0, 2 ** 31 - 1, DEFAULT_ACTOR_OPTIONS.seed),
  /** How many decode and track a video at once; 0: as many as suit the device. */
  workers: whole(0, MAXIMUM_WORKERS, 0),
  /** Seconds of a video: what is tracked of it; 0 as the end: all. */
  from: positive(0, 0),
  to: positive(0, 0),
  everyNth: whole(1, MAXIMUM_NTH, 1),
  /** Seconds of a video per second of what happened. */
  slowMotion: positive(MINIMUM_SLOW_MOTION, 1),
  mirror: choice(['auto', 'on', 'off'], 'auto'),
  picture: flag(true),
  threshold: share(0.5),
  line: v.fallback(v.pipe(v.unknown(), v.transform(Number), v.number(), v.minValue(1), v.maxValue(12)), 4),
  opacity: share(1),
  colors: choice(['sides', 'openpose'], 'sides'),
  ids: flag(true),
  room: choice(['half', 'full', 'corner', 'off'], 'half'),
  rotate: flag(false),
  trails: choice(['none', 'wrists', 'ankles', 'nose', 'all'], 'none'),
  format: choice(
    formats.map(({ id }) => id),
    'openpose-json',
  ),
  /** What films and pictures show. */
  film: choice(filmStyles, 'overlay'),
  /** Export smoothed keypoints instead of raw ones. */
  smoothed: flag(false),
});

export type Settings = v.InferOutput<typeof schema>;

export const DEFAULT_SETTINGS: Settings = v.parse(schema, {
  ...Object.fromEntries(Object.keys(schema.entries).map((key) => [key, undefined])),
});

/** The settings in an address's query; what is absent or invalid has its default. */
export function parseSettings(query: string): Settings {
  const parameters = new URLSearchParams(query);
  const given = Object.keys(schema.entries).map((key) => [key, parameters.get(key) ?? undefined]);
  return v.parse(schema, Object.fromEntries(given));
}

/** The query that opens the page with these settings: only what differs from the defaults. */
export function writeSettings(settings: Settings): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(settings)) {
    if (value === DEFAULT_SETTINGS[key as keyof Settings]) continue;
    parameters.set(key, typeof value === 'boolean' ? (value ? '1' : '0') : String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** What the settings ask for of a video. */
export function toOrder({
  model,
  engine,
  hands,
  people,
  from,
  to,
  everyNth,
  slowMotion,
}: Settings): StoredOrder {
  return {
    model,
    engine,
    hands,
    people,
    selection: {
      ...(from > 0 && { from }),
      ...(to > 0 && { to }),
      ...(everyNth > 1 && { everyNth }),
      ...(slowMotion !== 1 && { slowMotion }),
    },
  };
}

const CAMERA_KEY = 'limn-camera';
const rememberedSchema = v.pipe(v.string(), v.maxLength(500));

/** The camera used last. It isn't in the address: its id means nothing on another device. */
export function rememberedCamera(): string | null {
  try {
    const parsed = v.safeParse(rememberedSchema, localStorage.getItem(CAMERA_KEY));
    return parsed.success ? parsed.output : null;
  } catch {
    // Storage may be forbidden; then nothing is remembered.
    return null;
  }
}

export function rememberCamera(deviceId: string): void {
  try {
    localStorage.setItem(CAMERA_KEY, deviceId);
  } catch {
    // As above: the camera works all the same.
  }
}
