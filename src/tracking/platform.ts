import type { AssetAddresses } from '../families/files/assets.ts';
import { ModelRegistry } from '../families/registry.ts';
import { Networks } from './networks/networks.ts';

/** How workers are started; handed in from the top, for only the top knows the workers' files. */
export interface WorkerFactories {
  readonly estimate: () => Worker;
  readonly analyze: () => Worker;
  readonly store: () => Worker;
  readonly loop: () => Worker;
  readonly actor: () => Worker;
  readonly probe: () => Worker;
  readonly export: () => Worker;
  readonly import: () => Worker;
  readonly fetch: () => Worker;
  readonly read: () => Worker;
  readonly timeline: () => Worker;
  readonly motion: () => Worker;
  readonly liveLift: () => Worker;
}

/** What the session needs from outside. All that one Limn shares and keeps hangs on it, and two have nothing in common. */
export interface Platform {
  readonly workers: WorkerFactories;
  readonly assets: AssetAddresses;
  /** Version of Limn, for the files it writes. */
  readonly version: string;
  /** What this Limn is called on its origin: what it keeps lies under its name. Empty: under no name. */
  readonly name: string;
  /** The models that it has. */
  readonly registry: ModelRegistry;
  readonly networks: Networks;
}

/** A platform that has no networks yet. */
export function withNetworks(parts: Omit<Platform, 'registry' | 'networks'>): Platform {
  const registry = new ModelRegistry();
  return { ...parts, registry, networks: new Networks(parts.workers, registry, parts.assets) };
}
