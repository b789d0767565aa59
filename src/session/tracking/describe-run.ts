import { type RunInfo, type RunModel, runOn } from '../../core/recording.ts';
import type { AssetAddresses } from '../../models/assets.ts';
import { modelInfo } from '../../models/catalog.ts';
import type { DeviceInfo, EstimatorOptions } from '../../models/estimator.ts';
import { networkRecord } from '../../models/imported.ts';
import type { MapsOptions } from '../../models/openpose/maps-options.ts';

/** What a recording notes of a model at work. */
export function describeRun(
  options: EstimatorOptions,
  device: DeviceInfo,
  assets: AssetAddresses,
): Omit<RunInfo, 'firstFrame'> {
  return runOn(describeModel(options, assets), device);
}

/** What it notes of a model before that is at work. */
export function describeModel(
  { model, hands: areHandsWanted, people, maps }: EstimatorOptions,
  assets: AssetAddresses,
): RunModel {
  const { finds, bundle } = modelInfo(model);
  const hands = areHandsWanted || finds === 'hands';
  const imported = networkRecord(model);
  const bundles = new Set([...(bundle ? [bundle] : []), ...(hands && !imported ? (['hands'] as const) : [])]);
  const weights = {
    ...(imported && { [imported.info.label]: imported.sha256 }),
    ...Object.fromEntries([...bundles].map((name) => [name, assets[name].sha256])),
  };
  return {
    model,
    hands,
    people,
    weights,
    ...(maps && { network: describeMaps(maps) }),
  };
}

/** What was asked of a network of OpenPose's kind, in OpenPose's words. */
export function describeMaps({
  netWidth,
  netHeight,
  scaleNumber,
  scaleGap,
  ...others
}: MapsOptions): NonNullable<RunInfo['network']> {
  const { maximizePositives, grouping } = others;
  return {
    netResolution: `${netWidth}x${netHeight}`,
    ...(scaleNumber > 1 && { scaleNumber, scaleGap }),
    ...(maximizePositives && { maximizePositives }),
    ...(Object.keys(grouping).length > 0 && { thresholds: grouping }),
  };
}
