import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import type { Backend } from '../engine-catalog.ts';

/** A product small enough to run anywhere and large enough for every backend to use its real kernels. */
const SIZE = 16;
/** Half-precision textures, which WebGL may use, hold about three digits. */
const TOLERANCE = 1e-2;

/**
 * Runs a small product of matrices on a TensorFlow.js backend and compares it with plain arithmetic.
 * Returns why the backend can't be used, `null` if it can.
 */
export async function testTfjsBackend(backend: Exclude<Backend, 'wasm'>): Promise<string | null> {
  try {
    if (!(await tf.setBackend(backend))) return 'TensorFlow.js could not start it';
    await tf.ready();
    const left = Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(i));
    const right = Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.cos(i));
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor2d(left, [SIZE, SIZE]), tf.tensor2d(right, [SIZE, SIZE])),
    );
    const values = await product.data();
    product.dispose();
    for (const [i, value] of values.entries()) {
      let expected = 0;
      for (let k = 0; k < SIZE; k++) {
        expected += (left[Math.floor(i / SIZE) * SIZE + k] ?? 0) * (right[k * SIZE + (i % SIZE)] ?? 0);
      }
      if (!(Math.abs(value - expected) <= TOLERANCE)) {
        return `it computes wrongly (${value} instead of ${expected})`;
      }
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
