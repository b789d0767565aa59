import { createRandom } from '../../src/core/numbers/random.ts';
import type { CheckpointTensor, CheckpointTensors } from './write-checkpoint.ts';

export interface LifterShape {
  readonly widths: readonly number[];
  readonly channels: number;
  readonly jointsIn: number;
  readonly jointsOut: number;
  readonly isDense: boolean;
}

/** Random weights of VideoPose3D's architecture, by the names that its checkpoints have. */
export function randomLifter(
  { widths, channels, jointsIn, jointsOut, isDense }: LifterShape,
  seed = 1,
): CheckpointTensors {
  const random = createRandom(seed);
  const tensor = (shape: readonly number[], low: number, high: number): CheckpointTensor => ({
    shape,
    values: Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      () => low + (high - low) * random(),
    ),
  });
  const filter = (out: number, taken: number, width: number): CheckpointTensor => {
    const range = Math.sqrt(3 / (taken * width));
    return tensor([out, taken, width], -range, range);
  };
  const result: Record<string, CheckpointTensor> = {};
  const normalise = (name: string): void => {
    result[`${name}.weight`] = tensor([channels], 0.6, 1.4);
    result[`${name}.bias`] = tensor([channels], -0.3, 0.3);
    result[`${name}.running_mean`] = tensor([channels], -0.2, 0.2);
    result[`${name}.running_var`] = tensor([channels], 0.5, 1.5);
  };
  const [first = 3, ...later] = widths;
  result['expand_conv.weight'] = filter(channels, 2 * jointsIn, first);
  normalise('expand_bn');
  let seen = first;
  for (const [i, width] of later.entries()) {
    result[`layers_conv.${2 * i}.weight`] = filter(
      channels,
      channels,
      isDense ? (width - 1) * seen + 1 : width,
    );
    result[`layers_conv.${2 * i + 1}.weight`] = filter(channels, channels, 1);
    normalise(`layers_bn.${2 * i}`);
    normalise(`layers_bn.${2 * i + 1}`);
    seen *= width;
  }
  result['shrink.weight'] = filter(3 * jointsOut, channels, 1);
  result['shrink.bias'] = tensor([3 * jointsOut], -0.1, 0.1);
  return result;
}

/**
 * What such a network gives, frame by frame from the definition: no graph, no folded normalisation. Slow.
 *
 * @param input a row a frame; edge frames repeated as the network's padding wants
 */
export function evaluateLifter(
  tensors: CheckpointTensors,
  { widths, isDense }: Pick<LifterShape, 'widths' | 'isDense'>,
  isCausal: boolean,
  input: readonly (readonly number[])[],
): number[][] {
  const get = (name: string): CheckpointTensor => {
    const found = tensors[name];
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const convolve = (rows: readonly (readonly number[])[], name: string, dilation: number): number[][] => {
    const { shape, values } = get(`${name}.weight`);
    const [out = 0, taken = 0, width = 0] = shape;
    const length = rows.length - (width - 1) * dilation;
    return Array.from({ length }, (_, t) =>
      Array.from({ length: out }, (_, o) => {
        let sum = tensors[`${name}.bias`]?.values[o] ?? 0;
        for (let c = 0; c < taken; c++) {
          for (let k = 0; k < width; k++) {
            sum += (values[(o * taken + c) * width + k] ?? 0) * (rows[t + k * dilation]?.[c] ?? 0);
          }
        }
        return sum;
      }),
    );
  };
  const normalise = (rows: readonly (readonly number[])[], name: string): number[][] => {
    const part = (each: string): Float32Array => get(`${name}.${each}`).values;
    const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(part);
    return rows.map((row) =>
      row.map((value, c) =>
        Math.max(
          0,
          ((value - (mean?.[c] ?? 0)) / Math.sqrt((variance?.[c] ?? 0) + 1e-5)) * (scale?.[c] ?? 0) +
            (shift?.[c] ?? 0),
        ),
      ),
    );
  };
  const [first = 3, ...later] = widths;
  let rows = normalise(convolve(input, 'expand_conv', 1), 'expand_bn');
  let seen = first;
  for (const [i, width] of later.entries()) {
    const reach = (width - 1) * seen;
    const wide = normalise(convolve(rows, `layers_conv.${2 * i}`, isDense ? 1 : seen), `layers_bn.${2 * i}`);
    const narrow = normalise(convolve(wide, `layers_conv.${2 * i + 1}`, 1), `layers_bn.${2 * i + 1}`);
    const from = isCausal ? reach : reach / 2;
    rows = narrow.map((row, t) => row.map((value, c) => value + (rows[t + from]?.[c] ?? 0)));
    seen *= width;
  }
  return convolve(rows, 'shrink', 1);
}
