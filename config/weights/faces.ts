import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIrisNetwork } from './irises.ts';
import { packageFolder } from './package-folder.ts';
import { readPackedAsset } from './packed-assets.ts';

/**
 * MediaPipe's networks for faces, which LiteRT runs as they are: the detector for faces near and far, the mesh,
 * and irises.
 */
export const faceNetworks = {
  'face-detector': () =>
    readFile(join(packageFolder('@mediapipe/face_detection'), 'face_detection_full_range.tflite')),
  'face-landmarks': () =>
    readPackedAsset(
      join(packageFolder('@mediapipe/face_mesh'), 'face_mesh_solution_packed_assets.data'),
      'face_landmark.tflite',
    ),
  'face-irises': readIrisNetwork,
} as const;
