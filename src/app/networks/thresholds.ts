import { type GroupingOptions, usualGrouping } from '../../families/maps/layouts.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import { type Settings, THRESHOLDS, USUAL_THRESHOLD } from '../settings.ts';

/** What each threshold may be. */
export const THRESHOLD_RANGES: readonly (readonly [
  key: keyof GroupingOptions,
  low: number,
  high: number,
  step: number,
])[] = [
  ['peakThreshold', 0, 1, 0.01],
  ['limbThreshold', 0, 1, 0.01],
  ['limbShare', 0, 1, 0.05],
  ['minimumKeypoints', 1, 15, 1],
  ['minimumScore', 0, 1.5, 0.05],
];

/** Lowering multiplies thresholds by this, as long as a peak needs more than that. */
const LOWERING = 0.5;
const LOWEST_PEAK = 0.02;
/** Somebody has so many keypoints at least, however low thresholds are. */
const FEWEST_KEYPOINTS = 3;

/** The thresholds that a network is used with as the settings are; `null`: it has none. */
export function thresholdsOf(settings: Settings, registry: ModelRegistry): GroupingOptions | null {
  const traits = registry.mapsTraits(settings.model);
  if (!traits) return null;
  const usual = usualGrouping(traits.layout, traits.implementation, settings.positives);
  const set = THRESHOLDS.filter((name) => settings[name] !== USUAL_THRESHOLD);
  return { ...usual, ...Object.fromEntries(set.map((name) => [name, settings[name]])) };
}

/** Thresholds by which more people are found, as settings; `null`: they can't be lower. */
export function lowered(settings: Settings, registry: ModelRegistry): Partial<Settings> | null {
  const now = thresholdsOf(settings, registry);
  if (!now || now.peakThreshold <= LOWEST_PEAK) return null;
  const less = (value: number): number => Number((value * LOWERING).toPrecision(2));
  return {
    peakThreshold: Math.max(LOWEST_PEAK, less(now.peakThreshold)),
    limbThreshold: less(now.limbThreshold),
    minimumKeypoints: Math.min(now.minimumKeypoints, FEWEST_KEYPOINTS),
    minimumScore: less(now.minimumScore),
  };
}
