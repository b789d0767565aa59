import type { EngineChoice } from '../families/engines/engine-catalog.ts';
import { findsAll } from '../families/families.ts';
import { chooseFinder, heldFinder, mostPeople } from '../families/finding/finders.ts';
import { MAXIMUM_NETWORK_PEOPLE, MAXIMUM_PEOPLE } from '../families/model-info.ts';
import type { ModelRegistry } from '../families/registry.ts';

/**
 * Nobody has said how many people are wanted: then it is everybody where that takes no longer, in single pictures, which can wait,
 * and in videos that show a crowd; else one.
 */
export const AUTOMATIC_PEOPLE = 0;
/** As many as a model finds. */
export const EVERYBODY = MAXIMUM_NETWORK_PEOPLE;

/** What the settings say of it. */
interface Wish {
  readonly model: string;
  readonly finder: string;
  readonly engine: EngineChoice;
  readonly people: number;
}

/** Most people that the model of the settings can be asked for, by itself or with another one that finds them. */
export function mostWanted({ model, finder, engine }: Omit<Wish, 'people'>, registry: ModelRegistry): number {
  const info = registry.info(model);
  const held = heldFinder(info, finder, engine, registry);
  return mostPeople(info, chooseFinder(info, held, MAXIMUM_PEOPLE, engine, registry));
}

/** How many people the model is asked for, unless a video shows a crowd. @param isStill in single pictures */
export function wantedPeople(wish: Wish, registry: ModelRegistry, isStill: boolean): number {
  const most = mostWanted(wish, registry);
  if (wish.people !== AUTOMATIC_PEOPLE) return Math.min(wish.people, most);
  return isStill || findsAll(registry.info(wish.model)) ? most : 1;
}

/** And how many where a video shows a crowd. */
export function wantedOfCrowd(wish: Wish, registry: ModelRegistry): number {
  return wish.people === AUTOMATIC_PEOPLE ? mostWanted(wish, registry) : wantedPeople(wish, registry, false);
}
