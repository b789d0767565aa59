import type { KeypointSetId } from '../../core/pose.ts';
import { mediapipeNames, openPoseNames, openPoseSets } from '../../skeletons/names.ts';
import { skeletonOf, skeletons } from '../../skeletons/registry.ts';

/** A group of keypoints as a `.pose` file names them. */
export interface PoseComponent {
  readonly name: string;
  readonly points: readonly string[];
  /** Numbers per keypoint, with its score. */
  readonly width: number;
}

/** What a component is to Limn, and which of its keypoints are which. */
export interface Placement {
  readonly part: 'body' | 'leftHand' | 'rightHand' | 'face';
  readonly isWorld: boolean;
  readonly set: KeypointSetId;
  /** Of the component's first keypoint among those of all. */
  readonly offset: number;
  /** For each keypoint of the component, its position in the set; −1: none. */
  readonly positions: readonly number[];
}

/** OpenPose's and MediaPipe's hands have the same order; their names differ. */
const WHOLE: readonly (readonly [name: string, part: Placement['part'], set: KeypointSetId])[] = [
  ['LEFT_HAND_LANDMARKS', 'leftHand', 'hand-21'],
  ['RIGHT_HAND_LANDMARKS', 'rightHand', 'hand-21'],
  ['hand_left_keypoints_2d', 'leftHand', 'hand-21'],
  ['hand_right_keypoints_2d', 'rightHand', 'hand-21'],
  ['face_keypoints_2d', 'face', 'face-70'],
];
/** Sets that are parts of somebody, and no bodies. */
const PARTS: readonly KeypointSetId[] = ['hand-21', 'face-70', 'face-478'];

/** @returns where each component goes that Limn knows, and the names of the others */
export function placeComponents(components: readonly PoseComponent[]): {
  readonly placements: readonly Placement[];
  readonly unknown: readonly string[];
} {
  let offset = 0;
  const placements: Placement[] = [];
  const unknown: string[] = [];
  for (const { name, points } of components) {
    const placed = place(name, points);
    if (placed) placements.push({ ...placed, offset });
    else unknown.push(name);
    offset += points.length;
  }
  return { placements, unknown };
}

function place(name: string, points: readonly string[]): Omit<Placement, 'offset'> | null {
  const whole = WHOLE.find(([known]) => known === name);
  if (whole) {
    const [, part, set] = whole;
    if (skeletonOf(set).keypoints.length !== points.length) return null;
    return { part, isWorld: false, set, positions: points.map((_, i) => i) };
  }
  if (name === 'FACE_LANDMARKS') return placeMesh(points);
  const isWorld = name === 'POSE_WORLD_LANDMARKS';
  const isBlazePose = isWorld || name === 'POSE_LANDMARKS';
  const set = isBlazePose ? 'blazepose-33' : skeletons.find(({ id }) => id === name)?.id;
  if (set && !PARTS.includes(set)) {
    const names = mediapipeNames(set);
    return { part: 'body', isWorld, set, positions: points.map((point) => names.indexOf(point)) };
  }
  if (name !== 'pose_keypoints_2d') return null;
  const openPose = openPoseSets.find((id) => openPoseNames(id).length === points.length);
  return openPose
    ? { part: 'body', isWorld: false, set: openPose, positions: points.map((_, i) => i) }
    : null;
}

/** MediaPipe's face: points are called by their number in the mesh, be they all, those without irises or contours only. */
function placeMesh(points: readonly string[]): Omit<Placement, 'offset'> | null {
  const count = skeletonOf('face-478').keypoints.length;
  const positions = points.map((point) => (/^\d+$/.test(point) ? Number(point) : -1));
  const isMesh =
    positions.some((position) => position >= 0) && positions.every((position) => position < count);
  return isMesh ? { part: 'face', isWorld: false, set: 'face-478', positions } : null;
}
