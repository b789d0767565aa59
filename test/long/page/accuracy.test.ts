import { describe } from 'vitest';
import { itFindsHands, itFindsLandmarks } from '../../helpers/expected-landmarks.ts';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { useLibrary } from '../../helpers/use-harness.ts';

const watched = useLibrary();

describe.skipIf(!hasSharedData)('on WebGL', () => {
  itFindsLandmarks(watched, 'webgl', ['mediapipe-pose-lite', 'mediapipe-pose-full', 'mediapipe-pose-heavy']);
  itFindsHands(watched, 'webgl');
});

describe.skipIf(!hasSharedData)('on WASM', () => {
  itFindsLandmarks(watched, 'wasm', ['mediapipe-pose-lite', 'mediapipe-pose-full', 'mediapipe-pose-heavy']);
  itFindsHands(watched, 'wasm');
});
