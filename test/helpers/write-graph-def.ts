/** Writes TensorFlow graphs, to be read again: the wire format of protobuf by hand. */
export interface AttributeWish {
  readonly text?: string;
  readonly integer?: number;
  readonly float?: number;
  readonly flag?: boolean;
  readonly integers?: readonly number[];
  readonly shape?: readonly number[];
  readonly tensor?: { readonly shape: readonly number[]; readonly values: Float32Array | Int32Array };
}

export interface NodeWish {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeWish>>;
}

export function constant(
  name: string,
  shape: readonly number[],
  values: Float32Array | Int32Array,
): NodeWish {
  return { name, op: 'Const', inputs: [], attributes: { value: { tensor: { shape, values } } } };
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
}

const integer = (number: number, value: number): number[] => [...varint(number * 8), ...varint(value)];
const bytes = (number: number, content: Iterable<number>): number[] => {
  const all = [...content];
  return [...varint(number * 8 + 2), ...varint(all.length), ...all];
};
const text = (number: number, value: string): number[] => bytes(number, new TextEncoder().encode(value));

function shapeOf(shape: readonly number[]): number[] {
  return shape.flatMap((size) => bytes(2, integer(1, size)));
}

function attribute(wish: AttributeWish): number[] {
  if (wish.text !== undefined) return text(2, wish.text);
  if (wish.integer !== undefined) return integer(3, wish.integer);
  if (wish.float !== undefined) {
    return [...varint(4 * 8 + 5), ...new Uint8Array(Float32Array.of(wish.float).buffer)];
  }
  if (wish.flag !== undefined) return integer(5, wish.flag ? 1 : 0);
  if (wish.integers) return bytes(1, bytes(3, wish.integers.flatMap(varint)));
  if (wish.shape) return bytes(7, shapeOf(wish.shape));
  if (!wish.tensor) return [];
  const { shape, values } = wish.tensor;
  const isFloat = values instanceof Float32Array;
  return bytes(8, [
    ...integer(1, isFloat ? 1 : 3),
    ...bytes(2, shapeOf(shape)),
    ...bytes(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

/** A GraphDef (tensorflow, tensorflow/core/framework/graph.proto). */
export function graphDef(nodes: readonly NodeWish[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    nodes.flatMap(({ name, op, inputs, attributes }) =>
      bytes(1, [
        ...text(1, name),
        ...text(2, op),
        ...inputs.flatMap((input) => text(3, input)),
        ...Object.entries(attributes).flatMap(([key, value]) =>
          bytes(5, [...text(1, key), ...bytes(2, attribute(value))]),
        ),
      ]),
    ),
  );
}
