import { toHalf } from '../../src/core/numbers/half-float.ts';
import { extentOf, type Manifest, type NetworkFile } from '../../src/importers/tfjs/manifest.ts';

/** The largest number of 16 bits. */
const LARGEST_HALF = 65504;

/**
 * The weights of a TensorFlow.js model in one file, filters in half precision, as TensorFlow.js' converter writes them
 * with `--quantize_float16`. Numbers of one dimension (biases, means, variances) stay as they are: there are few of them,
 * and some are too small for 16 bits.
 *
 * @param manifest of one group of shards, in the order of which `shards` are
 * @param path of the one file, as the new manifest names it
 * @throws if a number doesn't fit into 16 bits
 */
export function toHalfPrecision(
  manifest: Manifest,
  shards: readonly NetworkFile[],
  path: string,
): { readonly manifest: Manifest; readonly bytes: Uint8Array } {
  const source = Buffer.concat(shards.map(({ bytes }) => bytes));
  const parts: Uint8Array[] = [];
  let at = 0;
  const weights = manifest
    .flatMap((group) => group.weights)
    .map((spec) => {
      const { count, bytes } = extentOf(spec, path);
      const part = source.subarray(at, at + bytes);
      at += bytes;
      if (spec.dtype !== 'float32' || spec.quantization || spec.shape.length < 2) {
        parts.push(part);
        return spec;
      }
      parts.push(halve(part, count, spec.name));
      return { ...spec, quantization: { dtype: 'float16' } };
    });
  return { manifest: [{ paths: [path], weights }], bytes: Buffer.concat(parts) };
}

function halve(part: Uint8Array, count: number, name: string): Uint8Array {
  const from = new DataView(part.buffer, part.byteOffset, part.byteLength);
  const halves = new DataView(new ArrayBuffer(count * Uint16Array.BYTES_PER_ELEMENT));
  for (let i = 0; i < count; i++) {
    const value = from.getFloat32(i * Float32Array.BYTES_PER_ELEMENT, true);
    if (!(Math.abs(value) <= LARGEST_HALF))
      throw new Error(`${name} has ${value}, which 16 bits don't hold.`);
    halves.setUint16(i * Uint16Array.BYTES_PER_ELEMENT, toHalf(value), true);
  }
  return new Uint8Array(halves.buffer);
}
