import type { Graph } from '../../importers/graph.ts';
import { computeReference } from '../../importers/reference.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import type { PictureScaling } from '../picture-scaling.ts';
import type { NetworkRuntime, StartRuntime } from './maps-network.ts';

/** How far an engine's numbers are from the reference's, as shares of the reference's largest number. */
export interface Parity {
  readonly largest: number;
  readonly mean: number;
}

/** The reference's maps for the fixed picture. Computed once, when a network is read. */
export interface ParityReference {
  readonly size: number;
  readonly maps: Float32Array;
}

/** A multiple of every stride there is, small enough that plain JavaScript computes large networks in seconds. */
export const PARITY_SIZE = 48;
/**
 * Half-precision arithmetic, which GPUs may use, keeps three digits a step; over the hundred steps of a network 2 % of
 * the largest number at worst stays far from what changes a peak's place. A wrong kernel is off by tens of percent.
 */
export const PARITY_TOLERANCE: Parity = { largest: 0.05, mean: 0.005 };
const PIXEL_RANGE = 255;

/** A fixed picture of waves, as the network wants its numbers. */
export function parityPicture(
  width: number,
  { scale, shift }: Pick<PictureScaling, 'scale' | 'shift'>,
  height = width,
): Float32Array {
  const picture = new Float32Array(width * height * 3);
  for (let i = 0; i < picture.length; i++) {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)];
    picture[i] = waveLevel(pixel % width, Math.floor(pixel / width), channel) * scale + shift;
  }
  return picture;
}

/** The fixed picture's number at a pixel, 0 to 255. */
export function waveLevel(x: number, y: number, channel: number): number {
  const wave = Math.sin(0.37 * x + channel) * Math.cos(0.23 * y - 0.5 * channel) + Math.sin(0.05 * x * y);
  return Math.round(((wave + 2) / 4) * PIXEL_RANGE);
}

/** A reference that the build has computed. @param bytes little-endian float32, as many as the network's maps have */
export function readParityReference(bytes: Uint8Array<ArrayBuffer>): ParityReference {
  return { size: PARITY_SIZE, maps: new Float32Array(bytes.buffer) };
}

export function computeParityReference(graph: Graph, scaling: PictureScaling): ParityReference {
  return {
    size: PARITY_SIZE,
    maps: computeReference(graph, parityPicture(PARITY_SIZE, scaling), PARITY_SIZE, PARITY_SIZE),
  };
}

/** Runs a network on the fixed picture and compares its maps with the reference. @throws what the engine throws */
async function measureParity(
  runtime: NetworkRuntime,
  graph: Graph,
  scaling: PictureScaling,
  { size, maps }: ParityReference,
): Promise<Parity> {
  const network = await runtime.compile(graph, size, size);
  try {
    return compareMaps(await network.run(parityPicture(size, scaling)), maps);
  } finally {
    network.close();
  }
}

/** An engine that gets a network's numbers right. */
interface CheckedRuntime {
  readonly runtime: NetworkRuntime;
  /** What it runs on. */
  readonly device: {
    readonly engine: NetworkEngineId;
    readonly device: string;
    readonly isSoftwareGpu: boolean;
    readonly parity: Parity;
  };
}

/**
 * Starts an engine for a network with a graph of its own.
 *
 * @param scaling how the network wants its pictures
 * @throws what the engine throws when it can't start here, or why its numbers are refused
 */
export async function startChecked(
  engine: NetworkEngineId,
  { graph, reference }: { readonly graph: Graph; readonly reference: ParityReference },
  scaling: PictureScaling,
  assets: AssetAddresses,
  progress: ProgressSum,
  startRuntime: StartRuntime,
): Promise<CheckedRuntime> {
  const runtime = await startRuntime(engine, assets, progress);
  const parity = await measureParity(runtime, graph, scaling, reference);
  const fault = faultOf(parity);
  if (fault !== null) throw new Error(fault);
  const { device, isSoftwareGpu } = runtime;
  return { runtime, device: { engine, device, isSoftwareGpu, parity } };
}

/** Numbers that aren't ones are as wrong as can be. */
export function compareMaps(maps: Float32Array, reference: Float32Array): Parity {
  if (maps.length !== reference.length)
    return { largest: Number.POSITIVE_INFINITY, mean: Number.POSITIVE_INFINITY };
  let [most, largest, sum] = [0, 0, 0];
  for (let i = 0; i < maps.length; i++) {
    most = Math.max(most, Math.abs(reference[i] ?? 0));
    const difference = Math.abs((maps[i] ?? Number.NaN) - (reference[i] ?? 0));
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    sum += Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  if (most === 0) return { largest, mean: sum / Math.max(1, maps.length) };
  return { largest: largest / most, mean: sum / Math.max(1, maps.length) / most };
}

/** Why an engine may not be used, as far as its numbers say; `null`: it may. */
export function faultOf({ largest, mean }: Parity, tolerance = PARITY_TOLERANCE): string | null {
  if (largest <= tolerance.largest && mean <= tolerance.mean) return null;
  const percent = (share: number): string =>
    Number.isFinite(share) ? `${(share * 100).toPrecision(2)} %` : 'no number';
  return `it computes wrongly: its numbers differ from the reference by ${percent(largest)} at most and ${percent(mean)} on average`;
}
