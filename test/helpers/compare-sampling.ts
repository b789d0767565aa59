import { GpuSampler } from '../../src/families/mediapipe/graph/gpu-sampler.ts';
import type { Region } from '../../src/families/mediapipe/graph/region.ts';
import { type Border, createLevels, sampleRegion } from '../../src/families/mediapipe/graph/sampler.ts';
import { PixelReader } from '../../src/families/runtimes/pixel-reader.ts';
import { VideoFile } from '../../src/sources/video/video-decoder.ts';

/** How a network's picture that was made on the GPU differs from the same made on the CPU. */
export interface SamplingDifference {
  /** In levels of 8 bits, the mean over all numbers. */
  readonly mean: number;
  /** The share of numbers that are more than one level off. */
  readonly off: number;
  readonly isAllSame: boolean;
}

/**
 * Regions of the first frame of a film, and of the same frame as a bitmap, brought to a network's picture on the GPU and
 * on the CPU. @returns `null`: this browser gives its GPU no frames
 */
export async function compareSampling(
  blob: Blob,
  regions: readonly (readonly [Region, Border])[],
): Promise<SamplingDifference[] | null> {
  const SIDE = 64;
  const levels = createLevels(-1, 1);
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter?.requestDevice();
  if (!device) throw new Error('There is no WebGPU here.');
  const sampler = new GpuSampler(device);
  const file = await VideoFile.open(blob, 'film.mp4');
  const first = await file.frameAt(0);
  if (!(first?.image instanceof VideoFrame)) throw new Error('The film has no frame.');
  const bitmap = await createImageBitmap(first.image);
  const frames = [first.image, new VideoFrame(bitmap, { timestamp: 0 })];
  const bytes = SIDE * SIDE * 3 * Float32Array.BYTES_PER_ELEMENT;
  const picture = device.createBuffer({
    size: bytes,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const staging = device.createBuffer({
    size: bytes,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const results: SamplingDifference[] = [];
  try {
    for (const frame of frames) {
      if (!sampler.takes(frame)) return null;
      const pixels = await new PixelReader().read(frame);
      for (const [region, border] of regions) {
        const expected = new Float32Array(SIDE * SIDE * 3);
        sampleRegion(pixels, region, SIDE, border, levels, expected);
        sampler.sample(frame, region, SIDE, border, levels, picture);
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(picture, 0, staging, 0, bytes);
        device.queue.submit([encoder.finish()]);
        await staging.mapAsync(GPUMapMode.READ);
        const given = new Float32Array(staging.getMappedRange().slice(0));
        staging.unmap();
        const differences = given.map((value, i) => (Math.abs(value - (expected[i] ?? NaN)) * 255) / 2);
        results.push({
          mean: differences.reduce((sum, value) => sum + value, 0) / differences.length,
          off: differences.filter((value) => !(value <= 1.01)).length / differences.length,
          isAllSame: new Set(given).size < 2,
        });
      }
    }
    return results;
  } finally {
    for (const frame of frames) frame.close();
    bitmap.close();
    file.close();
    sampler.close();
    device.destroy();
  }
}
