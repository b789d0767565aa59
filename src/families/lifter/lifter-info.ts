import type { ModelInfo } from '../model-info.ts';

/** The lifter that comes with the page: trained for this project, see `public/weights/limn-lift-81.md`. */
export const BUNDLED_LIFTER = {
  id: 'limn-lift-81',
  family: 'lifter',
  label: 'Limn Lift · 81 frames',
  description: 'Lifts 17 keypoints in 2-D to 17 joints in 3-D, for every model; comes with the page',
  origin: 'bundled',
  finds: 'bodies',
  isPart: true,
  keypoints: 'h36m-17',
  hasWorld: true,
  bundle: null,
  maximumPeople: 32,
  license: 'Apache-2.0',
  source: 'trained for Limn on motion of the CMU Graphics Lab Motion Capture Database',
} as const satisfies ModelInfo;

/** What lifters take of every model whose keypoints contain them. */
export const LIFTER_KEYPOINTS = 'coco-17';

/** Of `LiftOptions`. */
export const DEFAULT_LIFT = { mirror: true, maximumGap: 15 } as const;
