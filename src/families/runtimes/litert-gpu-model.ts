import { type CompiledModel, Tensor } from '@litertjs/core';
import { EngineLostError } from '../estimator.ts';
import { chooseOutputs, countOf, type LiteRtModel } from './litert-model.ts';

const LOST = 'The WebGPU device was lost.';
const OUT_OF_MEMORY = 'The GPU has no memory left.';
const TOLD_WITHIN_MS = 50;

/** On WebGPU: the picture may be made there, too, and all numbers that are wanted come back at once. */
export class GpuModel implements LiteRtModel {
  readonly device: GPUDevice;
  readonly #model: CompiledModel;
  readonly #buffer: GPUBuffer;
  readonly #input: Tensor;
  /** For pictures that are made on the CPU. */
  readonly #picture: Float32Array<ArrayBuffer>;
  /** What numbers come back through. */
  #staging: GPUBuffer | null = null;
  /** Why what it computes isn't to be trusted any more. */
  #fault: string | null = null;
  readonly #onError = ({ error }: GPUUncapturedErrorEvent): void => {
    this.#fault ??= error instanceof GPUOutOfMemoryError ? OUT_OF_MEMORY : `WebGPU says: ${error.message}`;
  };
  milliseconds = 0;
  totalMilliseconds = 0;

  constructor(model: CompiledModel, shape: readonly number[], device: GPUDevice) {
    this.#model = model;
    this.device = device;
    this.#picture = new Float32Array(countOf(shape));
    this.#buffer = device.createBuffer({
      size: this.#picture.byteLength,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.#input = new Tensor(this.#buffer, [...shape], 'float32');
    device.addEventListener('uncapturederror', this.#onError);
    void device.lost.then(() => {
      this.#fault ??= LOST;
    });
  }

  get isLost(): boolean {
    return this.#fault !== null;
  }

  compute<T>(
    write: (picture: Float32Array) => void,
    read: (outputs: readonly Float32Array[]) => T,
    wanted?: readonly number[],
  ): Promise<T> {
    return this.computeFrom(
      (input) => {
        write(this.#picture);
        this.device.queue.writeBuffer(input, 0, this.#picture);
      },
      read,
      wanted,
    );
  }

  /**
   * As `compute`, with a picture that never leaves the GPU.
   *
   * @param make puts commands into the device's queue that write the picture: float32, row by row
   */
  async computeFrom<T>(
    make: (input: GPUBuffer) => void,
    read: (outputs: readonly Float32Array[]) => T,
    wanted?: readonly number[],
  ): Promise<T> {
    this.#refuseIfFaulty();
    make(this.#buffer);
    const began = performance.now();
    const outputs = await this.#model.run(this.#input);
    try {
      return await this.#readBack(chooseOutputs(outputs, wanted), (values) => {
        this.milliseconds = performance.now() - began;
        this.totalMilliseconds += this.milliseconds;
        return read(values);
      });
    } catch (error) {
      // What was lost or has no memory left fails in many ways; why is told a moment later.
      await new Promise((resolve) => setTimeout(resolve, TOLD_WITHIN_MS));
      this.#refuseIfFaulty();
      throw error;
    } finally {
      for (const output of outputs) output.delete();
    }
  }

  close(): void {
    this.device.removeEventListener('uncapturederror', this.#onError);
    this.#input.delete();
    this.#buffer.destroy();
    this.#staging?.destroy();
    this.#model.delete();
  }

  #refuseIfFaulty(): void {
    if (this.#fault !== null) throw new EngineLostError(this.#fault);
  }

  async #readBack<T>(outputs: readonly Tensor[], read: (values: readonly Float32Array[]) => T): Promise<T> {
    const sizes = outputs.map(({ liteRtTensorBuffer }) => liteRtTensorBuffer.packedSize());
    const staging = this.#stagingOf(sizes.reduce((sum, size) => sum + size, 0));
    const encoder = this.device.createCommandEncoder();
    let offset = 0;
    for (const [i, output] of outputs.entries()) {
      const size = sizes[i] ?? 0;
      encoder.copyBufferToBuffer(output.toGpuBuffer(), 0, staging, offset, size);
      offset += size;
    }
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    try {
      this.#refuseIfFaulty();
      const memory = staging.getMappedRange();
      let at = 0;
      const values = sizes.map((size) => {
        at += size;
        return new Float32Array(memory, at - size, size / Float32Array.BYTES_PER_ELEMENT);
      });
      return read(values);
    } finally {
      staging.unmap();
    }
  }

  #stagingOf(size: number): GPUBuffer {
    if (this.#staging?.size === size) return this.#staging;
    this.#staging?.destroy();
    this.#staging = this.device.createBuffer({
      size,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    return this.#staging;
  }
}
