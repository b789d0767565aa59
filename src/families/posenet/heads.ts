import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { channelsOf, type Graph } from '../../importers/graph.ts';
import { simplify } from '../../importers/passes/simplify.ts';
import { shapesOf } from '../../importers/shapes.ts';
import { readTfjsHeads } from '../../importers/tfjs/tfjs.ts';
import { HEAD_CHANNELS } from './decoder.ts';

/** The layers whose maps come out of a PoseNet with MobileNet, in the decoder's order of channels. */
const HEADS = ['heatmap_2', 'offset_2', 'displacement_fwd_2', 'displacement_bwd_2'].map(
  (layer) => `MobilenetV1/${layer}/BiasAdd`,
);
/** Its makers' networks (tfjs-models, pose-detection/src/posenet/constants.ts, VALID_OUTPUT_STRIDES). */
const STRIDES: readonly number[] = [8, 16, 32];
/** A picture of this side, less a pixel, is a multiple of every stride. */
const PROBED_SIDE = 4 * 32 + 1;

const schema = v.object({
  modelTopology: v.object({ node: v.array(v.object({ name: v.string() })) }),
});

/** Is a `model.json` a PoseNet with MobileNet? Told by the layers that come out of it. */
export function isPoseNet(json: unknown): boolean {
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) return false;
  const names = new Set(parsed.output.modelTopology.node.map(({ name }) => name));
  return HEADS.every((head) => names.has(head));
}

/** PoseNet's heads, joined along the channels. */
export interface PoseNetGraph {
  readonly graph: Graph;
  /** Pixels of the network's picture from cell to cell of its maps. */
  readonly stride: number;
}

/**
 * PoseNet up to its heads: a picture of −1 … 1 in, RGB, with sides that are a multiple of the stride and one more.
 *
 * @param json what its `model.json` holds
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readPoseNet(json: unknown, files: readonly NamedBytes[], fileName: string): PoseNetGraph {
  const whole = readTfjsHeads(json, files, fileName, HEADS);
  const channels = channelsOf(whole);
  for (const [i, head] of HEADS.entries()) {
    if (channels.get(head) !== HEAD_CHANNELS[i])
      throw new LimnError(
        `Layer ${head} of ${fileName} has ${channels.get(head)} maps; PoseNet has ${HEAD_CHANNELS[i]} there.`,
      );
  }
  const graph = simplify(whole);
  const cells = shapesOf(graph, PROBED_SIDE, PROBED_SIDE).get(graph.output)?.height ?? 0;
  const stride = (PROBED_SIDE - 1) / (cells - 1);
  if (STRIDES.includes(stride)) return { graph, stride };
  throw new LimnError(
    `${fileName} gives ${cells} × ${cells} cells of a picture of ${PROBED_SIDE} × ${PROBED_SIDE}: PoseNet's are ${STRIDES.join(', ')} pixels apart.`,
  );
}
