import type { KeypointSetId } from '../core/pose.ts';

export type WeightBundle = 'pose-lite' | 'pose-full' | 'pose-heavy' | 'hands';
/** Networks that somebody has brought, by the beginning of their SHA-256. */
export type ImportedModelId = `imported-${string}`;
/** Networks of the catalogue, which are fetched or dropped. */
export type CatalogModelId =
  | 'tf-pose-mobilenet-thin'
  | 'tf-pose-mobilenet-v2-large'
  | 'tf-pose-mobilenet-v2-small'
  | 'openpose-body-25'
  | 'openpose-coco'
  | 'openpose-mpi'
  | 'openpose-hand'
  | 'openpose-face'
  | 'movenet-thunder'
  | 'posenet-mobilenet'
  | 'yolox-m'
  | 'rtmdet-m'
  | 'rtmo-s'
  | 'rtmpose-m'
  | 'rtmpose-m-halpe26'
  | 'rtmw-l'
  | 'mediapipe-face-landmarker';
export type BundledModelId =
  | 'mediapipe-pose-lite'
  | 'mediapipe-pose-full'
  | 'mediapipe-pose-heavy'
  | 'mediapipe-hands'
  | 'openpose-mobilenet'
  | 'movenet-multipose'
  | 'movenet-lightning'
  | 'limn-lift-81';
export type ModelId = BundledModelId | CatalogModelId | ImportedModelId;

/**
 * `mediapipe`: a detector, then landmarks, by MediaPipe's tasks or its graphs here. `maps`: OpenPose's manner, heatmaps and
 * fields of all people at once; `maps-onnx`: the same as an ONNX file. `movenet`: MoveNet for one person, by
 * tfjs-models. `multipose`: MoveNet for several. `posenet`: PoseNet, everybody at once by displacements. `lifter`: makes
 * 3-D of other models' keypoints, no picture needed. The rest are ONNX networks: `yolox` and `rtmdet` find people without
 * keypoints, `rtmo` and `yolo-pose` with them, `rtmpose` and `vitpose` find the keypoints of somebody whom another network
 * has found.
 */
export type FamilyId =
  | 'mediapipe'
  | 'maps'
  | 'maps-onnx'
  | 'movenet'
  | 'multipose'
  | 'posenet'
  | 'lifter'
  | OnnxFamilyId;
export const onnxFamilyIds = ['yolox', 'rtmdet', 'rtmo', 'yolo-pose', 'rtmpose', 'vitpose'] as const;
export type OnnxFamilyId = (typeof onnxFamilyIds)[number];

/** A network that people can choose. Data only. */
export interface ModelInfo {
  readonly id: ModelId;
  readonly label: string;
  /** What it is good for, in a few words. */
  readonly description: string;
  readonly family: FamilyId;
  /** `bundled`: comes with the page. `catalog`: has to be fetched, or dropped, once. `own`: somebody has brought it. */
  readonly origin: 'bundled' | 'catalog' | 'own';
  readonly finds: 'bodies' | 'hands';
  /** It finds the hands, the faces or the depth of bodies that another network has found, and is no model by itself. */
  readonly isPart: boolean;
  readonly keypoints: KeypointSetId;
  readonly hasWorld: boolean;
  /** `null`: its weights don't come with the page. */
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

/** How many people a model finds, as a clause. */
export function describeMostPeople({
  label,
  maximumPeople,
}: Pick<ModelInfo, 'label' | 'maximumPeople'>): string {
  return `${label} finds ${maximumPeople === 1 ? 'one person' : `at most ${maximumPeople} people`}`;
}
