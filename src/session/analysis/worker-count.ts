import {
  type BundledEngineId,
  backendOf,
  bundledEngines,
  enginesToTry,
} from '../../models/engine-catalog.ts';
import type { ModelNetworks, ModelOrder } from '../protocol.ts';

/** More workers than this nobody may ask for. */
export const MAXIMUM_WORKERS = 16;
/** More workers than this are only taken if asked for: each holds a runtime and a network. */
const MAXIMUM_AUTOMATIC_WORKERS = 8;
/** Workers that share one GPU: one decodes while the network of the other runs. */
const GPU_WORKERS = 2;

/** How many workers suit a device of so many cores, by what the networks run on. */
export function automaticWorkers(
  { engine, networks }: Pick<ModelOrder, 'engine'> & { readonly networks: Pick<ModelNetworks, 'works'> },
  hasRealGpu: boolean,
  cores = navigator.hardwareConcurrency || 1,
): number {
  // Networks that were brought are large: one takes all cores by itself.
  if (networks.works !== 'mediapipe') return 1;
  const [first] = enginesToTry<BundledEngineId>(engine, hasRealGpu, bundledEngines);
  if (first && backendOf(first) !== 'wasm') return Math.min(GPU_WORKERS, cores);
  // With cores to spare, one is left to the page.
  return Math.min(MAXIMUM_AUTOMATIC_WORKERS, cores > 2 ? cores - 1 : cores);
}

/** What each of so many workers computes with: a share of the cores, where a runtime would take them all. */
export function shareOfThreads(workers: number, cores = navigator.hardwareConcurrency || 1): number {
  return Math.max(1, Math.floor(cores / workers));
}
