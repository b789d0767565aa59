import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { channelsOf, type Graph } from '../../importers/graph.ts';
import { simplify } from '../../importers/passes/simplify.ts';
import { readTfjsHeads } from '../../importers/tfjs/tfjs.ts';
import { CHANNELS } from './decoder.ts';

/** The layers behind which the network's own graph decodes, in the decoder's order of channels. */
const HEADS = [
  'center_0/conv2d_4',
  'box_scale_0/conv2d_5',
  'box_offset_0/conv2d_6',
  'kpt_heatmap_0/conv2d_7',
  'kpt_regress_0/conv2d_8',
  'kpt_offset_0/conv2d_9',
].map((layer) => `StatefulPartitionedCall/${layer}/BiasAdd`);

/**
 * MoveNet multipose up to its heads: a picture of 0 … 255 in, RGB, maps of a quarter of its size out.
 *
 * @param json what its `model.json` holds
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readMultipose(json: unknown, files: readonly NamedBytes[], fileName: string): Graph {
  const graph = simplify(readTfjsHeads(json, files, fileName, HEADS));
  const channels = channelsOf(graph).get(graph.output);
  if (channels === CHANNELS) return graph;
  throw new LimnError(`${fileName} has ${channels} maps; MoveNet multipose has ${CHANNELS}.`);
}
