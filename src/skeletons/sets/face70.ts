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
} as const satisfies Skeleton;
