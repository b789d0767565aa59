import type { Builder, Offset } from 'flatbuffers';
import type { Activation } from '../graph.ts';

/*
 * The tables of a TFLite file, as a flatbuffer has them.
 */

// Numbers of operators, options and fields: tensorflow, tensorflow/compiler/mlir/lite/schema/schema.fbs.
export const IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;
export const FLOAT_32 = 0;
export const INT_32 = 2;
export const OPERATORS = {
  add: 0,
  averagePool: 1,
  concatenation: 2,
  convolution: 3,
  depthwise: 4,
  maxPool: 17,
  multiply: 18,
  relu: 19,
  relu6: 21,
  resizeBilinear: 23,
  pad: 34,
  mean: 40,
  subtract: 41,
  prelu: 54,
  slice: 65,
  transposed: 67,
  inverseRoot: 76,
} as const;
export type Operator = keyof typeof OPERATORS;
export const OPTIONS = {
  convolution: 1,
  depthwise: 2,
  pool: 5,
  concatenation: 10,
  add: 11,
  resizeBilinear: 15,
  multiply: 21,
  pad: 22,
  reducer: 27,
  subtract: 28,
  slice: 48,
  transposed: 49,
} as const;
export const ACTIVATIONS: Readonly<Record<Activation, number>> = { none: 0, relu: 1, relu6: 3 };
/** XNNPACK reads weights in place, and wants them aligned. */
const BUFFER_ALIGNMENT = 16;

export interface WrittenOperator {
  readonly operator: Operator;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: { readonly type: number; readonly write: (builder: Builder) => Offset } | null;
}

export interface WrittenTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  /** Position among the buffers; 0: it has no content. */
  readonly buffer: number;
}

export function withActivation(
  type: number,
  fields: number,
  activation: Activation,
): WrittenOperator['options'] {
  return {
    type,
    write: (builder) => {
      builder.startObject(fields);
      builder.addFieldInt8(0, ACTIVATIONS[activation], 0);
      return builder.endObject();
    },
  };
}

export function empty(type: number): WrittenOperator['options'] {
  return {
    type,
    write: (builder) => {
      builder.startObject(0);
      return builder.endObject();
    },
  };
}

export const keepDimensions: WrittenOperator['options'] = {
  type: OPTIONS.reducer,
  write: (builder) => {
    builder.startObject(1);
    builder.addFieldInt8(0, 1, 0);
    return builder.endObject();
  },
};

export function integers(builder: Builder, values: readonly number[]): Offset {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addInt32(value);
  return builder.endVector();
}

export function writeCode(builder: Builder, code: number): Offset {
  builder.startObject(4);
  // All of these are below 127, where both fields hold the same.
  builder.addFieldInt8(0, code, 0);
  builder.addFieldInt32(2, 1, 1);
  builder.addFieldInt32(3, code, 0);
  return builder.endObject();
}

export function writeTensor(builder: Builder, { name, shape, type, buffer }: WrittenTensor): Offset {
  const [shapeAt, nameAt] = [integers(builder, shape), builder.createString(name)];
  builder.startObject(8);
  builder.addFieldOffset(0, shapeAt, 0);
  builder.addFieldInt8(1, type, 0);
  builder.addFieldInt32(2, buffer, 0);
  builder.addFieldOffset(3, nameAt, 0);
  return builder.endObject();
}

export function writeOperator(
  builder: Builder,
  { inputs, output, options }: WrittenOperator,
  code: number,
): Offset {
  const [inputsAt, outputsAt] = [integers(builder, inputs), integers(builder, [output])];
  const optionsAt = options?.write(builder) ?? 0;
  builder.startObject(9);
  builder.addFieldInt32(0, code, 0);
  builder.addFieldOffset(1, inputsAt, 0);
  builder.addFieldOffset(2, outputsAt, 0);
  if (options) {
    builder.addFieldInt8(3, options.type, 0);
    builder.addFieldOffset(4, optionsAt, 0);
  }
  return builder.endObject();
}

export function writeBuffer(builder: Builder, content: Uint8Array): Offset {
  let contentAt = 0;
  if (content.length > 0) {
    builder.prep(BUFFER_ALIGNMENT, content.length);
    contentAt = builder.createByteVector(content);
  }
  builder.startObject(1);
  if (contentAt !== 0) builder.addFieldOffset(0, contentAt, 0);
  return builder.endObject();
}
