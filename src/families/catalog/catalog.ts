import { bundledNetworks } from '../bundled-networks.ts';
import { BUNDLED_LIFTER } from '../lifter/lifter-info.ts';
import { MAXIMUM_PEOPLE, type ModelId, type ModelInfo } from '../model-info.ts';
import { type CatalogNetwork, catalogNetworks } from './catalog-networks.ts';

const mediapipe = {
  family: 'mediapipe',
  origin: 'bundled',
  isPart: false,
  hasWorld: true,
  maximumPeople: MAXIMUM_PEOPLE,
  license: 'Apache-2.0',
} as const;
const pose = {
  ...mediapipe,
  finds: 'bodies',
  keypoints: 'blazepose-33',
  source: 'npm: @mediapipe/pose 0.5',
} as const;

/** The models that come with the page. */
export const bundledModels: readonly ModelInfo[] = [
  {
    ...pose,
    id: 'mediapipe-pose-lite',
    label: 'MediaPipe Pose · lite',
    description: 'Bodies with 33 keypoints in 2-D and 3-D; fastest',
    bundle: 'pose-lite',
  },
  {
    ...pose,
    id: 'mediapipe-pose-full',
    label: 'MediaPipe Pose · full',
    description: 'Bodies with 33 keypoints in 2-D and 3-D; balanced',
    bundle: 'pose-full',
  },
  {
    ...pose,
    id: 'mediapipe-pose-heavy',
    label: 'MediaPipe Pose · heavy',
    description: 'Bodies with 33 keypoints in 2-D and 3-D; most exact, slow without a GPU',
    bundle: 'pose-heavy',
  },
  {
    ...mediapipe,
    id: 'mediapipe-hands',
    label: 'MediaPipe Hands',
    description: 'Hands with 21 keypoints each in 2-D and 3-D, without bodies',
    finds: 'hands',
    keypoints: 'hand-21',
    bundle: 'hands',
    source: 'npm: @mediapipe/hands 0.4',
  },
  ...bundledNetworks.map(({ info }) => info),
  BUNDLED_LIFTER,
];

export const DEFAULT_MODEL: ModelId = 'mediapipe-pose-lite';

/** All models but those that somebody has brought. */
export const knownModels: readonly ModelInfo[] = [
  ...bundledModels,
  ...catalogNetworks.map(({ info }) => info),
];

/** `null`: somebody has brought it, or there is none. */
export function knownModel(id: string): ModelInfo | null {
  return knownModels.find((model) => model.id === id) ?? null;
}

/** What the catalogue says of a model; `null`: it isn't in it. */
export function catalogNetwork(id: string): CatalogNetwork | null {
  return catalogNetworks.find(({ info }) => info.id === id) ?? null;
}
