import type { TensorFlowNode } from './graph-def.ts';

/** A name that no layer of TensorFlow can have, for these begin with a letter, a digit or a point. */
export const JOINED_HEADS = '-heads';
const AXIS = '-heads/axis';

/** The nodes, and one behind them that joins the maps of some along the channels, in that order: {@link JOINED_HEADS}. */
export function joinHeads(nodes: readonly TensorFlowNode[], heads: readonly string[]): TensorFlowNode[] {
  const axis = { shape: [], values: Int32Array.of(3) };
  return [
    ...nodes,
    { name: AXIS, op: 'Const', inputs: [], attributes: new Map([['value', { tensor: axis }]]) },
    { name: JOINED_HEADS, op: 'ConcatV2', inputs: [...heads, AXIS], attributes: new Map() },
  ];
}
