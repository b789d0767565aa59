import type { Graph } from '../../src/importers/graph.ts';

/** A network as text that can be handed to a page, where `runOnEngine` reads it. */
export function toTextGraph(graph: Graph): string {
  return JSON.stringify(graph, (_, value: unknown) =>
    value instanceof Float32Array
      ? { floats: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
      : value,
  );
}
