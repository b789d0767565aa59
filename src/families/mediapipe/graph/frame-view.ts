import type { Box } from '../../../core/pose.ts';
import { type FrameImage, sizeOf } from '../../frame-image.ts';
import { GpuModel } from '../../runtimes/litert-gpu-model.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import { isUpright, PixelReader, type PixelWindow } from '../../runtimes/pixel-reader.ts';
import { GpuSampler } from './gpu-sampler.ts';
import type { Region } from './region.ts';
import { type Border, sampleRegion } from './sampler.ts';

/** What a network is shown of a frame. */
export interface Look {
  readonly region: Region;
  /** Of the network's picture, in pixels. */
  readonly side: number;
  readonly border: Border;
  /** What the network wants for each of 256 levels. */
  readonly levels: Float32Array;
  /** It sees the region in a mirror; absent: no. */
  readonly isMirrored?: boolean;
}

/** A frame that networks look at. */
export interface FrameView {
  /** Pixels, as displayed. */
  readonly width: number;
  readonly height: number;
  /**
   * Lets a network look at a region.
   *
   * @param read makes something of what comes out, which is gone afterwards
   * @param wanted which of the network's outputs; all of them if nothing is said
   * @throws {EngineLostError} if the GPU was lost
   */
  look<T>(
    model: LiteRtModel,
    look: Look,
    read: (outputs: readonly Float32Array[]) => T,
    wanted?: readonly number[],
  ): Promise<T>;
}

/**
 * Shows frames to networks, one frame at a time: on GPUs straight from the frame, which stays there; on the CPU from its
 * pixels, which are read once.
 */
export class FrameViewer {
  readonly #pixels = new PixelReader();
  #sampler: GpuSampler | null = null;

  /**
   * @param part what is going to be looked at, in pixels; `null`: that isn't known
   * @param use gets the frame; its view is gone afterwards
   */
  async show<T>(image: FrameImage, part: Box | null, use: (view: FrameView) => Promise<T>): Promise<T> {
    let frame = image instanceof VideoFrame ? image : null;
    const asFrame = (): VideoFrame => {
      frame ??= new VideoFrame(image, { timestamp: 0 });
      return frame;
    };
    let pixels: Promise<PixelWindow> | null = null;
    const readPixels = (): Promise<PixelWindow> => {
      // The image itself: WebKit 2.50 draws a frame that was made of a JPEG's bitmap as nothing.
      pixels ??= this.#pixels.read(image, part);
      return pixels;
    };
    try {
      return await use({
        ...sizeOf(image),
        look: async (model, { region, side, border, levels, isMirrored = false }, read, wanted) => {
          if (model instanceof GpuModel && isUpright(asFrame())) {
            const sampler = this.#samplerOf(model.device);
            const make = (input: GPUBuffer): void =>
              sampler.sample(asFrame(), region, side, border, levels, input, isMirrored);
            if (sampler.takes(asFrame())) return model.computeFrom(make, read, wanted);
          }
          const window = await readPixels();
          return model.compute(
            (input) => sampleRegion(window, region, side, border, levels, input, isMirrored),
            read,
            wanted,
          );
        },
      });
    } finally {
      if (frame !== image) frame?.close();
    }
  }

  close(): void {
    this.#sampler?.close();
  }

  #samplerOf(device: GPUDevice): GpuSampler {
    this.#sampler ??= new GpuSampler(device);
    return this.#sampler;
  }
}
