import { LimnError } from '../core/errors.ts';
import type { KeypointSetId } from '../core/pose.ts';
import { importedNetworks } from './imported.ts';

export type WeightBundle = 'pose-lite' | 'pose-full' | 'pose-heavy' | 'hands';
/** Networks that somebody has brought, by the beginning of their SHA-256. */
export type ImportedModelId = `imported-${string}`;
export type ModelId =
  | ImportedModelId
  | 'mediapipe-pose-lite'
  | 'mediapipe-pose-full'
  | 'mediapipe-pose-heavy'
  | 'mediapipe-hands';

/** A network that people can choose. Data only. */
export interface ModelInfo {
  readonly id: ModelId;
  readonly label: string;
  /** What it is good for, in a few words. */
  readonly description: string;
  readonly finds: 'bodies' | 'hands';
  readonly keypoints: KeypointSetId;
  readonly hasWorld: boolean;
  /** `null`: somebody has brought it, see `imported.ts`. */
  readonly bundle: WeightBundle | null;
  /** Most people that can be asked for. */
  readonly maximumPeople: number;
  readonly license: string;
  readonly source: string;
}

/** MediaPipe's tasks find at most this many of each in a picture; limits of this project, not of theirs. */
export const MAXIMUM_PEOPLE = 8;
export const MAXIMUM_HANDS = 16;
/** Networks that find everybody at once take no longer for more. */
export const MAXIMUM_NETWORK_PEOPLE = 32;

const pose = {
  finds: 'bodies',
  keypoints: 'blazepose-33',
  hasWorld: true,
  maximumPeople: MAXIMUM_PEOPLE,
  license: 'Apache-2.0',
  source: 'npm: @mediapipe/pose 0.5',
} as const;

/** All models that come with the page. */
export const catalog: readonly ModelInfo[] = [
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
    id: 'mediapipe-hands',
    label: 'MediaPipe Hands',
    description: 'Hands with 21 keypoints each in 2-D and 3-D, without bodies',
    finds: 'hands',
    keypoints: 'hand-21',
    hasWorld: true,
    bundle: 'hands',
    maximumPeople: MAXIMUM_PEOPLE,
    license: 'Apache-2.0',
    source: 'npm: @mediapipe/hands 0.4',
  },
];

export const DEFAULT_MODEL: ModelId = 'mediapipe-pose-lite';

/** Every model there is now, those that were brought behind the others. */
export function allModels(): readonly ModelInfo[] {
  return [...catalog, ...importedNetworks().map(({ info }) => info)];
}

export function isModelId(id: string): id is ModelId {
  return allModels().some((candidate) => candidate.id === id);
}

/** @throws {LimnError} if there is no such model; the sentence lists those there are. */
export function modelInfo(id: string): ModelInfo {
  const model = allModels().find((candidate) => candidate.id === id);
  if (model) return model;
  throw new LimnError(
    `There is no model "${id}". The models are ${allModels()
      .map((candidate) => candidate.id)
      .join(', ')}.`,
  );
}
