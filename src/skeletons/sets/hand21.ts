import { chains, type Skeleton } from '../skeleton.ts';

const keypoints = [
  'wrist',
  'thumb_cmc',
  'thumb_mcp',
  'thumb_ip',
  'thumb_tip',
  'index_finger_mcp',
  'index_finger_pip',
  'index_finger_dip',
  'index_finger_tip',
  'middle_finger_mcp',
  'middle_finger_pip',
  'middle_finger_dip',
  'middle_finger_tip',
  'ring_finger_mcp',
  'ring_finger_pip',
  'ring_finger_dip',
  'ring_finger_tip',
  'pinky_finger_mcp',
  'pinky_finger_pip',
  'pinky_finger_dip',
  'pinky_finger_tip',
] as const;

const finger = (name: string) => ['mcp', 'pip', 'dip', 'tip'].map((joint) => `${name}_finger_${joint}`);

/** A hand, the same order in MediaPipe and OpenPose (tfjs-models, hand-pose-detection/src/constants.ts). */
export const hand21 = {
  id: 'hand-21',
  label: 'Hand (21)',
  keypoints,
  limbs: chains(keypoints, [
    ['middle', 'thumb', 'wrist', 'thumb_cmc', 'thumb_mcp', 'thumb_ip', 'thumb_tip'],
    ['middle', 'index', 'wrist', ...finger('index')],
    ['middle', 'middle', 'wrist', ...finger('middle')],
    ['middle', 'ring', 'wrist', ...finger('ring')],
    ['middle', 'pinky', 'wrist', ...finger('pinky')],
    ['middle', 'middle', 'index_finger_mcp', 'middle_finger_mcp'],
    ['middle', 'ring', 'middle_finger_mcp', 'ring_finger_mcp'],
    ['middle', 'pinky', 'ring_finger_mcp', 'pinky_finger_mcp'],
  ]),
} as const satisfies Skeleton;
