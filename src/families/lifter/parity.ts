import type { TemporalNetwork } from '../../importers/pytorch/videopose3d.ts';
import { computeReference } from '../../importers/reference.ts';
import type { NetworkRuntime } from '../runtimes/maps-network.ts';
import { compareMaps, type Parity } from '../runtimes/parity.ts';

/** Results beyond the first, so that a wrong step from frame to frame is seen. */
const MORE_FRAMES = 2;
/**
 * Of the largest number: single precision over a dozen layers keeps five digits; a GPU that computes in half precision is
 * off by some thousandths, which is millimetres of a body.
 */
export const LIFTER_TOLERANCE: Parity = { largest: 5e-3, mean: 1e-3 };

/** Fixed keypoints that move: waves of the size of a body in the picture. */
function wavesFor({ jointsIn, receptiveField }: TemporalNetwork): { input: Float32Array; frames: number } {
  const frames = receptiveField + MORE_FRAMES;
  const channels = 2 * jointsIn;
  const input = Float32Array.from({ length: frames * channels }, (_, i) => {
    const [frame, channel] = [Math.floor(i / channels), i % channels];
    return 0.5 * Math.sin(0.11 * frame + 1.7 * channel) + 0.2 * Math.cos(0.37 * channel);
  });
  return { input, frames };
}

/** What a network makes of the fixed keypoints, in plain JavaScript. Takes seconds for the widest networks. */
export function computeLifterReference(network: TemporalNetwork): Float32Array {
  const { input, frames } = wavesFor(network);
  return computeReference(network.graph, input, 1, frames);
}

/** Runs a network on the fixed keypoints and compares. @throws what the engine throws */
export async function measureLifterParity(
  runtime: NetworkRuntime,
  network: TemporalNetwork,
  reference: Float32Array,
): Promise<Parity> {
  const { input, frames } = wavesFor(network);
  const compiled = await runtime.compile(network.graph, 1, frames);
  try {
    return compareMaps(await compiled.run(input), reference);
  } finally {
    compiled.close();
  }
}
