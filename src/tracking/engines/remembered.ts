import * as v from 'valibot';
import { recall, remember } from '../../browser/local-memory.ts';
import { type EngineId, engineCatalog } from '../../families/engines/engine-catalog.ts';
import type { EstimatorOptions } from '../../families/estimator.ts';
import { modelKey } from '../order.ts';
import type { Platform } from '../platform.ts';

/** In the origin's storage; that of a Limn with a name has it behind. */
const ENGINES_KEY = 'limn-engines';
const WAYS_KEY = 'limn-video-ways';
/** Models and ways of using them are few; what is older than so many others is forgotten. */
const MOST_ENTRIES = 40;

/** Keypoints of an engine that computes rightly are this near to the reference's on the mean, in pixels of a picture 640 wide. */
export const RIGHT_WITHIN_PIXELS = 4;

const engineSchema = v.picklist(engineCatalog.map(({ id }) => id));
const entriesSchema = v.array(
  v.object({ key: v.string(), engines: v.array(v.object({ engine: engineSchema, medianMs: v.number() })) }),
);
const waysSchema = v.array(
  v.object({
    key: v.string(),
    ways: v.array(
      v.object({
        engine: engineSchema,
        workers: v.pipe(v.number(), v.integer(), v.minValue(1)),
        framesPerSecond: v.number(),
      }),
    ),
  }),
);

/** An engine that computes rightly, and how long it takes for a frame. */
export interface MeasuredEngine {
  readonly engine: EngineId;
  readonly medianMs: number;
}

/** A way of tracking whole videos: an engine that computes rightly, by so many workers at once, and how fast they are together. */
export interface MeasuredWay {
  readonly engine: EngineId;
  readonly workers: number;
  readonly framesPerSecond: number;
}

/** Whose engines they are. */
type Owner = Pick<Platform, 'name' | 'version'>;

/** What was measured for a model in this browser on this device, the best engine first; `null`: nothing was. */
export async function recallEngines(
  options: EstimatorOptions,
  owner: Owner,
): Promise<readonly MeasuredEngine[] | null> {
  return (await recallEntry(ENGINES_KEY, entriesSchema, options, owner))?.engines ?? null;
}

export async function rememberEngines(
  options: EstimatorOptions,
  owner: Owner,
  engines: readonly MeasuredEngine[],
): Promise<void> {
  await rememberEntry(ENGINES_KEY, entriesSchema, options, owner, (key) => ({ key, engines: [...engines] }));
}

/**
 * What was measured for whole videos with a model in this browser on this device, the best way first; `null`: nothing was.
 *
 * @param isFollowed of videos that only one worker can follow, see `seesCrowd`
 */
export async function recallWays(
  options: EstimatorOptions,
  isFollowed: boolean,
  owner: Owner,
): Promise<readonly MeasuredWay[] | null> {
  return (await recallEntry(WAYS_KEY, waysSchema, options, owner, [isFollowed]))?.ways ?? null;
}

export async function rememberWays(
  options: EstimatorOptions,
  isFollowed: boolean,
  owner: Owner,
  ways: readonly MeasuredWay[],
): Promise<void> {
  const toEntry = (key: string) => ({ key, ways: [...ways] });
  await rememberEntry(WAYS_KEY, waysSchema, options, owner, toEntry, [isFollowed]);
}

type EntriesSchema<Entry> = v.GenericSchema<unknown, Entry[]>;

async function recallEntry<Entry extends { readonly key: string }>(
  name: string,
  schema: EntriesSchema<Entry>,
  options: EstimatorOptions,
  owner: Owner,
  more: readonly unknown[] = [],
): Promise<Entry | null> {
  const entries = recall(keyFor(name, owner), schema) ?? [];
  if (entries.length === 0) return null;
  const wanted = await keyOf(options, owner, more);
  return entries.find(({ key }) => key === wanted) ?? null;
}

async function rememberEntry<Entry extends { readonly key: string }>(
  name: string,
  schema: EntriesSchema<Entry>,
  options: EstimatorOptions,
  owner: Owner,
  toEntry: (key: string) => Entry,
  more: readonly unknown[] = [],
): Promise<void> {
  const key = await keyOf(options, owner, more);
  const others = (recall(keyFor(name, owner), schema) ?? []).filter((entry) => entry.key !== key);
  remember(keyFor(name, owner), [...others, toEntry(key)].slice(-MOST_ENTRIES));
}

function keyFor(name: string, { name: limn }: Owner): string {
  return limn === '' ? name : `${name}/${limn}`;
}

/** The model, this version of Limn, the browser, and what it computes with: when any changes, it is measured anew. */
async function keyOf(
  options: EstimatorOptions,
  { version }: Owner,
  more: readonly unknown[],
): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  const { vendor = '', architecture = '', description = '' } = adapter?.info ?? {};
  const { userAgent, hardwareConcurrency } = navigator;
  const device = [userAgent, hardwareConcurrency, crossOriginIsolated, vendor, architecture, description];
  return JSON.stringify([modelKey(options, 'auto'), version, ...device, ...more]);
}
