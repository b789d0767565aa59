import { LimnError } from '../../core/errors.ts';
import { DEFAULT_MODEL, modelInfo } from '../../models/catalog.ts';
import { type EngineChoice, isEngineChoice } from '../../models/engine-catalog.ts';
import { DEFAULT_MAPS_OPTIONS, type EstimatorOptions, type MapsOptions } from '../../models/estimator.ts';
import { type ImportedNetwork, loadedMaps, loadedNetwork, networkRecords } from '../../models/imported.ts';
import { describeMostPeople, findsAll } from '../../models/model-info.ts';
import type { GroupingOptions } from '../../models/openpose/layouts.ts';
import { ensureNetwork } from '../networks/networks.ts';
import type { Platform } from '../workers.ts';
import type { ModelNetworks, ModelOrder } from './protocol.ts';

/** Which network, where, and for how many. */
export interface TrackerOptions extends NetworkOptions {
  /** Id from `models()`; default `mediapipe-pose-lite`. */
  readonly model?: string;
  /** `auto`, a backend (`webgl`, `wasm`) or an engine's id; default `auto`. */
  readonly engine?: string;
  /** Look for hands, too; default no. */
  readonly hands?: boolean;
  /** Most people to find; default 1, for networks that find several at once as many as there may be. */
  readonly people?: number;
}

/** For networks of OpenPose's kind: how they look at pictures, and whom they take for somebody. */
export interface NetworkOptions {
  /** Size of the picture that the network gets, `-1x368` by default; multiples of 8. */
  readonly netResolution?: string;
  /** Sizes at which each picture is looked at, 1 to 8; default 1. */
  readonly scaleNumber?: number;
  /** By how much each is smaller, as a share of the first; default 0.25. */
  readonly scaleGap?: number;
  /** Finds more people, and more who aren't there; default no. */
  readonly maximizePositives?: boolean;
  /** Thresholds other than the network's usual ones. */
  readonly thresholds?: Partial<GroupingOptions>;
  /** Look for faces, too, where a network for them is on this device; default no. */
  readonly faces?: boolean;
  /** Keep all peaks of each keypoint, for OpenPose's files; default no. */
  readonly partCandidates?: boolean;
}

/** @throws {LimnError} naming the option that isn't valid */
export function toEstimatorOptions(
  options: TrackerOptions,
  mode: EstimatorOptions['mode'],
): { options: EstimatorOptions; engine: EngineChoice } {
  const { model = DEFAULT_MODEL, engine = 'auto', hands = false } = options;
  const info = modelInfo(model);
  const isMaps = info.works === 'maps';
  const people = options.people ?? (findsAll(info) ? info.maximumPeople : 1);
  if (info.isPart) {
    throw new LimnError(`${info.label} is no model by itself: it is used beside one that finds bodies.`);
  }
  if (!Number.isInteger(people) || people < 1) {
    throw new LimnError(`options.people is ${people}; it must be a whole number of people, at least 1.`);
  }
  if (people > info.maximumPeople) {
    throw new LimnError(`${describeMostPeople(info)}; options.people is ${people}.`);
  }
  if (!isEngineChoice(engine)) {
    throw new LimnError(`options.engine is "${engine}"; it must be auto, a backend or an engine's id.`);
  }
  const maps = isMaps && { maps: toMapsOptions(options) };
  return { options: { model: info.id, hands, people, mode, ...maps }, engine };
}

/** Orders with the same key want the same networks at work; their thresholds may differ, for these are moved meanwhile. */
export function modelKey({ maps, ...options }: EstimatorOptions, engine: EngineChoice): string {
  const { grouping: _, ...how } = maps ?? {};
  return JSON.stringify([options, how, engine]);
}

const MOST_SCALES = 8;
const NET_MULTIPLE = 8;
const LARGEST_NET_SIDE = 2048;

/** @throws {LimnError} naming the option that isn't valid */
function toMapsOptions({
  netResolution = '-1x368',
  scaleNumber = DEFAULT_MAPS_OPTIONS.scaleNumber,
  scaleGap = DEFAULT_MAPS_OPTIONS.scaleGap,
  maximizePositives = false,
  thresholds = {},
  faces = false,
  partCandidates = false,
}: TrackerOptions): MapsOptions {
  const [netWidth, netHeight] = parseNetResolution(netResolution);
  if (!Number.isInteger(scaleNumber) || scaleNumber < 1 || scaleNumber > MOST_SCALES) {
    throw new LimnError(
      `options.scaleNumber is ${scaleNumber}; it must be a whole number from 1 to ${MOST_SCALES}.`,
    );
  }
  if (!(scaleGap > 0) || (scaleNumber - 1) * scaleGap >= 1) {
    throw new LimnError(
      `options.scaleGap is ${scaleGap}; it must be above 0, and ${scaleNumber} sizes must stay above nothing.`,
    );
  }
  for (const [name, value] of Object.entries(thresholds)) {
    if (!(value >= 0) || !Number.isFinite(value)) {
      throw new LimnError(`options.thresholds.${name} is ${value}; it must be a number of at least 0.`);
    }
  }
  return {
    netWidth,
    netHeight,
    scaleNumber,
    scaleGap,
    maximizePositives,
    grouping: thresholds,
    faces,
    partCandidates,
  };
}

export function isNetResolution(text: string): boolean {
  return sidesOf(text).every(
    (side) => side === -1 || (side >= NET_MULTIPLE && side <= LARGEST_NET_SIDE && side % NET_MULTIPLE === 0),
  );
}

function sidesOf(text: string): readonly [width: number, height: number] {
  const [, width, height] = /^(-1|\d{1,4})x(-1|\d{1,4})$/.exec(text) ?? [];
  return [Number(width), Number(height)];
}

/** Columns and rows out of `-1x368`. @throws {LimnError} if it isn't a net resolution */
function parseNetResolution(text: string): readonly [width: number, height: number] {
  if (isNetResolution(text)) return sidesOf(text);
  throw new LimnError(
    `The net resolution "${text}" is none: it is columns x rows, multiples of 8 up to ${LARGEST_NET_SIDE} or -1, as in -1x368.`,
  );
}

/**
 * What a worker needs to open a model; networks are brought into memory for it.
 *
 * @throws {LimnError} if one isn't on this device
 */
export async function toModelOrder(
  { options, engine }: { readonly options: EstimatorOptions; readonly engine: EngineChoice },
  platform: Pick<Platform, 'workers' | 'assets'>,
): Promise<ModelOrder> {
  await ensureNetwork(options.model, platform);
  return { options, engine, assets: platform.assets, networks: await findNetworks(options, platform) };
}

async function findNetworks(
  { model, hands, maps }: EstimatorOptions,
  platform: Pick<Platform, 'workers'>,
): Promise<ModelNetworks> {
  const network = loadedNetwork(model);
  if (!network) return { works: 'mediapipe' };
  if (network.kind === 'movenet') return { works: 'movenet', network };
  if (network.kind === 'lifter') throw new Error('A lifter is no model by itself.');
  return {
    works: 'maps',
    networks: {
      bodies: network,
      hands: hands ? await findPart('hand-21', platform) : null,
      faces: maps?.faces ? await findPart('face-70', platform) : null,
    },
  };
}

/** @throws {LimnError} if there is none on this device */
async function findPart(
  set: 'hand-21' | 'face-70',
  platform: Pick<Platform, 'workers'>,
): Promise<ImportedNetwork> {
  const id = partNetwork(set);
  if (id !== null) await ensureNetwork(id, platform);
  const network = id === null ? null : loadedMaps(id);
  if (network) return network;
  const [what, option] = set === 'hand-21' ? ['hands', 'hands'] : ['faces', 'faces'];
  throw new LimnError(
    `Networks of OpenPose's kind find ${what} by a network of their own, and none is on this device: fetch "OpenPose · ${what}", or leave out ${option}.`,
  );
}

/** The network on this device that finds the hands or faces of bodies; `null`: there is none. */
export function partNetwork(set: 'hand-21' | 'face-70'): string | null {
  return networkRecords().findLast(({ info }) => info.isPart && info.keypoints === set)?.info.id ?? null;
}
