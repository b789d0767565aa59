import type { KeypointSetId } from '../../core/pose.ts';
import { skeletons } from '../../skeletons/registry.ts';

/** Bodies that markers may be of, those that hold more first. */
const SETS: readonly KeypointSetId[] = ['blazepose-33', 'body-25', 'h36m-17', 'coco-17', 'coco-18', 'mpi-15'];
/** Without these, markers are no body that Limn knows. */
const NEEDED = ['left_shoulder', 'right_shoulder', 'left_hip', 'right_hip', 'left_knee', 'right_knee'];
/** Other words for the same (Pose2Sim's skeletons, and spellings of OpenPose's). */
const ALIASES: Readonly<Record<string, string>> = {
  hip: 'mid_hip',
  chip: 'mid_hip',
  mid_hip: 'hip',
  pelvis: 'hip',
  left_foot: 'left_ankle',
  right_foot: 'right_ankle',
  left_ankle: 'left_foot',
  right_ankle: 'right_foot',
};

export interface MarkerMapping {
  readonly set: KeypointSetId;
  /** By keypoint of the set, the position of its marker; −1: there is none. */
  readonly markers: readonly number[];
  /** Markers that are no keypoints of the set. */
  readonly leftOut: readonly string[];
}

/** `RBigToe`, `R_Big_Toe`, `P3_right_big_toe` → `right_big_toe`. */
function normalize(name: string): string {
  const words = name
    .replace(/^P\d+_/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/^([LR])([A-Z])/, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.map((word) => (word === 'l' ? 'left' : word === 'r' ? 'right' : word)).join('_');
}

/** The body whose keypoints most markers have the names of; `null`: none has enough of them. */
export function mapMarkers(names: readonly string[]): MarkerMapping | null {
  const known = names.map(normalize);
  const candidates = SETS.flatMap((set): MarkerMapping[] => {
    const keypoints: readonly string[] = skeletons.find(({ id }) => id === set)?.keypoints ?? [];
    if (!NEEDED.every((name) => known.includes(name) && keypoints.includes(name))) return [];
    const markers = keypoints.map((keypoint) => {
      const own = known.indexOf(keypoint);
      return own >= 0 ? own : known.indexOf(ALIASES[keypoint] ?? '');
    });
    return [{ set, markers, leftOut: names.filter((_, i) => !markers.includes(i)) }];
  });
  const countOf = ({ markers }: MarkerMapping): number => markers.filter((marker) => marker >= 0).length;
  return candidates.sort((a, b) => countOf(b) - countOf(a))[0] ?? null;
}
