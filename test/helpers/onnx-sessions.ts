/** ONNX networks in Node: opened by ONNX Runtime as it is, and given numbers instead of pictures. */
import * as ort from 'onnxruntime-web/wasm';
import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { createRandom } from '../../src/core/numbers/random.ts';
import type { FrameImage } from '../../src/families/frame-image.ts';
import type { Placement, Size } from '../../src/families/onnx/geometry.ts';
import type { NetworkPicture } from '../../src/families/onnx/network-picture.ts';
import { type OrtSession, toOrtSession } from '../../src/families/runtimes/ort/session.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'fatal';

/** @param beside what holds some of its weights, called as it calls it */
export async function openInNode(
  bytes: Uint8Array,
  outputs: readonly string[],
  beside: readonly NamedBytes[] = [],
): Promise<OrtSession> {
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    logSeverityLevel: 4,
    ...(beside.length > 0 && {
      externalData: beside.map(({ name, bytes: data }) => ({ path: name, data })),
    }),
  });
  return toOrtSession(session, outputs, { Tensor: ort.Tensor, isLost: () => false });
}

/** A picture of random numbers, whatever frame it is asked for. */
export class RandomPicture implements NetworkPicture {
  readonly values: Float32Array;
  readonly placements: Placement[] = [];
  readonly #frame: Size;

  constructor(frame: Size, input: Size, slots: number, seed: number) {
    const random = createRandom(seed);
    this.#frame = frame;
    this.values = Float32Array.from({ length: slots * 3 * input.width * input.height }, () => 255 * random());
  }

  sizeOf(): Size {
    return this.#frame;
  }

  draw(_: FrameImage, place: Placement, slot: number): void {
    this.placements[slot] = place;
  }
}

/** Stands for a frame where only its size is asked for. */
export const NO_IMAGE = {} as FrameImage;
