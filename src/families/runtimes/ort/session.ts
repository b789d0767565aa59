import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { fromHalf, toHalf } from '../../../core/numbers/half-float.ts';
import { EngineLostError } from '../../estimator.ts';

/** What comes out of a network under one name. */
export interface OrtOutput {
  readonly shape: readonly number[];
  /** Whatever type they had in the network. */
  readonly values: Float32Array;
}

/** An ONNX network at work on an engine. Whoever opens it closes it. */
export interface OrtSession {
  /**
   * What the network makes of some pictures.
   *
   * @param shape of the input: pictures, channels, rows, columns
   * @param values as many numbers as that; a network that takes floats of 16 bits gets them rounded
   * @returns by name, all that was asked for when it was opened
   * @throws {EngineLostError} if the device was lost, {Error} if the session was closed, else what ONNX Runtime throws
   */
  run(values: Float32Array, shape: readonly number[]): Promise<ReadonlyMap<string, OrtOutput>>;
  /** What the last run took, with its numbers' way in and out. */
  readonly milliseconds: number;
  /** Its device is gone. */
  readonly isLost: boolean;
  /** What runs is finished first. */
  close(): void;
}

/** What a session of ONNX Runtime's is wrapped with. */
export interface OrtHost {
  /** ONNX Runtime's class, of the build that the session is of. */
  readonly Tensor: typeof Tensor;
  isLost(): boolean;
}

/** @param outputs names of what is wanted of the network; the rest isn't fetched from the device */
export function toOrtSession(
  session: InferenceSession,
  outputs: readonly string[],
  { Tensor: OrtTensor, isLost }: OrtHost,
): OrtSession {
  const [input] = session.inputNames;
  if (input === undefined) throw new Error('The network takes nothing.');
  const [taken] = session.inputMetadata;
  const isHalf = taken?.isTensor === true && taken.type === 'float16';
  let milliseconds = 0;
  let running: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const throwIfLost = (): void => {
    if (isLost()) throw new EngineLostError('The GPU was lost.');
  };
  const run = async (
    values: Float32Array,
    shape: readonly number[],
  ): Promise<ReadonlyMap<string, OrtOutput>> => {
    // ONNX Runtime would read what is freed.
    if (isClosed) throw new Error('The network was closed.');
    throwIfLost();
    const began = performance.now();
    const given = isHalf
      ? new OrtTensor('float16', Uint16Array.from(values, toHalf), shape)
      : new OrtTensor('float32', values, shape);
    try {
      const results = await session.run({ [input]: given }, outputs);
      milliseconds = performance.now() - began;
      // A device that is lost while a network runs gives numbers, but no right ones.
      throwIfLost();
      return new Map(outputs.map((name) => [name, takeOutput(results[name], name)]));
    } finally {
      given.dispose();
    }
  };
  return {
    run(values, shape) {
      const result = run(values, shape);
      running = result.catch(() => undefined);
      return result;
    },
    get milliseconds() {
      return milliseconds;
    },
    get isLost() {
      return isLost();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      // What runs still uses it; a device that is gone has nothing left to release.
      void running.then(() => session.release()).catch(() => undefined);
    },
  };
}

function takeOutput(tensor: Tensor | undefined, name: string): OrtOutput {
  if (!tensor) throw new Error(`The network gives no ${name}.`);
  const { data, dims, type } = tensor;
  const values = toFloats(data, type);
  const shape = [...dims];
  tensor.dispose();
  return { shape, values };
}

function toFloats(data: Tensor.DataType, type: Tensor.Type): Float32Array {
  if (data instanceof Float32Array) return data;
  // Where there are no arrays of 16-bit floats, their bits come as integers.
  if (type === 'float16' && data instanceof Uint16Array) return Float32Array.from(data, fromHalf);
  return Float32Array.from(data as ArrayLike<number | bigint>, Number);
}
