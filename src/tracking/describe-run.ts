import { type RunInfo, type RunModel, runOn } from '../core/recording.ts';
import { bundledNetwork } from '../families/bundled-networks.ts';
import { knownModel } from '../families/catalog/catalog.ts';
import type { DeviceInfo, EstimatorOptions } from '../families/estimator.ts';
import type { FaceAsset } from '../families/files/assets.ts';
import type { MapsOptions } from '../families/maps/maps-options.ts';
import type { Platform } from './platform.ts';

const FACE_NETWORKS = [
  'face-detector',
  'face-landmarks',
  'face-irises',
] as const satisfies readonly FaceAsset[];

/** Where it is looked up what models are made of. */
type Noted = Pick<Platform, 'assets' | 'registry'>;

/** What a recording notes of a model at work. */
export function describeRun(
  options: EstimatorOptions,
  device: DeviceInfo,
  platform: Noted,
): Omit<RunInfo, 'firstFrame'> {
  return runOn(describeModel(options, platform), device);
}

/** What it notes of a model before that is at work. */
export function describeModel(
  {
    model,
    hands: areHandsWanted,
    faces = false,
    masks = false,
    people,
    finder,
    maps,
    multipose,
  }: EstimatorOptions,
  { assets, registry }: Noted,
): RunModel {
  const { finds, bundle } = knownModel(model) ?? {};
  const hands = areHandsWanted || finds === 'hands';
  // What was kept before it came with the page isn't used.
  const recordOf = (id: string) => (bundledNetwork(id) ? null : registry.record(id));
  const imported = recordOf(model);
  const finding = finder === undefined ? null : recordOf(finder);
  const expressive = faces ? registry.partFor('face-478', 'mediapipe') : null;
  const blendshapes = expressive === null ? null : registry.record(expressive);
  const findingBundle = finder === undefined ? null : (knownModel(finder)?.bundle ?? null);
  const bundles = new Set([
    ...(bundle ? [bundle] : []),
    ...(findingBundle ? [findingBundle] : []),
    ...(hands && !imported && !bundledNetwork(model) ? (['hands'] as const) : []),
  ]);
  const weights = {
    ...ofBundled(model, assets),
    ...(finder !== undefined && ofBundled(finder, assets)),
    ...(imported && { [imported.info.label]: imported.sha256 }),
    ...(blendshapes && { [blendshapes.info.label]: blendshapes.sha256 }),
    ...(finding && { [finding.info.label]: finding.sha256 }),
    ...Object.fromEntries(
      [...bundles, ...(faces ? FACE_NETWORKS : [])].map((name) => [name, assets[name].sha256]),
    ),
  };
  return {
    model,
    hands,
    ...((faces || maps?.faces) && { faces: true as const }),
    ...(masks && { masks: true as const }),
    ...(finder !== undefined && { finder }),
    people,
    weights,
    ...(maps && { network: describeMaps(maps) }),
    ...(multipose && { network: { netResolution: `${multipose.netWidth}x${multipose.netHeight}` } }),
  };
}

/** The weights of a network with a graph of its own that comes with the page, by its label. */
function ofBundled(id: string, assets: Noted['assets']): Record<string, string> {
  const { info, files } = bundledNetwork(id) ?? {};
  // The other file is what they are put together by.
  const weights = files?.find(({ asset }) => asset.endsWith('-weights'));
  return info && weights ? { [info.label]: assets[weights.asset].sha256 } : {};
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
