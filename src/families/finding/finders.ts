import { LimnError } from '../../core/errors.ts';
import { backendOf, type EngineChoice } from '../engines/engine-catalog.ts';
import { enginesOf, familyOf } from '../families.ts';
import type { ModelId, ModelInfo } from '../model-info.ts';
import type { ModelRegistry } from '../registry.ts';

/** Each person that is found takes a run of the landmark network: more than this nobody waits for. */
const MAXIMUM_FOUND_PEOPLE = 32;
/** Finds several people at once, small ones, too, in less time than MediaPipe's landmarks of one take. */
const USUAL_FINDER: ModelId = 'movenet-multipose';
/** Comes with the page, and finds whoever is close by. */
const LAST_FINDER: ModelId = 'mediapipe-pose-lite';

/** Can it find people for another network? Those that need somebody to find people for them can't. */
export function canFindPeople(info: Pick<ModelInfo, 'family' | 'finds' | 'isPart'>): boolean {
  const { role, finder } = familyOf(info);
  if (role === 'find') return true;
  return role === 'track' && info.finds === 'bodies' && !info.isPart && finder !== 'required';
}

/** The finders that are at hand for a model: those that come with the page, and those that lie on this device. */
export function findersFor(info: ModelInfo, registry: ModelRegistry): ModelInfo[] {
  if (!takesFinder(info)) return [];
  return registry.models.filter(
    (model) =>
      canFindPeople(model) &&
      // Its own detector isn't another one.
      !(model.family === 'mediapipe' && info.family === 'mediapipe') &&
      (model.origin === 'bundled' || registry.record(model.id) !== null),
  );
}

/** The network that tells how many people a picture has, whoever tracks them; `null`: it isn't at hand. */
export function crowdFinder(registry: ModelRegistry): ModelInfo | null {
  return registry.models.find(({ id }) => id === USUAL_FINDER) ?? null;
}

/** Most people that a model can be asked for with a finder, or without (`null`). */
export function mostPeople(info: ModelInfo, finder: ModelInfo | null): number {
  if (!finder) return info.maximumPeople;
  return Math.max(info.maximumPeople, Math.min(MAXIMUM_FOUND_PEOPLE, finder.maximumPeople));
}

/** May, or must, people be found for it by another network? */
export function takesFinder(info: Pick<ModelInfo, 'family' | 'finds'>): boolean {
  return familyOf(info).finder !== 'none' && info.finds === 'bodies';
}

/**
 * The model that finds people for another one on an engine; `null`: it finds them itself.
 *
 * By itself, a network that can find people does so where one person is asked for, or where its engine can't be told where people
 * are. For everything else it is MoveNet multipose, or else, for a network that can't find anybody, the detector that was brought
 * last, or MediaPipe's.
 *
 * @param choice `auto`, `mediapipe`, or a model's id
 * @throws {LimnError} if the choice can't be had; the sentence lists those that can
 */
export function chooseFinder(
  info: ModelInfo,
  choice: string,
  people: number,
  engine: EngineChoice,
  registry: ModelRegistry,
): ModelInfo | null {
  if (!takesFinder(info)) {
    if (choice === 'auto' || (choice === 'mediapipe' && info.family === 'mediapipe')) return null;
    throw new LimnError(`${info.label} takes nobody else's people: leave out options.finder.`);
  }
  const isRequired = familyOf(info).finder === 'required';
  const atHand = findersFor(info, registry);
  const byId = (id: string): ModelInfo | null => atHand.find((model) => model.id === id) ?? null;
  if (choice === 'mediapipe') return isRequired ? byId(LAST_FINDER) : null;
  const takers = choicesWithFinder(info);
  const isTaken = engine === 'auto' || takers.includes(engine);
  if (choice === 'auto') {
    if (!isRequired) return people > 1 && isTaken ? byId(USUAL_FINDER) : null;
    const detector = atHand.findLast((model) => familyOf(model).role === 'find');
    return detector ?? byId(USUAL_FINDER) ?? byId(LAST_FINDER);
  }
  const finder = byId(choice);
  if (!finder) {
    const ids = ['auto', 'mediapipe', ...atHand.map(({ id }) => id)].join(', ');
    throw new LimnError(
      `options.finder is "${choice}", which can't find people for ${info.label} here. Those that can are ${ids}.`,
    );
  }
  if (!isTaken) {
    throw new LimnError(
      `The engine "${engine}" can't be told where people are, which options.finder asks for. Choose auto, or one of ${takers.join(', ')}.`,
    );
  }
  return finder;
}

/** A wish for a finder as far as it can be had: one that isn't at hand, or that the engine doesn't take, is `auto`. */
export function heldFinder(
  info: ModelInfo,
  choice: string,
  engine: EngineChoice,
  registry: ModelRegistry,
): string {
  if (!takesFinder(info)) return 'auto';
  if (choice === 'mediapipe') return choice;
  const isAtHand = findersFor(info, registry).some(({ id }) => id === choice);
  return isAtHand && (engine === 'auto' || choicesWithFinder(info).includes(engine)) ? choice : 'auto';
}

/** Engines that can be told where people are, and what they run on. */
export function choicesWithFinder(info: ModelInfo): EngineChoice[] {
  const { realGpu, onDemand } = enginesOf(familyOf(info), true);
  const engines = [...realGpu, ...onDemand];
  return [...new Set([...engines.map(backendOf), ...engines])];
}
