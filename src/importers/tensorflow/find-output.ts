import { LimnError } from '../../core/errors.ts';
import { refuseKnown } from '../recognize/known-models.ts';
import type { TensorFlowNode } from './graph-def.ts';

/** Layers that work on shapes, not on maps. */
const SHAPING = new Set(['Shape', 'StridedSlice', 'Slice', 'Pack', 'Const', 'Cast']);

/** The one map that nobody takes from. */
export function findOutput(
  nodes: readonly TensorFlowNode[],
  byName: ReadonlyMap<string, TensorFlowNode>,
  fileName: string,
): string {
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs.map(nameOf)));
  const ends = nodes.filter(({ name, op }) => !taken.has(name) && !SHAPING.has(op) && op !== 'NoOp');
  refuseKnown({ inputs: [], outputs: [], outputNames: ends.map(({ name }) => name) }, fileName);
  const last = ends.at(-1);
  if (!last || !byName.has(last.name)) {
    throw new LimnError(`${fileName} has no layer whose maps come out: every one is taken by another.`);
  }
  // Of several ends, the last joins what those before it give, as these networks are written.
  return last.name;
}

/** Without the mark of waiting, and of which output. */
export function nameOf(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}
