import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { headsModelFiles } from './heads-model.ts';

/** The six heads and their channels, as MoveNet multipose has them. */
const HEADS = [
  ['center_0/conv2d_4', 1],
  ['box_scale_0/conv2d_5', 2],
  ['box_offset_0/conv2d_6', 2],
  ['kpt_heatmap_0/conv2d_7', 17],
  ['kpt_regress_0/conv2d_8', 34],
  ['kpt_offset_0/conv2d_9', 34],
] as const;

/** A model in MoveNet multipose's form (its input, its heads, TensorFlow.js' graph model) with random weights, up to its heads. */
export function multiposeFiles(): NamedBytes[] {
  return headsModelFiles({
    heads: HEADS.map(([name, channels]) => [`StatefulPartitionedCall/${name}`, channels]),
    strides: [4],
    outputs: { output_0: [1, 6, 56] },
  });
}
