import { append } from '../../core/lists.ts';
import { consumersOf, type Graph, type GraphNode, nodesByName, type Operation } from '../graph.ts';

/** The same network with fewer steps: scales folded into the filters before them, activations into what they follow. */
export function simplify(graph: Graph): Graph {
  return fuseActivations(foldAffine(dropUnused(graph)));
}

/** Without nodes that the output doesn't depend on. */
export function dropUnused(graph: Graph): Graph {
  const byName = nodesByName(graph);
  const used = new Set<string>([graph.input]);
  const waiting = [graph.output];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name) && name !== graph.input) continue;
    used.add(name);
    append(waiting, byName.get(name)?.inputs ?? []);
  }
  return { ...graph, nodes: graph.nodes.filter(({ name }) => used.has(name)) };
}

/** Scale and shift behind a convolution become part of its filter and bias, where nobody else takes from it. */
export function foldAffine(graph: Graph): Graph {
  return merge(graph, (before, { operation }) => {
    if (operation.kind !== 'affine') return null;
    const { scale, shift, activation } = operation;
    const filtered = before.operation;
    if (filtered.kind !== 'convolution' && filtered.kind !== 'depthwise') return null;
    if (filtered.activation !== 'none') return null;
    const { filter, bias } = filtered;
    // Both kinds of filters have what comes out in their last place: out, or channels × times.
    const channels = scale.length;
    const values = filter.values.map((value, i) => value * (scale[i % channels] ?? 1));
    const newBias = shift.map((value, i) => value + (bias?.[i] ?? 0) * (scale[i] ?? 1));
    return { ...filtered, filter: { ...filter, values }, bias: newBias, activation };
  });
}

/** An activation becomes part of what it follows, where nobody else takes from that. */
export function fuseActivations(graph: Graph): Graph {
  return merge(graph, (before, { operation }) => {
    if (operation.kind !== 'activation') return null;
    const fused = before.operation;
    if (!('activation' in fused) || fused.activation !== 'none') return null;
    return { ...fused, activation: operation.activation } as Operation;
  });
}

/** Makes one node of two wherever `join` gives an operation for both. */
function merge(graph: Graph, join: (before: GraphNode, node: GraphNode) => Operation | null): Graph {
  const consumers = consumersOf(graph);
  const merged = new Map<string, GraphNode>();
  /** By the name of a node that has gone, that of the one that does its work. */
  const renamed = new Map<string, string>();
  for (const original of graph.nodes) {
    const node = { ...original, inputs: original.inputs.map((input) => renamed.get(input) ?? input) };
    const [source] = original.inputs;
    const before = merged.get(node.inputs[0] ?? '');
    const isAlone = source !== undefined && consumers.get(source)?.length === 1 && source !== graph.output;
    const operation = before && node.inputs.length === 1 && isAlone ? join(before, node) : null;
    if (before && operation) {
      merged.set(before.name, { ...before, operation });
      renamed.set(node.name, before.name);
    } else {
      merged.set(node.name, node);
    }
  }
  return {
    nodes: [...merged.values()],
    input: graph.input,
    output: renamed.get(graph.output) ?? graph.output,
  };
}
