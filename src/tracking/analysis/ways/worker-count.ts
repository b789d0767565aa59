import { backendOf, enginesToTry } from '../../../families/engines/engine-catalog.ts';
import { enginesOf, families } from '../../../families/families.ts';
import { mixesFrames } from '../../../sources/video/decoder-turn.ts';
import type { ModelNetworks, ModelOrder } from '../../protocol.ts';

/** More workers than this nobody may ask for. */
export const MAXIMUM_WORKERS = 16;
/** More workers than this are only taken if asked for: each holds a runtime and a network. */
export const MAXIMUM_AUTOMATIC_WORKERS = 8;
/** Workers that share one GPU: one decodes while the network of the other runs. */
const GPU_WORKERS = 2;

/** From so much memory on, only cores count; no Chromium before 147 tells of more. */
const AMPLE_GIB = 8;
/** A worker takes half a gigabyte (docs/figures.md), and browsers let a page have a share of a phone's memory only. */
const GIB_A_WORKER = 2;
/** iPhones and iPads end pages that take more than a gigabyte or two, and don't tell how much memory they have. */
const IOS_WORKERS = 1;

/** What of `navigator` tells how much memory there is. */
export interface DeviceHints {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  /** GiB, rounded to a power of two; only Chromium tells. */
  readonly deviceMemory?: number;
}

/** How many workers a device's memory holds, as far as anything is known of it. */
export function workersInMemory({
  userAgent,
  maxTouchPoints,
  deviceMemory,
}: DeviceHints = navigator): number {
  // iPads call themselves Macs, which have no touch screens.
  const isIos = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  if (isIos) return IOS_WORKERS;
  if (deviceMemory === undefined || deviceMemory >= AMPLE_GIB) return MAXIMUM_WORKERS;
  return Math.max(1, Math.floor(deviceMemory / GIB_A_WORKER));
}

/** How many workers look at a video: as many as are asked for, or suit the device, unless only one gets the right frames. */
export function workersFor(
  asked: number | null,
  order: Parameters<typeof automaticWorkers>[0],
  hasRealGpu: boolean,
): number {
  return mixesFrames() ? 1 : (asked ?? automaticWorkers(order, hasRealGpu));
}

/** How many workers suit a device of so many cores and so much memory, by what the networks run on. */
export function automaticWorkers(
  {
    engine,
    networks,
  }: Pick<ModelOrder, 'engine'> & { readonly networks: Pick<ModelNetworks, 'family' | 'finder'> },
  hasRealGpu: boolean,
  cores = navigator.hardwareConcurrency || 1,
  mostInMemory = workersInMemory(),
): number {
  const family = families[networks.family];
  if (!family.isQuickerInParts) return 1;
  const [first] = enginesToTry(engine, hasRealGpu, enginesOf(family, networks.finder !== null));
  if (first && backendOf(first) !== 'wasm') return Math.min(GPU_WORKERS, cores, mostInMemory);
  // With cores to spare, one is left to the page.
  return Math.min(MAXIMUM_AUTOMATIC_WORKERS, mostInMemory, cores > 2 ? cores - 1 : cores);
}

/** What each of so many workers computes with: a share of the cores, where a runtime would take them all. */
export function shareOfThreads(workers: number, cores = navigator.hardwareConcurrency || 1): number {
  return Math.max(1, Math.floor(cores / workers));
}
