import { readModel, type TfliteModel } from '../../src/importers/tflite/model.ts';
import { addBuffer, beginModel, MODEL_BUFFERS, MODEL_SUBGRAPHS, readModelRoot } from './tflite-schema.ts';

// Numbers in TensorFlow Lite's schema.fbs (v3).
const SUBGRAPH = { fields: 5, tensors: 0, operators: 3, references: [0, 1, 2, 3, 4] } as const;
const TENSOR = { shape: 0, buffer: 2, name: 3 } as const;
const BUFFER_DATA = 0;
const [DEQUANTIZE, DENSIFY] = [6, 124];

/**
 * Returns the network with its sparse and its half-precision weights as plain float32, and without the operators that made
 * them so: LiteRT's GPU delegate leaves those to the CPU, and then computes wrongly without an error.
 *
 * @throws if the bytes are no TensorFlow Lite model
 */
export function withDenseWeights(model: Uint8Array): Uint8Array {
  const old = readModelRoot(model);
  const network = readModel(model, 'The network');
  const { dropped, packed, constants } = findUnpacked(network);
  const [subgraph] = old.tables(MODEL_SUBGRAPHS);
  if (!subgraph) throw new Error('The model has no network in it.');

  const { front, fields } = beginModel(old, [MODEL_SUBGRAPHS, MODEL_BUFFERS]);
  const subgraphs = front.vector(1);
  front.pointTo(fields[MODEL_SUBGRAPHS] ?? -1, subgraphs);
  const graph = front.tableLike(
    subgraph,
    SUBGRAPH.fields,
    SUBGRAPH.references,
    new Map([
      [SUBGRAPH.tensors, null],
      [SUBGRAPH.operators, null],
    ]),
  );
  front.pointTo(subgraphs + 4, graph.position);
  const kept = subgraph.tables(SUBGRAPH.operators).filter((_, i) => !dropped.has(i));
  front.oldTables(graph.fields[SUBGRAPH.operators] ?? -1, kept);

  const oldTensors = subgraph.tables(SUBGRAPH.tensors);
  const oldBuffers = old.tables(MODEL_BUFFERS);
  let buffer = front.oldTables(fields[MODEL_BUFFERS] ?? -1, oldBuffers, constants.size);
  let bufferNumber = oldBuffers.length;
  const tensors = front.vector(oldTensors.length);
  front.pointTo(graph.fields[SUBGRAPH.tensors] ?? -1, tensors);
  for (const [i, tensor] of oldTensors.entries()) {
    const values = constants.get(i);
    if (!values) {
      front.pointToOld(tensors + 4 + 4 * i, tensor.position);
      continue;
    }
    // Type 0 is float32, the default.
    const dense = front.tableLike(
      tensor,
      TENSOR.name + 1,
      [TENSOR.shape, TENSOR.name],
      new Map([[TENSOR.buffer, bufferNumber++]]),
    );
    front.pointTo(tensors + 4 + 4 * i, dense.position);
    addBuffer(front, buffer, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    buffer += 4;
  }
  // What was packed stays behind, unused: as zeros it costs nothing on its way.
  const emptied = model.slice();
  for (const i of packed) {
    const data = oldBuffers[oldTensors[i]?.uint32(TENSOR.buffer) ?? 0]?.bytes(BUFFER_DATA);
    if (data) emptied.fill(0, data.start, data.end);
  }
  return front.join(emptied);
}

/**
 * Operators that only unpack constants, the packed tensors that nothing else reads, and the tensors that are constants
 * then; all by their positions.
 */
function findUnpacked({ operators, tensors }: TfliteModel): {
  readonly dropped: ReadonlySet<number>;
  readonly packed: ReadonlySet<number>;
  readonly constants: ReadonlyMap<number, Float32Array>;
} {
  const dropped = new Set<number>();
  const unpacked = new Map<number, Float32Array>();
  for (const [i, { code, inputs, outputs }] of operators.entries()) {
    const [input = -1, output = -1] = [inputs[0], outputs[0]];
    if (code !== DEQUANTIZE && code !== DENSIFY) continue;
    const values = unpacked.get(input) ?? tensors[input]?.constant?.();
    if (!values) continue;
    dropped.add(i);
    unpacked.set(output, values);
  }
  // What only dropped operators read needs no place in the file.
  const read = new Set(operators.flatMap(({ inputs }, i) => (dropped.has(i) ? [] : inputs)));
  const packed = new Set([...dropped].flatMap((i) => operators[i]?.inputs ?? []).filter((i) => !read.has(i)));
  return { dropped, packed, constants: new Map([...unpacked].filter(([tensor]) => read.has(tensor))) };
}
