import { LimnError } from '../core/errors.ts';
import type { KeypointSetId } from '../core/pose.ts';
import type { AssetAddresses } from '../models/assets.ts';
import { DEFAULT_MODEL, modelInfo } from '../models/catalog.ts';
import { type EngineChoice, isEngineChoice } from '../models/engine-catalog.ts';
import { DEFAULT_MAPS_OPTIONS, type EstimatorOptions, type MapsOptions } from '../models/estimator.ts';
import { type ImportedNetwork, importedNetwork, importedNetworks } from '../models/imported.ts';
import type { GroupingOptions } from '../models/openpose/layouts.ts';
import type { ModelOrder } from './protocol.ts';

/** Which network, where, and for how many. */
export interface TrackerOptions {
  /** Id from `models()`; default `mediapipe-pose-lite`. */
  readonly model?: string;
  /** `auto`, a backend (`webgl`, `wasm`) or an engine's id; default `auto`. */
  readonly engine?: string;
  /** Look for hands, too; default no. */
  readonly hands?: boolean;
  /** Most people to find; default 1, for networks that find everybody at once as many as there may be. */
  readonly people?: number;
  /** For networks of OpenPose's kind: size of the picture that they get, `-1x368` by default; multiples of 8. */
  readonly netResolution?: string;
  /** Sizes at which each picture is looked at, 1 to 8; default 1. */
  readonly scaleNumber?: number;
  /** By how much each is smaller, as a share of the first; default 0.25. */
  readonly scaleGap?: number;
  /** Finds more people, and more who aren't there; default no. */
  readonly maximizePositives?: boolean;
  /** Thresholds other than the network's usual ones. */
  readonly thresholds?: Partial<GroupingOptions>;
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
  const network = importedNetwork(info.id);
  const people = options.people ?? (network ? info.maximumPeople : 1);
  if (!Number.isInteger(people) || people < 1 || people > info.maximumPeople) {
    throw new LimnError(
      `options.people is ${people}; it must be a whole number from 1 to ${info.maximumPeople}.`,
    );
  }
  if (!isEngineChoice(engine)) {
    throw new LimnError(`options.engine is "${engine}"; it must be auto, a backend or an engine's id.`);
  }
  const maps = network && { maps: toMapsOptions(options) };
  return { options: { model: info.id, hands, people, mode, ...maps }, engine };
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
    partCandidates,
  };
}

/** Columns and rows out of `-1x368`. @throws {LimnError} if it isn't a net resolution */
export function parseNetResolution(text: string): readonly [width: number, height: number] {
  const [, width, height] = /^(-1|\d{1,4})x(-1|\d{1,4})$/.exec(text) ?? [];
  const sides = [Number(width), Number(height)] as const;
  const isValid = sides.every(
    (side) => side === -1 || (side >= NET_MULTIPLE && side <= LARGEST_NET_SIDE && side % NET_MULTIPLE === 0),
  );
  if (isValid) return sides;
  throw new LimnError(
    `The net resolution "${text}" is none: it is columns x rows, multiples of 8 up to ${LARGEST_NET_SIDE} or -1, as in -1x368.`,
  );
}

/** What a worker needs to open a model. */
export function toModelOrder(
  { options, engine }: { readonly options: EstimatorOptions; readonly engine: EngineChoice },
  assets: AssetAddresses,
): ModelOrder {
  const bodies = importedNetwork(options.model);
  if (!bodies) return { options, engine, assets, networks: null };
  const latest = (set: KeypointSetId): ImportedNetwork | null =>
    importedNetworks().findLast(({ layout }) => layout.set === set) ?? null;
  return {
    options,
    engine,
    assets,
    networks: { bodies, hands: options.hands ? latest('hand-21') : null, faces: latest('face-70') },
  };
}
