import { toReason } from '../../../core/errors.ts';
import { pictureScalings } from '../../picture-scaling.ts';
import type { Accelerator, LiteRt } from '../../runtimes/litert.ts';
import { type LiteRtModel, runModel } from '../../runtimes/litert-model.ts';
import { compareMaps, faultOf, parityPicture } from '../../runtimes/parity.ts';

/**
 * The fastest way on the GPU that computes as WASM does.
 *
 * @param referenceBytes the same network as WASM wants it
 * @param shape of the network's input
 * @throws {Error} saying why none does
 */
export async function openOnGpu(
  liteRt: LiteRt,
  bytes: Uint8Array,
  referenceBytes: Uint8Array,
  shape: readonly number[],
): Promise<LiteRtModel> {
  const ways: readonly Accelerator[] = ['webgpu-half', 'webgpu'];
  const picture = parityPicture(shape[1] ?? 0, pictureScalings.unit);
  const reference = await liteRt.open(referenceBytes, shape, 'wasm');
  const reasons: string[] = [];
  try {
    const expected = await runModel(reference, picture);
    for (const way of ways) {
      try {
        return await openChecked(liteRt, bytes, shape, way, picture, expected);
      } catch (error) {
        reasons.push(toReason(error));
      }
    }
  } finally {
    reference.close();
  }
  throw new Error(reasons.at(-1));
}

/** A fixed picture through the network. @throws {Error} if it makes something else of it than the reference */
async function openChecked(
  liteRt: LiteRt,
  bytes: Uint8Array,
  shape: readonly number[],
  way: Accelerator,
  picture: Float32Array,
  expected: readonly Float32Array[],
): Promise<LiteRtModel> {
  const model = await liteRt.open(bytes, shape, way);
  try {
    const given = await runModel(model, picture);
    for (const [i, right] of expected.entries()) {
      // Lone numbers are probabilities, which are all but nothing for a picture of nobody: of those no share is to be had.
      const fault = right.length > 1 && faultOf(compareMaps(given[i] ?? new Float32Array(), right));
      if (fault) throw new Error(fault);
    }
    return model;
  } catch (error) {
    model.close();
    throw error;
  }
}
