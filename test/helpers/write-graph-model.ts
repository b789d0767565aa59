import type { NodeWish } from './write-graph-def.ts';

export interface GraphModelFiles {
  readonly json: unknown;
  readonly shard: Uint8Array;
}

/** The same nodes as a graph model of TensorFlow.js, its floats stored in one of the ways that there are. */
export function graphModel(
  nodes: readonly NodeWish[],
  type: 'float32' | 'float16' | 'uint8',
): GraphModelFiles {
  const weights: unknown[] = [];
  const parts: Uint8Array[] = [];
  const node = nodes.map(({ name, op, inputs, attributes }) => {
    const attr: Record<string, unknown> = {};
    for (const [key, wish] of Object.entries(attributes)) {
      const { text, integer, float, flag, integers, shape, tensor } = wish;
      if (tensor) {
        const { bytes, spec } = store(tensor.values, type);
        weights.push({ name, shape: tensor.shape, ...spec });
        parts.push(bytes);
      }
      if (text !== undefined) attr[key] = { s: Buffer.from(text).toString('base64') };
      if (integer !== undefined) attr[key] = { i: String(integer) };
      if (float !== undefined) attr[key] = { f: float };
      if (flag !== undefined) attr[key] = { b: flag };
      if (integers) attr[key] = { list: { i: integers.map(String) } };
      if (shape) attr[key] = { shape: { dim: shape.map((size) => ({ size: String(size) })) } };
    }
    return { name, op, input: inputs, attr };
  });
  return {
    json: {
      format: 'graph-model',
      modelTopology: { node, versions: {} },
      weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }],
    },
    shard: Buffer.concat(parts),
  };
}

function store(
  values: Float32Array | Int32Array,
  type: 'float32' | 'float16' | 'uint8',
): { bytes: Uint8Array; spec: object } {
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  if (values instanceof Int32Array) return { bytes, spec: { dtype: 'int32' } };
  if (type === 'float32' || values.length === 0) return { bytes, spec: { dtype: 'float32' } };
  if (type === 'float16') {
    const halves = Uint16Array.from(values, toHalf);
    const spec = { dtype: 'float32', quantization: { dtype: 'float16', original_dtype: 'float32' } };
    return { bytes: new Uint8Array(halves.buffer), spec };
  }
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const scale = (max - min) / 255 || 1;
  const quantization = { dtype: 'uint8', min, scale, original_dtype: 'float32' };
  return {
    bytes: Uint8Array.from(values, (value) => Math.round((value - min) / scale)),
    spec: { dtype: 'float32', quantization },
  };
}

/** IEEE 754 half precision, of numbers that are neither tiny nor huge. */
function toHalf(value: number): number {
  if (Math.abs(value) < 2 ** -14) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const mantissa = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return ((value < 0 ? 1 : 0) << 15) | ((exponent + 15) << 10) | Math.min(1023, mantissa);
}
