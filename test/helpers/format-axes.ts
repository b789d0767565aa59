import type { ConventionId } from '../../src/formats/convention.ts';
import type { DataFormatId } from '../../src/formats/exporter.ts';

/* What formats' documents say of their units and axes: `docs/formats.md`. */

/** What turns metres with y up and z towards the viewer into a file's numbers, in the words of its documents. */
export const AXES = {
  'y up, z to the viewer': ([x, y, z]) => [x, y, z],
  // Turned by a quarter about x: a right-handed room of a laboratory.
  'z up, y away': ([x, y, z]) => [x, -z, y],
  // A camera's: OpenCV's, VideoPose3D's, MediaPipe's.
  'y down, z away': ([x, y, z]) => [x, -y, -z],
} as const satisfies Record<string, (place: readonly [number, number, number]) => number[]>;

/** A format in space as it is written. */
export interface SpaceFormat {
  readonly format: DataFormatId;
  readonly convention?: ConventionId;
  readonly axes: keyof typeof AXES;
  readonly perMetre: number;
  /** What the file itself says. */
  readonly says?: { readonly unit: string; readonly up: string };
  /** Metres. */
  readonly within: number;
}

export const SPACE_FORMATS: readonly SpaceFormat[] = [
  {
    format: 'trc',
    convention: 'mm-y-up',
    axes: 'y up, z to the viewer',
    perMetre: 1000,
    says: { unit: 'mm', up: 'y' },
    within: 2e-6,
  },
  {
    format: 'trc',
    convention: 'm-y-up',
    axes: 'y up, z to the viewer',
    perMetre: 1,
    says: { unit: 'm', up: 'y' },
    within: 2e-6,
  },
  {
    format: 'trc',
    convention: 'mm-z-up',
    axes: 'z up, y away',
    perMetre: 1000,
    says: { unit: 'mm', up: 'z' },
    within: 2e-6,
  },
  {
    format: 'c3d',
    convention: 'mm-y-up',
    axes: 'y up, z to the viewer',
    perMetre: 1000,
    says: { unit: 'mm', up: 'y' },
    within: 2e-6,
  },
  {
    format: 'c3d',
    convention: 'mm-z-up',
    axes: 'z up, y away',
    perMetre: 1000,
    says: { unit: 'mm', up: 'z' },
    within: 2e-6,
  },
  { format: 'viz-npy', axes: 'y down, z away', perMetre: 1, within: 1e-6 },
  { format: 'openpose-json', axes: 'y down, z away', perMetre: 1, within: 1e-5 },
  { format: 'limn-json', axes: 'y up, z to the viewer', perMetre: 1, within: 1e-5 },
  { format: 'npz', axes: 'y up, z to the viewer', perMetre: 1, within: 1e-6 },
  { format: 'csv', axes: 'y up, z to the viewer', perMetre: 1, within: 1e-5 },
  { format: 'csv-long', axes: 'y up, z to the viewer', perMetre: 1, within: 1e-5 },
];
export const BVH_FORMATS = [
  { convention: 'm-y-up', perMetre: 1, axes: 'y up, z to the viewer' },
  { convention: 'cm-y-up', perMetre: 100, axes: 'y up, z to the viewer' },
  { convention: 'm-z-up', perMetre: 1, axes: 'z up, y away' },
  { convention: 'cm-z-up', perMetre: 100, axes: 'z up, y away' },
] as const;
/** Formats with places in the picture: how near to what was measured, and whether the third number is the score. */
export const FLAT_FORMATS = [
  { format: 'openpose-json', within: 5e-6, hasScores: true },
  { format: 'openpose-jsonl', within: 5e-6, hasScores: true },
  { format: 'limn-json', within: 1e-6, hasScores: true },
  { format: 'csv', within: 1e-6, hasScores: true },
  { format: 'csv-long', within: 1e-6, hasScores: true },
  { format: 'coco', within: 1e-6, hasScores: true },
  { format: 'coco-annotations', within: 1e-6, hasScores: false },
  { format: 'npz', within: 1e-7, hasScores: true },
  { format: 'detectron-npz', within: 1e-7, hasScores: true },
  { format: 'vtt', within: 5e-6, hasScores: true },
] as const;
export const FLAT_KEYPOINTS = [
  'nose',
  'left_shoulder',
  'right_shoulder',
  'left_elbow',
  'left_wrist',
  'left_hip',
  'right_hip',
  'left_knee',
  'right_ankle',
] as const;
