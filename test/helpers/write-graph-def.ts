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

/** A varint field. */
export const integerField = (number: number, value: number): number[] => [
  ...varint(number * 8),
  ...varint(value),
];
/** A length-delimited field. */
export const bytesField = (number: number, content: Iterable<number>): number[] => {
  const all = [...content];
  return [...varint(number * 8 + 2), ...varint(all.length), ...all];
};
export const textField = (number: number, value: string): number[] =>
  bytesField(number, new TextEncoder().encode(value));

/** Floats one after the other, little-endian. */
export function floatBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function shapeOf(shape: readonly number[]): number[] {
  return shape.flatMap((size) => bytesField(2, integerField(1, size)));
}

function attribute(wish: AttributeWish): number[] {
  if (wish.text !== undefined) return textField(2, wish.text);
  if (wish.integer !== undefined) return integerField(3, wish.integer);
  if (wish.float !== undefined) {
    return [...varint(4 * 8 + 5), ...new Uint8Array(Float32Array.of(wish.float).buffer)];
  }
  if (wish.flag !== undefined) return integerField(5, wish.flag ? 1 : 0);
  if (wish.integers) return bytesField(1, bytesField(3, wish.integers.flatMap(varint)));
  if (wish.shape) return bytesField(7, shapeOf(wish.shape));
  if (!wish.tensor) return [];
  const { shape, values } = wish.tensor;
  const isFloat = values instanceof Float32Array;
  return bytesField(8, [
    ...integerField(1, isFloat ? 1 : 3),
    ...bytesField(2, shapeOf(shape)),
    ...bytesField(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

/** A GraphDef (tensorflow, tensorflow/core/framework/graph.proto). */
export function graphDef(nodes: readonly NodeWish[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    nodes.flatMap(({ name, op, inputs, attributes }) =>
      bytesField(1, [
        ...textField(1, name),
        ...textField(2, op),
        ...inputs.flatMap((input) => textField(3, input)),
        ...Object.entries(attributes).flatMap(([key, value]) =>
          bytesField(5, [...textField(1, key), ...bytesField(2, attribute(value))]),
        ),
      ]),
    ),
  );
}
