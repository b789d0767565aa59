import * as v from 'valibot';
import { recall, remember } from '../../browser/local-memory.ts';
import { type EngineId, engineCatalog } from '../../families/engines/engine-catalog.ts';
import type { EstimatorOptions } from '../../families/estimator.ts';
import { modelKey } from '../order.ts';
import type { Platform } from '../platform.ts';

/** In the origin's storage; that of a Limn with a name has it behind. */
const KEY = 'limn-engines';
/** Models and ways of using them are few; what is older than so many others is forgotten. */
const MOST_ENTRIES = 40;

const engineSchema = v.picklist(engineCatalog.map(({ id }) => id));
const entriesSchema = v.array(
  v.object({ key: v.string(), engines: v.array(v.object({ engine: engineSchema, medianMs: v.number() })) }),
);

/** An engine that computes rightly, and how long it takes for a frame. */
export interface MeasuredEngine {
  readonly engine: EngineId;
  readonly medianMs: number;
}

/** Whose engines they are. */
type Owner = Pick<Platform, 'name' | 'version'>;

/** What was measured for a model in this browser on this device, the best engine first; `null`: nothing was. */
export async function recallEngines(
  options: EstimatorOptions,
  { name, version }: Owner,
): Promise<readonly MeasuredEngine[] | null> {
  const entries = recall(keyFor(name), entriesSchema) ?? [];
  if (entries.length === 0) return null;
  const wanted = await keyOf(options, version);
  return entries.find(({ key }) => key === wanted)?.engines ?? null;
}

export async function rememberEngines(
  options: EstimatorOptions,
  { name, version }: Owner,
  engines: readonly MeasuredEngine[],
): Promise<void> {
  const key = await keyOf(options, version);
  const others = (recall(keyFor(name), entriesSchema) ?? []).filter((entry) => entry.key !== key);
  remember(keyFor(name), [...others, { key, engines }].slice(-MOST_ENTRIES));
}

function keyFor(limn: string): string {
  return limn === '' ? KEY : `${KEY}/${limn}`;
}

/** The model, this version of Limn, the browser, and what it computes with: when any changes, it is measured anew. */
async function keyOf(options: EstimatorOptions, version: string): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  const { vendor = '', architecture = '', description = '' } = adapter?.info ?? {};
  const { userAgent, hardwareConcurrency } = navigator;
  const device = [userAgent, hardwareConcurrency, crossOriginIsolated, vendor, architecture, description];
  return JSON.stringify([modelKey(options, 'auto'), version, ...device]);
}
