import { type CompiledModel, Tensor } from '@litertjs/core';
import { EngineLostError } from '../estimator.ts';
import { chooseOutputs, countOf, type LiteRtModel } from './litert-model.ts';

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
  #isLost = false;
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
    void device.lost.then(() => {
      this.#isLost = true;
    });
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
    this.#refuseIfLost();
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
      // What was lost meanwhile fails in many ways; the loss itself is told a moment later.
      await Promise.resolve();
      this.#refuseIfLost();
      throw error;
    } finally {
      for (const output of outputs) output.delete();
    }
  }

  close(): void {
    this.#input.delete();
    this.#buffer.destroy();
    this.#staging?.destroy();
    this.#model.delete();
  }

  #refuseIfLost(): void {
    if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
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
      this.#refuseIfLost();
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
