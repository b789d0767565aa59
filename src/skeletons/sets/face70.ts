import { chains, type Side, type Skeleton } from '../skeleton.ts';

const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}_${i + 1}`);
const closed = (names: readonly string[]): string[] => [...names, ...names.slice(0, 1)];

const jaw = named('jaw', 17);
const brows = { right: named('right_eyebrow', 5), left: named('left_eyebrow', 5) };
const nose = { bridge: named('nose_bridge', 4), base: named('nose_base', 5) };
const eyes = { right: named('right_eye', 6), left: named('left_eye', 6) };
const lips = { outer: named('outer_lip', 12), inner: named('inner_lip', 8) };

const keypoints = [
  ...jaw,
  ...brows.right,
  ...brows.left,
  ...nose.bridge,
  ...nose.base,
  ...eyes.right,
  ...eyes.left,
  ...lips.outer,
  ...lips.inner,
  'right_pupil',
  'left_pupil',
];

const line = (side: Side, names: readonly string[]): [Side, 'head', ...string[]] => [side, 'head', ...names];

/** Of each row of points that runs over both sides, how far it goes: in a mirror, it runs the other way. */
const ROWS: readonly (readonly [first: number, last: number])[] = [
  [0, 16],
  [17, 26],
  [31, 35],
  // Lips from corner to corner: outer upper and lower, inner upper and lower.
  [48, 54],
  [55, 59],
  [60, 64],
  [65, 67],
];
/** Both eyes begin at their corner on the picture's left: the right one's outer, the left one's inner. */
const EYES: readonly (readonly [right: number, left: number])[] = [
  [36, 45],
  [37, 44],
  [38, 43],
  [39, 42],
  [40, 47],
  [41, 46],
  [68, 69],
];

/** Which points of iBUG's face change places in a mirror (mmpose, configs/_base_/datasets/coco_wholebody.py). */
function mirrorOfFace(): number[] {
  const mirror = keypoints.map((_, i) => i);
  for (const [first, last] of ROWS) for (let i = first; i <= last; i++) mirror[i] = first + last - i;
  for (const [right, left] of EYES) {
    mirror[right] = left;
    mirror[left] = right;
  }
  return mirror;
}

/** OpenPose's face: the 68 points of iBUG's 300-W in their order, and both pupils (openpose, doc/02_output.md). */
export const face70 = {
  id: 'face-70',
  label: 'Face (70)',
  keypoints,
  limbs: chains(keypoints, [
    line('middle', jaw),
    line('right', brows.right),
    line('left', brows.left),
    line('middle', nose.bridge),
    line('middle', nose.base),
    line('right', closed(eyes.right)),
    line('left', closed(eyes.left)),
    line('middle', closed(lips.outer)),
    line('middle', closed(lips.inner)),
  ]),
  mirror: mirrorOfFace(),
} as const satisfies Skeleton;
