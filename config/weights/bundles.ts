import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { cached } from './cached.ts';
import { withDenseWeights } from './dense-weights.ts';
import { packageFolder, packageVersion } from './package-folder.ts';
import { readPackedAsset } from './packed-assets.ts';
import { type Normalization, withMetadata, writeModelMetadata } from './tflite-metadata.ts';

/** Raise when the way bundles are put together changes: cached ones are then made anew. */
const RECIPE_VERSION = 1;

/** Detectors of BlazePose take −1 … 1, all others 0 … 1 (MediaPipe's graphs, ImageToTensorCalculator). */
const SIGNED: Normalization = { mean: 127.5, standardDeviation: 127.5 };
const UNSIGNED: Normalization = { mean: 0, standardDeviation: 255 };

interface BundlePart {
  readonly entry: string;
  readonly package: '@mediapipe/pose' | '@mediapipe/hands';
  readonly file: string;
  /** Where the file is packed in, when it doesn't lie in the package by itself. */
  readonly packedIn?: string;
  readonly normalization: Normalization;
}

const poseDetector: BundlePart = {
  entry: 'pose_detector.tflite',
  package: '@mediapipe/pose',
  file: 'pose_detection.tflite',
  packedIn: 'pose_solution_packed_assets.data',
  normalization: SIGNED,
};

const poseLandmarks = (variant: 'lite' | 'full' | 'heavy'): BundlePart => ({
  entry: 'pose_landmarks_detector.tflite',
  package: '@mediapipe/pose',
  file: `pose_landmark_${variant}.tflite`,
  normalization: UNSIGNED,
});

/** The `.task` bundles that MediaPipe's tasks load, and what each is made of. */
export const bundles = {
  'pose-lite': [poseDetector, poseLandmarks('lite')],
  'pose-full': [poseDetector, poseLandmarks('full')],
  'pose-heavy': [poseDetector, poseLandmarks('heavy')],
  hands: [
    {
      entry: 'hand_detector.tflite',
      package: '@mediapipe/hands',
      file: 'palm_detection_full.tflite',
      packedIn: 'hands_solution_packed_assets.data',
      normalization: UNSIGNED,
    },
    {
      entry: 'hand_landmarks_detector.tflite',
      package: '@mediapipe/hands',
      file: 'hand_landmark_full.tflite',
      normalization: UNSIGNED,
    },
  ],
} as const satisfies Record<string, readonly BundlePart[]>;

export type BundleName = keyof typeof bundles;

/** The bundle's bytes: a ZIP with stored entries. Taken from the cache where the packages are unchanged. */
export async function readBundle(name: BundleName): Promise<Uint8Array> {
  const parts: readonly BundlePart[] = bundles[name];
  const versions = await Promise.all(parts.map((part) => packageVersion(part.package)));
  return cached(`${name}.task`, [RECIPE_VERSION, parts, versions], () => assemble(parts));
}

/** The detectors of bodies and of palms, each with dense weights, for GPUs. */
export const denseDetectors = {
  'pose-detector-dense': bundles['pose-lite'][0],
  'hand-detector-dense': bundles.hands[0],
} as const;

/** @throws if the package doesn't hold it */
export async function readDenseDetector(name: keyof typeof denseDetectors): Promise<Uint8Array> {
  return withDenseWeights(await readNetwork(denseDetectors[name]));
}

async function assemble(parts: readonly BundlePart[]): Promise<Uint8Array> {
  const entries: Record<string, Uint8Array> = {};
  for (const part of parts) {
    entries[part.entry] = withMetadata(await readNetwork(part), writeModelMetadata(part.normalization));
  }
  return zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) });
}

function readNetwork({ package: name, file, packedIn }: BundlePart): Promise<Uint8Array> {
  const folder = packageFolder(name);
  return packedIn ? readPackedAsset(join(folder, packedIn), file) : readFile(join(folder, file));
}
