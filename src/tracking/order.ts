import { LimnError } from '../core/errors.ts';
import { bundledNetwork } from '../families/bundled-networks.ts';
import { DEFAULT_MODEL } from '../families/catalog/catalog.ts';
import { type EngineChoice, isEngineChoice } from '../families/engines/engine-catalog.ts';
import type { EstimatorOptions } from '../families/estimator.ts';
import { familyOf, findsAll } from '../families/families.ts';
import { chooseFinder, mostPeople } from '../families/finding/finders.ts';
import type { MapsChoices } from '../families/maps/maps-options.ts';
import { describeMostPeople, type ModelInfo } from '../families/model-info.ts';
import type { MultiposeChoices } from '../families/multipose/multipose-options.ts';
import type { NetworkSource } from '../families/network.ts';
import type { ModelRegistry } from '../families/registry.ts';
import type { Platform } from './platform.ts';
import type { FinderNetwork, ModelNetworks, ModelOrder } from './protocol.ts';

/** Which network, where, and for how many. */
export interface TrackerOptions extends MapsChoices, MultiposeChoices {
  /** Id from `models()`; default `mediapipe-pose-lite`. */
  readonly model?: string;
  /** `auto`, a backend (`webgl`, `wasm`) or an engine's id; default `auto`. */
  readonly engine?: string;
  /** Look for hands, too; default no. */
  readonly hands?: boolean;
  /**
   * Look for faces, too; default no. Of networks of OpenPose's kind, its own network for them looks, if it is on this device
   * (70 points); else MediaPipe's (478).
   */
  readonly faces?: boolean;
  /**
   * Who finds people for models that look at one person at a time: MediaPipe's own detector (`mediapipe`), another model by its
   * id, or `auto`, the default: MoveNet multipose if it is at hand and more than one person is asked for.
   */
  readonly finder?: string;
  /** Say which part of the picture each body covers, too; default no. Only MediaPipe's networks for bodies can. */
  readonly masks?: boolean;
  /** Most people to find; default 1, for networks that find several at once as many as there may be. */
  readonly people?: number;
}

/** @throws {LimnError} naming the option that isn't valid */
export function toEstimatorOptions(
  options: TrackerOptions,
  mode: EstimatorOptions['mode'],
  registry: ModelRegistry,
): { options: EstimatorOptions; engine: EngineChoice } {
  const { model = DEFAULT_MODEL, engine = 'auto', hands = false, faces = false, masks = false } = options;
  const info = registry.info(model);
  const people = options.people ?? (findsAll(info) ? info.maximumPeople : 1);
  if (info.isPart) {
    throw new LimnError(`${info.label} is no model by itself: it is used beside one that finds bodies.`);
  }
  if (!Number.isInteger(people) || people < 1) {
    throw new LimnError(`options.people is ${people}; it must be a whole number of people, at least 1.`);
  }
  if (!isEngineChoice(engine)) {
    throw new LimnError(`options.engine is "${engine}"; it must be auto, a backend or an engine's id.`);
  }
  const finder = chooseFinder(info, options.finder ?? 'auto', people, engine, registry);
  const maximumPeople = mostPeople(info, finder);
  if (people > maximumPeople) {
    throw new LimnError(`${describeMostPeople({ ...info, maximumPeople })}; options.people is ${people}.`);
  }
  if (faces && !canFindFaces(info)) {
    throw new LimnError(`${info.label} finds no bodies that faces could belong to: leave out options.faces.`);
  }
  if (masks && !canFindMasks(info)) {
    throw new LimnError(
      `${info.label} doesn't say which part of the picture a person covers: leave out options.masks, or choose one of MediaPipe's models for bodies.`,
    );
  }
  const isByPart = hasFacePart(info, registry);
  const more = familyOf(info).toOptions({ ...options, faces: faces && isByPart });
  const beside = { ...(faces && !isByPart && { faces }), ...(masks && { masks }) };
  const found = finder && { finder: finder.id };
  return { options: { model: info.id, hands, ...beside, ...found, people, mode, ...more }, engine };
}

/** Orders with the same key want the same networks at work; their thresholds may differ, for these are moved meanwhile. */
export function modelKey({ maps, ...options }: EstimatorOptions, engine: EngineChoice): string {
  const { grouping: _, ...how } = maps ?? {};
  return JSON.stringify([options, how, engine]);
}

/**
 * What a worker needs to open a model.
 *
 * @throws {LimnError} if a network isn't on this device
 */
export async function toModelOrder(
  { options, engine }: { readonly options: EstimatorOptions; readonly engine: EngineChoice },
  platform: Platform,
): Promise<ModelOrder> {
  return { options, engine, assets: platform.assets, networks: await findNetworks(options, platform) };
}

async function findNetworks(
  { model, hands, faces, maps, finder, people, mode }: EstimatorOptions,
  platform: Platform,
): Promise<ModelNetworks> {
  const info = platform.registry.info(model);
  const blendshapes = faces ? platform.registry.partFor('face-478', 'mediapipe') : null;
  const takesPart = hands && familyOf(info).hands === 'part';
  return {
    family: info.family,
    own: await sourceOf(info, platform),
    hands: takesPart ? await findPart('hand-21', info, platform) : null,
    faces: maps?.faces ? await findPart('face-70', info, platform) : null,
    blendshapes: blendshapes === null ? null : await platform.networks.sourceOf(blendshapes),
    finder: finder ? await findFinder(platform.registry.info(finder), people, mode, platform) : null,
  };
}

/** `null`: its family reads it from the page's files itself, as MediaPipe's does. @throws {LimnError} if it isn't on this device */
async function sourceOf({ id, origin }: ModelInfo, platform: Platform): Promise<NetworkSource | null> {
  return origin === 'bundled' && !bundledNetwork(id) ? null : platform.networks.sourceOf(id);
}

/** A network that is to find so many people for another one, or as many as it can. */
async function findFinder(
  info: ModelInfo,
  people: number,
  mode: EstimatorOptions['mode'],
  platform: Platform,
): Promise<FinderNetwork> {
  const most = findsAll(info) ? info.maximumPeople : Math.min(people, info.maximumPeople);
  return {
    family: info.family,
    source: await sourceOf(info, platform),
    options: { model: info.id, hands: false, people: most, mode, ...familyOf(info).toOptions({}) },
  };
}

/** @throws {LimnError} if there is none on this device */
async function findPart(
  set: 'hand-21' | 'face-70',
  { family }: ModelInfo,
  platform: Platform,
): Promise<NetworkSource> {
  const { parts = family } = familyOf({ family });
  const id = platform.registry.partFor(set, parts);
  if (id !== null) return platform.networks.sourceOf(id);
  if (parts === 'rtmpose') {
    throw new LimnError(
      'ONNX networks find hands by a network of their own, and none is on this device: drop RTMPose’s network for hands, or leave out hands.',
    );
  }
  const [what, option] = set === 'hand-21' ? ['hands', 'hands'] : ['faces', 'faces'];
  throw new LimnError(
    `Networks of OpenPose's kind find ${what} by a network of their own, and none is on this device: fetch "OpenPose · ${what}", or leave out ${option}.`,
  );
}

/** Do faces of a model's bodies come from a network of OpenPose's that lies on this device? Else they are MediaPipe's. */
export function hasFacePart(info: Pick<ModelInfo, 'family'>, registry: ModelRegistry): boolean {
  return familyOf(info).hasMaps && registry.partFor('face-70', info.family) !== null;
}

/** Can a model say which part of the picture somebody covers? */
export function canFindMasks(info: Pick<ModelInfo, 'family' | 'finds'>): boolean {
  return info.finds === 'bodies' && familyOf(info).hasMasks === true;
}

/** Faces belong to bodies. */
export function canFindFaces({ finds }: Pick<ModelInfo, 'finds'>): boolean {
  return finds === 'bodies';
}

/** Can a model find hands here? Where they need a network of their own, one has to lie on this device. */
export function canFindHands(info: Pick<ModelInfo, 'family'>, registry: ModelRegistry): boolean {
  const { hands, parts = info.family } = familyOf(info);
  return hands === 'own' || (hands === 'part' && registry.partFor('hand-21', parts) !== null);
}
