import { type CompiledModel, getGlobalLiteRt, Tensor } from '@litertjs/core';
import { LimnError } from '../../core/errors.ts';

/** A TFLite network at work in LiteRT. */
export interface LiteRtModel {
  /** Milliseconds of the last run, without its numbers' way in and out of WASM. */
  readonly milliseconds: number;
  /** Of all runs. */
  readonly totalMilliseconds: number;
  /** The GPU is gone, or what it computes isn't to be trusted any more. */
  readonly isLost: boolean;
  /**
   * Computes without copying more than has to be.
   *
   * @param write fills the picture in
   * @param read makes something of what comes out, in the memory of the runtime: it is gone afterwards
   * @param wanted which of the network's outputs, and in which order; all of them if nothing is said
   * @throws {EngineLostError} if the GPU was lost
   */
  compute<T>(
    write: (picture: Float32Array) => void,
    read: (outputs: readonly Float32Array[]) => T,
    wanted?: readonly number[],
  ): Promise<T>;
  close(): void;
}

/** What comes out of a network; the caller's. @throws {EngineLostError} if the GPU was lost */
export function runModel(model: LiteRtModel, picture: Float32Array): Promise<Float32Array[]> {
  return model.compute(
    (input) => input.set(picture),
    (outputs) => outputs.map((output) => output.slice()),
  );
}

/** On the CPU: the picture is written where the network reads it, and numbers are read where it leaves them. */
export class WasmModel implements LiteRtModel {
  readonly #model: CompiledModel;
  readonly #input: Tensor;
  milliseconds = 0;
  totalMilliseconds = 0;
  readonly isLost = false;

  constructor(model: CompiledModel, shape: readonly number[]) {
    this.#model = model;
    this.#input = new Tensor(new Float32Array(countOf(shape)), [...shape]);
  }

  async compute<T>(
    write: (picture: Float32Array) => void,
    read: (outputs: readonly Float32Array[]) => T,
    wanted?: readonly number[],
  ): Promise<T> {
    inPlace(this.#input, 'WRITE', write);
    const began = performance.now();
    const outputs = await this.#model.run(this.#input);
    try {
      this.milliseconds = performance.now() - began;
      this.totalMilliseconds += this.milliseconds;
      return readInPlace(chooseOutputs(outputs, wanted), read);
    } finally {
      for (const output of outputs) output.delete();
    }
  }

  close(): void {
    this.#input.delete();
    this.#model.delete();
  }
}

/** How many numbers a tensor has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** @throws {LimnError} if one is missing, or holds something else than floats */
export function chooseOutputs(outputs: readonly Tensor[], wanted?: readonly number[]): Tensor[] {
  const chosen = wanted?.map((index) => outputs[index]) ?? outputs;
  const given = chosen.filter((output) => output !== undefined);
  if (given.length < chosen.length) throw new LimnError('The network gives fewer outputs than it should.');
  for (const { type } of given) {
    if (type.dtype !== 'float32') throw new LimnError('The network gives something else than floats.');
  }
  return given;
}

/** What Emscripten gives the module beside LiteRT's own functions. */
interface Heap {
  readonly HEAPU8: Uint8Array;
}

/** Lets somebody at a tensor's memory. */
function inPlace<T>(
  { liteRtTensorBuffer: buffer }: Tensor,
  mode: 'READ' | 'WRITE',
  use: (values: Float32Array) => T,
): T {
  const { liteRtWasm } = getGlobalLiteRt();
  const address = buffer.lock(liteRtWasm.LiteRtTensorBufferLockMode[mode]);
  try {
    // Looked up every time: memory that grows is another one.
    const { buffer: memory } = (liteRtWasm as unknown as Heap).HEAPU8;
    return use(new Float32Array(memory, address, buffer.packedSize() / Float32Array.BYTES_PER_ELEMENT));
  } finally {
    buffer.unlock();
  }
}

function readInPlace<T>(tensors: readonly Tensor[], read: (values: readonly Float32Array[]) => T): T {
  const [first, ...others] = tensors;
  if (!first) return read([]);
  return inPlace(first, 'READ', (values) => readInPlace(others, (more) => read([values, ...more])));
}
