import { concat } from '../../src/core/bytes.ts';
import { createRandom } from '../../src/core/numbers/random.ts';
import { bytesField, integerField, textField } from './write-graph-def.ts';

/** Writes ONNX networks, to be read again: the wire format of protobuf by hand (onnx/onnx.proto). */
export interface OnnxNodeWish {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  /** Whole numbers, or lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxTensorWish {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array | Int32Array | Int8Array | Uint8Array;
  /** The file that its numbers lie in, instead of this one. */
  readonly location?: string;
}

export interface OnnxPortWish {
  readonly name: string;
  /** A name stands for any size. */
  readonly shape: readonly (number | string)[];
  /** TensorProto.DataType; default 1, float32. */
  readonly type?: number;
}

export interface OnnxWish {
  readonly inputs: readonly OnnxPortWish[];
  readonly outputs: readonly OnnxPortWish[];
  readonly nodes: readonly OnnxNodeWish[];
  readonly weights?: readonly OnnxTensorWish[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly operatorSet?: number;
}

const [FLOAT, UINT8, INT8, INT32, INT64] = [1, 2, 3, 6, 7];
const [INT_ATTRIBUTE, INTS_ATTRIBUTE] = [2, 7];
const EXTERNAL = 1;

/** A length-delimited field of bytes that are megabytes. */
function largeField(number: number, content: Uint8Array): Uint8Array {
  // Its key and length are those of a field that has nothing in it but as many bytes: both are varints.
  const length = integerField(number, content.length).slice(integerField(number, 0).length - 1);
  return concat([Uint8Array.from([...bytesField(number, []).slice(0, -1), ...length]), content]);
}

export function writeOnnx(wish: OnnxWish): Uint8Array {
  const { inputs, outputs, nodes, weights = [], metadata = {}, operatorSet = 17 } = wish;
  const graph = concat([
    Uint8Array.from(nodes.flatMap((node) => bytesField(1, nodeBytes(node)))),
    Uint8Array.from(textField(2, 'graph')),
    ...weights.map((tensor) => largeField(5, tensorBytes(tensor))),
    Uint8Array.from(inputs.flatMap((port) => bytesField(11, portBytes(port)))),
    Uint8Array.from(outputs.flatMap((port) => bytesField(12, portBytes(port)))),
  ]);
  return concat([
    Uint8Array.from([...integerField(1, 8), ...textField(2, 'test')]),
    largeField(7, graph),
    Uint8Array.from([
      ...bytesField(8, integerField(2, operatorSet)),
      ...Object.entries(metadata).flatMap(([key, value]) =>
        bytesField(14, [...textField(1, key), ...textField(2, value)]),
      ),
    ]),
  ]);
}

function nodeBytes({ operator, inputs, outputs, domain, attributes = {} }: OnnxNodeWish): number[] {
  return [
    ...inputs.flatMap((name) => textField(1, name)),
    ...outputs.flatMap((name) => textField(2, name)),
    ...textField(3, outputs.join()),
    ...textField(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      bytesField(5, [
        ...textField(1, name),
        ...(typeof value === 'number'
          ? [...integerField(3, value), ...integerField(20, INT_ATTRIBUTE)]
          : [...value.flatMap((each) => integerField(8, each)), ...integerField(20, INTS_ATTRIBUTE)]),
      ]),
    ),
    ...(domain === undefined ? [] : textField(7, domain)),
  ];
}

function tensorBytes({ name, shape, values, location }: OnnxTensorWish): Uint8Array {
  const head = [
    ...shape.flatMap((size) => integerField(1, size)),
    ...integerField(2, typeOf(values)),
    ...textField(8, name),
  ];
  if (location !== undefined) {
    const where = bytesField(13, [...textField(1, 'location'), ...textField(2, location)]);
    return Uint8Array.from([...head, ...where, ...integerField(14, EXTERNAL)]);
  }
  const { buffer, byteOffset, byteLength } = values;
  return concat([Uint8Array.from(head), largeField(9, new Uint8Array(buffer, byteOffset, byteLength))]);
}

/** TensorProto.DataType. */
function typeOf(values: OnnxTensorWish['values']): number {
  if (values instanceof Float32Array) return FLOAT;
  if (values instanceof Uint8Array) return UINT8;
  if (values instanceof Int8Array) return INT8;
  return values instanceof Int32Array ? INT32 : INT64;
}

function portBytes({ name, shape, type = FLOAT }: OnnxPortWish): number[] {
  const dimensions = shape.flatMap((size) =>
    bytesField(1, typeof size === 'number' ? integerField(1, size) : textField(2, size)),
  );
  return [
    ...textField(1, name),
    ...bytesField(2, bytesField(1, [...integerField(1, type), ...bytesField(2, dimensions)])),
  ];
}

/** Weights between −`range` and `range`, the same for the same seed. */
export function randomWeights(
  name: string,
  shape: readonly number[],
  range: number,
  seed: number,
): OnnxTensorWish & { readonly values: Float32Array } {
  const random = createRandom(seed);
  const count = shape.reduce((product, size) => product * size, 1);
  return { name, shape, values: Float32Array.from({ length: count }, () => (2 * random() - 1) * range) };
}

/** The shape that another tensor gets. */
export function shapeOf(name: string, ...shape: readonly number[]): OnnxTensorWish {
  return { name, shape: [shape.length], values: BigInt64Array.from(shape, BigInt) };
}
