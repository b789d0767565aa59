import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { headsModelFiles } from './heads-model.ts';

/** The four heads and their channels, as PoseNet has them. */
const HEADS = [
  ['heatmap_2', 17],
  ['offset_2', 34],
  ['displacement_fwd_2', 32],
  ['displacement_bwd_2', 32],
] as const;

/** A model in PoseNet's form with random weights, of a stride, with what it is built on in its layers' names. */
export function poseNetFiles(stride = 16, scope = 'MobilenetV1', offsets = 34): NamedBytes[] {
  const heads = HEADS.map(([name, channels]) => [name, channels === 34 ? offsets : channels] as const);
  return headsModelFiles({
    heads: heads.map(([name, channels]) => [`${scope}/${name}`, channels]),
    strides: [4, stride / 4],
    outputs: Object.fromEntries(
      heads.map(([name, channels]) => [`${scope}/${name}/BiasAdd:0`, [1, 25, 25, channels]]),
    ),
  });
}
