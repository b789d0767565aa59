import { LimnError } from '../../core/errors.ts';
import { fromHalf } from '../../core/numbers/half-float.ts';
import { FlatTable } from '../wire/flatbuffer.ts';
import { placesOfSparse } from './sparse.ts';

// Numbers of fields and kinds: tensorflow, tensorflow/compiler/mlir/lite/schema/schema.fbs.
const IDENTIFIER = [0x54, 0x46, 0x4c, 0x33];
const MODEL = { codes: 1, subgraphs: 2, buffers: 4 } as const;
const CODE = { old: 0, current: 3 } as const;
const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4, sparsity: 6 } as const;
const QUANTIZATION = { scale: 2, zeroPoint: 3, axis: 6 } as const;
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4 } as const;
const BUFFER_DATA = 0;
const MAXIMUM_NUMBERS = 2 ** 27;

/** Bytes of a number of each kind, and how it is read. */
interface NumberType {
  readonly size: number;
  readonly read: (view: DataView, at: number) => number;
}
const TYPES: Readonly<Record<number, NumberType>> = {
  0: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  1: { size: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  2: { size: 4, read: (view, at) => view.getInt32(at, true) },
  3: { size: 1, read: (view, at) => view.getUint8(at) },
  4: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  9: { size: 1, read: (view, at) => view.getInt8(at) },
};

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** `null`: it is computed. */
  readonly constant: (() => Float32Array) | null;
}

export interface TfliteOperator {
  /** As schema.fbs numbers them. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable | null;
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** What is in a TFLite file; weights of 8 or 16 bits are made floats when they are asked for. @throws {LimnError} */
export function readModel(bytes: Uint8Array, fileName: string): TfliteModel {
  if (!IDENTIFIER.every((byte, i) => bytes[4 + i] === byte)) {
    throw new LimnError(`${fileName} is no TFLite file: it doesn't begin as one.`);
  }
  const model = FlatTable.root(bytes, fileName);
  const [graph] = model.tables(MODEL.subgraphs);
  if (!graph) throw new LimnError(`${fileName} has no network in it.`);
  const codes = model
    .tables(MODEL.codes)
    .map((code) => Math.max(code.integer(CODE.old, 1), code.integer(CODE.current, 4)));
  const buffers = model.tables(MODEL.buffers);
  const tensors = graph.tables(SUBGRAPH.tensors).map((tensor) => readTensor(tensor, buffers, fileName));
  const operators = graph.tables(SUBGRAPH.operators).map(
    (operator): TfliteOperator => ({
      code: codes[operator.integer(OPERATOR.code, 4)] ?? -1,
      inputs: operator.integers(OPERATOR.inputs),
      outputs: operator.integers(OPERATOR.outputs),
      options: operator.table(OPERATOR.options),
    }),
  );
  return {
    tensors,
    operators,
    inputs: graph.integers(SUBGRAPH.inputs),
    outputs: graph.integers(SUBGRAPH.outputs),
  };
}

function readTensor(tensor: FlatTable, buffers: readonly FlatTable[], fileName: string): TfliteTensor {
  const name = tensor.text(TENSOR.name);
  const shape = tensor.integers(TENSOR.shape);
  const content = buffers[tensor.integer(TENSOR.buffer, 4)]?.bytes(BUFFER_DATA) ?? new Uint8Array(0);
  const read = (): Float32Array => {
    const where = `Tensor ${name} of ${fileName}`;
    const type = TYPES[tensor.integer(TENSOR.type, 1)];
    if (!type) throw new LimnError(`${where} has numbers of a kind that Limn does not read.`);
    const count = shape.reduce((product, size) => product * size, 1);
    const sparsity = tensor.table(TENSOR.sparsity);
    if (count >= 0 && count <= MAXIMUM_NUMBERS && sparsity) {
      return dequantize(
        readSparse(sparsity, shape, content, type, where),
        shape,
        tensor.table(TENSOR.quantization),
      );
    }
    if (!(count >= 0 && count <= MAXIMUM_NUMBERS) || count * type.size !== content.length) {
      throw new LimnError(
        `${where} has ${content.length} bytes where ${shape.join(' × ')} numbers are to be: it is damaged.`,
      );
    }
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    const values = Float32Array.from({ length: count }, (_, i) => type.read(view, i * type.size));
    return dequantize(values, shape, tensor.table(TENSOR.quantization));
  };
  return { name, shape, constant: content.length > 0 ? read : null };
}

/** Numbers that aren't in the file are 0. */
function readSparse(
  sparsity: FlatTable,
  shape: readonly number[],
  content: Uint8Array,
  type: NumberType,
  where: string,
): Float32Array {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const places = placesOfSparse(sparsity, shape, Math.floor(content.length / type.size), where);
  for (const [i, place] of places.entries()) values[place] = type.read(view, i * type.size);
  return values;
}

/** (stored − zero point) · scale, for the whole tensor or along an axis. */
function dequantize(
  values: Float32Array,
  shape: readonly number[],
  quantization: FlatTable | null,
): Float32Array {
  const scales = quantization?.floats(QUANTIZATION.scale) ?? [];
  if (scales.length === 0) return values;
  const zeros = quantization?.longs(QUANTIZATION.zeroPoint) ?? [];
  const axis = quantization?.integer(QUANTIZATION.axis, 4) ?? 0;
  const after = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return values.map((value, i) => {
    const channel = scales.length === 1 ? 0 : Math.floor(i / after) % scales.length;
    return (value - (zeros[channel] ?? zeros[0] ?? 0)) * (scales[channel] ?? 1);
  });
}
