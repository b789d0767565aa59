import * as v from 'valibot';
import { recall, remember } from '../browser/local-memory.ts';
import { DEFAULT_MODEL, knownModel } from '../families/catalog/catalog.ts';
import { isEngineChoice } from '../families/engines/engine-catalog.ts';
import { familyOf } from '../families/families.ts';
import { heldFinder } from '../families/finding/finders.ts';
import { BUNDLED_LIFTER } from '../families/lifter/lifter-info.ts';
import { isNetResolution, type MapsChoices } from '../families/maps/maps-options.ts';
import { MAXIMUM_NETWORK_PEOPLE, type ModelId } from '../families/model-info.ts';
import {
  DEFAULT_MULTIPOSE_RESOLUTION,
  isMultiposeResolution,
  type MultiposeChoices,
} from '../families/multipose/multipose-options.ts';
import type { ModelRegistry } from '../families/registry.ts';
import { conventionIds } from '../formats/convention.ts';
import { formats } from '../formats/exporters.ts';
import { DEFAULT_RIG_STYLE, restPoses, rigNames } from '../motion/kinematics/rig-style.ts';
import { spatialChoices } from '../motion/placing/standing.ts';
import { DEFAULT_SMOOTHING } from '../motion/smoothing/smoother.ts';
import type { StoredOrder } from '../recording/log/stored-info.ts';
import { DEFAULT_ACTOR_OPTIONS, MAXIMUM_ACTORS } from '../sources/actor/actor-options.ts';
import {
  DEFAULT_PICTURE_OPTIONS,
  LEAST_PICTURE_RATE,
  MOST_PICTURE_RATE,
} from '../sources/pictures/picture-options.ts';
import { MAXIMUM_WORKERS } from '../tracking/analysis/ways/worker-count.ts';
import { canFindFaces, canFindHands, canFindMasks, type TrackerOptions } from '../tracking/order.ts';
import { filmBackgrounds } from '../views/film/background.ts';
import { coverStyles } from '../views/film/cover-heads.ts';
import { filmStyles, filmViews } from '../views/film/painter.ts';
import { colorSchemes } from '../views/style.ts';
import { AUTOMATIC_PEOPLE, wantedOfCrowd, wantedPeople } from './wanted-people.ts';

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

/** A threshold that stands for what the network is usually used with. */
export const USUAL_THRESHOLD = -1;
const threshold = v.fallback(
  v.pipe(v.unknown(), v.transform(Number), v.number(), v.minValue(0), v.maxValue(20)),
  USUAL_THRESHOLD,
);
export const THRESHOLDS = [
  'peakThreshold',
  'limbThreshold',
  'limbShare',
  'minimumKeypoints',
  'minimumScore',
] as const satisfies readonly (keyof NonNullable<MapsChoices['thresholds']>)[];
/** OpenPose's own, and for live sources what this device holds. */
const AUTOMATIC_NET_RESOLUTION = 'auto';
export const MOST_SCALES = 4;
export const MOST_GHOSTS = 8;
/** What only networks of OpenPose's kind know. */
const networkEntries = {
  netResolution: v.fallback(
    v.union([v.literal(AUTOMATIC_NET_RESOLUTION), v.pipe(v.string(), v.check(isNetResolution))]),
    AUTOMATIC_NET_RESOLUTION,
  ),
  /** Sizes at which each picture is looked at. */
  scales: whole(1, MOST_SCALES, 1),
  scaleGap: v.fallback(
    v.pipe(v.unknown(), v.transform(Number), v.number(), v.minValue(0.05), v.maxValue(0.3)),
    0.25,
  ),
  positives: flag(false),
  candidates: flag(false),
  peakThreshold: threshold,
  limbThreshold: threshold,
  limbShare: threshold,
  minimumKeypoints: threshold,
  minimumScore: threshold,
};

/** What only MoveNet multipose knows. */
const multiposeEntries = {
  multiposeResolution: v.fallback(
    v.pipe(v.string(), v.check(isMultiposeResolution)),
    DEFAULT_MULTIPOSE_RESOLUTION,
  ),
  /** Looks at parts of a picture once more. */
  parts: flag(true),
};

/** Of more than so many frames, one is hardly worth tracking. */
const MAXIMUM_NTH = 1000;
/** Less than 1: a time lapse. */
const MINIMUM_SLOW_MOTION = 0.01;

const trailChoices = ['none', 'wrists', 'ankles', 'nose', 'all'] as const;

/** The line width that is as wide as fits somebody's size. */
const USUAL_LINE = 4;

function isKnownLifter(id: string): boolean {
  const info = knownModel(id);
  return info !== null && familyOf(info).role === 'lift';
}

const schema = v.object({
  source: choice(['none', 'camera', 'demo'], 'none'),
  model: v.fallback(
    v.custom<ModelId>((value) => typeof value === 'string' && knownModel(value)?.isPart === false),
    DEFAULT_MODEL,
  ),
  engine: v.fallback(
    v.custom<import('../families/engines/engine-catalog.ts').EngineChoice>(
      (value) => typeof value === 'string' && isEngineChoice(value),
    ),
    'auto',
  ),
  hands: flag(false),
  faces: flag(false),
  masks: flag(false),
  /** Who finds people for models that look at one person at a time: `auto`, `mediapipe`, or a model's id. */
  finder: v.fallback(v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/)), 'auto'),
  people: whole(AUTOMATIC_PEOPLE, MAXIMUM_NETWORK_PEOPLE, AUTOMATIC_PEOPLE),
  ...networkEntries,
  ...multiposeEntries,
  /** When keypoints are lifted to 3-D as they come: where the model has no depth of its own, always, never. */
  lift: choice(['auto', 'on', 'off'], 'auto'),
  lifter: v.fallback(
    v.custom<ModelId>((value) => typeof value === 'string' && isKnownLifter(value)),
    BUNDLED_LIFTER.id,
  ),
  smooth: flag(true),
  strength: share(DEFAULT_SMOOTHING),
  /** Wanted height of the camera's picture in pixels. */
  resolution: choice(['240', '360', '480', '720', '1080'], '480'),
  /** Takes of the camera have the microphone's sound. */
  sound: flag(true),
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
  /** How many numbers a second numbered pictures have. */
  pictureRate: v.fallback(
    v.pipe(
      v.unknown(),
      v.transform(Number),
      v.number(),
      v.minValue(LEAST_PICTURE_RATE),
      v.maxValue(MOST_PICTURE_RATE),
    ),
    DEFAULT_PICTURE_OPTIONS.rate,
  ),
  mirror: choice(['auto', 'on', 'off'], 'auto'),
  picture: flag(true),
  threshold: share(0.5),
  /** How wide lines are: see `lineWeight`. */
  line: v.fallback(
    v.pipe(v.unknown(), v.transform(Number), v.number(), v.minValue(1), v.maxValue(12)),
    USUAL_LINE,
  ),
  opacity: share(1),
  colors: choice(colorSchemes, 'sides'),
  /** Bones and joints, on the picture and in films. */
  skeleton: flag(true),
  /** What people are called. */
  ids: flag(true),
  /** Plotted angles as arcs with numbers, on the picture and in films. */
  arcs: flag(true),
  /** Why limbs are there, or aren't. */
  xray: flag(false),
  /** Which of the network's maps lies over the picture: heatmaps by keypoint, then fields by limb; −1: none. */
  map: whole(-1, 200, -1),
  room: choice(['half', 'full', 'corner', 'off'], 'half'),
  rotate: flag(false),
  /** Which 3-D is shown and written, where there are two. */
  spatial: choice(spatialChoices, 'auto'),
  /** The room's camera goes along with who is chosen, else with the first person. */
  followInRoom: flag(false),
  /** Bones as tubes, or a simple body around them. */
  bones: choice(['tubes', 'body'], 'tubes'),
  /** How many earlier moments are shown as ghosts. */
  ghosts: whole(0, MOST_GHOSTS, 0),
  /** The camera in the room, with its picture, and the ways of the hips on the floor. */
  cameraInRoom: flag(true),
  /** Where joints have been: on the picture and in films, and in the room. */
  trails: choice(trailChoices, 'none'),
  roomTrails: choice(trailChoices, 'none'),
  format: choice(
    formats.map(({ id }) => id),
    'openpose-json',
  ),
  /** Units and axes of files in space; `usual`: each format's own. */
  convention: choice(['usual', ...conventionIds], 'usual'),
  /** Names of the joints of animated skeletons, and the pose in which nothing is turned. */
  rigNames: choice(rigNames, DEFAULT_RIG_STYLE.names),
  restPose: choice(restPoses, DEFAULT_RIG_STYLE.rest),
  /** What films and pictures show. */
  film: choice(filmStyles, 'overlay'),
  /** From where films see the room, if they show it. */
  filmView: choice(filmViews, 'angled'),
  /** What is behind people in them, where there are masks. */
  background: choice(filmBackgrounds, 'kept'),
  /** How faces are made unrecognisable in them, and whose. */
  cover: choice(['shown', ...coverStyles], 'shown'),
  coverWho: choice(['everybody', 'followed', 'others'], 'everybody'),
  /** Export smoothed keypoints instead of raw ones. */
  smoothed: flag(false),
});

export type Settings = v.InferOutput<typeof schema>;

export const DEFAULT_SETTINGS: Settings = v.parse(schema, {
  ...Object.fromEntries(Object.keys(schema.entries).map((key) => [key, undefined])),
});

/** How wide lines are beside what fits somebody's size: 1 is as wide. */
export function lineWeight({ line }: Pick<Settings, 'line'>): number {
  return line / USUAL_LINE;
}

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

/** What the settings ask of a model. @param isStill for single pictures */
export function toTrackerOptions(
  settings: Settings,
  registry: ModelRegistry,
  isStill = false,
): TrackerOptions {
  const { network, selection: _, peopleOfCrowd: __, ...order } = toOrder(settings, registry, isStill);
  return { ...order, ...network };
}

/** What the settings ask of a network of OpenPose's kind, beyond the usual. */
function toMapsChoices(settings: Settings): MapsChoices {
  const { netResolution, scales, scaleGap, positives, candidates } = settings;
  const set = THRESHOLDS.filter((name) => settings[name] !== USUAL_THRESHOLD);
  return {
    ...(netResolution !== AUTOMATIC_NET_RESOLUTION && { netResolution }),
    ...(scales > 1 && { scaleNumber: scales, scaleGap }),
    ...(positives && { maximizePositives: true }),
    ...(candidates && { partCandidates: true }),
    ...(set.length > 0 && { thresholds: Object.fromEntries(set.map((name) => [name, settings[name]])) }),
  };
}

/** What the settings ask of MoveNet multipose, beyond the usual. */
function toMultiposeChoices({ multiposeResolution, parts }: Settings): MultiposeChoices {
  return {
    ...(multiposeResolution !== DEFAULT_MULTIPOSE_RESOLUTION && { netResolution: multiposeResolution }),
    ...(!parts && { furtherPasses: 0 }),
  };
}

/** What the settings ask for of a video. @param isStill of single pictures instead */
export function toOrder(settings: Settings, registry: ModelRegistry, isStill = false): StoredOrder {
  const { model, engine, from, to, everyNth, slowMotion } = settings;
  const info = registry.info(model);
  const { hasMaps, looksAtParts } = familyOf(info);
  const network = {
    ...(hasMaps && toMapsChoices(settings)),
    ...(looksAtParts && toMultiposeChoices(settings)),
  };
  const hands = settings.hands && canFindHands(info, registry);
  const finder = heldFinder(info, settings.finder, engine, registry);
  const people = wantedPeople(settings, registry, isStill);
  const peopleOfCrowd = wantedOfCrowd(settings, registry);
  return {
    model,
    engine,
    hands,
    ...(settings.faces && canFindFaces(info) && { faces: true }),
    ...(settings.masks && canFindMasks(info) && { masks: true }),
    ...(finder !== 'auto' && { finder }),
    people,
    ...(peopleOfCrowd > people && { peopleOfCrowd }),
    ...(Object.keys(network).length > 0 && { network }),
    selection: {
      ...(from > 0 && { from }),
      ...(to > 0 && { to }),
      ...(everyNth > 1 && { everyNth }),
      ...(slowMotion !== 1 && { slowMotion }),
    },
  };
}

const CAMERA_KEY = 'limn-camera';
const cameraSchema = v.pipe(v.string(), v.maxLength(500));

/** The camera used last. It isn't in the address: its id means nothing on another device. */
export function rememberedCamera(): string | null {
  return recall(CAMERA_KEY, cameraSchema);
}

export function rememberCamera(deviceId: string): void {
  remember(CAMERA_KEY, deviceId);
}
