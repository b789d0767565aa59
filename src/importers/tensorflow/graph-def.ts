import { LimnError } from '../../core/errors.ts';
import { floatsOf, integersOf, readFields, textOf } from '../wire/protobuf.ts';

/** A constant out of the file. */
export interface ConstTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export interface TensorFlowNode {
  readonly name: string;
  readonly op: string;
  /** As written: `^name` waits only, `name:1` is the second of several outputs. */
  readonly inputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A value of an attribute; which one it has depends on the attribute. */
export interface Attribute {
  readonly text?: string;
  readonly integer?: number;
  readonly float?: number;
  readonly flag?: boolean;
  readonly integers?: readonly number[];
  readonly texts?: readonly string[];
  readonly tensor?: ConstTensor;
  /** −1: any. */
  readonly shape?: readonly number[];
}

// Numbers of the fields: tensorflow, tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape}.proto.
const GRAPH_NODE = 1;
const NODE = { name: 1, op: 2, input: 3, attribute: 5 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const VALUE = { list: 1, text: 2, integer: 3, float: 4, flag: 5, shape: 7, tensor: 8 } as const;
const LIST_TEXTS = 2;
const LIST_INTEGERS = 3;
const TENSOR = { type: 1, shape: 2, content: 4, floats: 5, integers: 7, longs: 10 } as const;
const SHAPE_DIMENSION = 2;
const DIMENSION_SIZE = 1;
const FLOAT = 1;
const INT_32 = 3;
const INT_64 = 9;
/** More numbers than any network of this kind has: a damaged size doesn't ask for gigabytes. */
const MAXIMUM_NUMBERS = 2 ** 27;
const MAXIMUM_NODES = 100_000;

/** The nodes of a TensorFlow graph, as they stand in the file. @throws {LimnError} naming file and fault */
export function readGraphDef(bytes: Uint8Array, fileName: string): TensorFlowNode[] {
  const nodes: TensorFlowNode[] = [];
  for (const field of readFields(bytes, fileName)) {
    if (field.number !== GRAPH_NODE || field.type !== 'bytes') continue;
    nodes.push(readNode(field.bytes, fileName));
    if (nodes.length > MAXIMUM_NODES) throw new LimnError(`${fileName} has over ${MAXIMUM_NODES} layers.`);
  }
  if (nodes.length === 0)
    throw new LimnError(`${fileName} is no TensorFlow graph: there are no layers in it.`);
  return nodes;
}

function readNode(bytes: Uint8Array, fileName: string): TensorFlowNode {
  let name = '';
  let op = '';
  const inputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  for (const field of readFields(bytes, `A layer of ${fileName}`)) {
    if (field.number === NODE.name) name = textOf(field);
    else if (field.number === NODE.op) op = textOf(field);
    else if (field.number === NODE.input) inputs.push(textOf(field));
    else if (field.number === NODE.attribute) {
      let key = '';
      let value: Attribute = {};
      for (const part of readFields(field.bytes, `Layer ${name} of ${fileName}`)) {
        if (part.number === ENTRY.key) key = textOf(part);
        else if (part.number === ENTRY.value)
          value = readAttribute(part.bytes, `Layer ${name} of ${fileName}`);
      }
      attributes.set(key, value);
    }
  }
  return { name, op, inputs, attributes };
}

function readAttribute(bytes: Uint8Array, where: string): Attribute {
  let attribute: Attribute = {};
  for (const field of readFields(bytes, where)) {
    switch (field.number) {
      case VALUE.text:
        attribute = { text: textOf(field) };
        break;
      case VALUE.integer:
        attribute = { integer: field.integer };
        break;
      case VALUE.float:
        attribute = { float: floatsOf(field)[0] ?? 0 };
        break;
      case VALUE.flag:
        attribute = { flag: field.integer !== 0 };
        break;
      case VALUE.shape:
        attribute = { shape: readShape(field.bytes, where) };
        break;
      case VALUE.tensor:
        attribute = { tensor: readTensor(field.bytes, where) };
        break;
      case VALUE.list: {
        const parts = [...readFields(field.bytes, where)];
        const integers = parts.filter(({ number }) => number === LIST_INTEGERS).flatMap(integersOf);
        const texts = parts.filter(({ number }) => number === LIST_TEXTS).map(textOf);
        attribute = { integers, ...(texts.length > 0 && { texts }) };
        break;
      }
    }
  }
  return attribute;
}

function readShape(bytes: Uint8Array, where: string): number[] {
  return [...readFields(bytes, where)]
    .filter(({ number }) => number === SHAPE_DIMENSION)
    .map((dimension) => {
      const size = [...readFields(dimension.bytes, where)].find(({ number }) => number === DIMENSION_SIZE);
      return size?.integer ?? 0;
    });
}

function readTensor(bytes: Uint8Array, where: string): ConstTensor {
  let type = 0;
  let shape: readonly number[] = [];
  let content: Uint8Array | null = null;
  const floats: number[] = [];
  const integers: number[] = [];
  for (const field of readFields(bytes, where)) {
    if (field.number === TENSOR.type) type = field.integer;
    else if (field.number === TENSOR.shape) shape = readShape(field.bytes, where);
    else if (field.number === TENSOR.content) content = field.bytes;
    else if (field.number === TENSOR.floats) append(floats, floatsOf(field));
    else if (field.number === TENSOR.integers || field.number === TENSOR.longs)
      append(integers, integersOf(field));
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (!(count >= 0 && count <= MAXIMUM_NUMBERS)) {
    throw new LimnError(`${where} has a constant of ${shape.join(' × ')} numbers: it is damaged.`);
  }
  const spread = (given: readonly number[]): readonly number[] | null => {
    if (given.length === count) return given;
    // A single number stands for all.
    return given.length === 1 ? new Array<number>(count).fill(given[0] ?? 0) : null;
  };
  const values =
    type === FLOAT
      ? content
        ? floatsOf({ bytes: content, number: 0, integer: 0, type: 'bytes' })
        : Float32Array.from(spread(floats) ?? [])
      : type === INT_32 || type === INT_64
        ? content
          ? integersInContent(content, type === INT_64)
          : Int32Array.from(spread(integers) ?? [])
        : null;
  if (!values) {
    throw new LimnError(
      `${where} has numbers of TensorFlow's type ${type}; Limn reads floats and integers of 32 bits.`,
    );
  }
  if (values.length !== count) {
    throw new LimnError(
      `${where} has ${values.length} numbers where ${shape.join(' × ')} are to be: it is damaged.`,
    );
  }
  return { shape, values };
}

function integersInContent(content: Uint8Array, isLong: boolean): Int32Array {
  const size = isLong ? 8 : 4;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return Int32Array.from({ length: Math.floor(content.length / size) }, (_, i) =>
    isLong ? Number(view.getBigInt64(i * size, true)) : view.getInt32(i * size, true),
  );
}

/** Without a call of as many arguments as there are numbers. */
function append(target: number[], values: Iterable<number>): void {
  for (const value of values) target.push(value);
}
