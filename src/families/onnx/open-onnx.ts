import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { DeviceInfo } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import type { ImportedOnnx } from '../network.ts';
import type { OrtOutput, OrtSession } from '../runtimes/ort/session.ts';
import { startOrt } from '../runtimes/ort/start.ts';
import { compareMaps, faultOf, type Parity, waveLevel } from '../runtimes/parity.ts';
import { toPlanes } from './network-picture.ts';
import type { OnnxUse } from './onnx-use.ts';

/** An ONNX network that is ready to be run. Whoever opens it closes its session. */
export interface OpenedOnnx {
  readonly session: OrtSession;
  readonly device: DeviceInfo;
}

const CHANNELS = 3;
const PIXEL_BYTES = 4;

/**
 * Opens an ONNX network on an engine. On a GPU its numbers for a fixed picture are held against those on WASM.
 *
 * @param rowsOf how many numbers belong together in an output whose rows come in any order; `null`: each has its place
 * @throws {LimnError} if the runtime lacks an operator; else what the engine throws, or why its numbers are refused
 */
export async function openOnnx(
  engine: OrtEngineId,
  { use, files }: Pick<ImportedOnnx, 'use' | 'files'>,
  assets: AssetAddresses,
  progress: ProgressSum,
  threads: number | undefined,
  rowsOf: (output: OrtOutput) => number | null,
): Promise<OpenedOnnx> {
  const runtime = await startOrt(engine, assets, progress, threads);
  const { device, isSoftwareGpu } = runtime;
  const session = await runtime.open(files, use.outputs);
  if (engine === 'ort-wasm') return { session, device: { engine, device, isSoftwareGpu } };
  try {
    const plain = await runtime.open(files, use.outputs, 'cpu');
    const parity = await measure(session, plain, use, rowsOf).finally(() => plain.close());
    const fault = faultOf(parity);
    if (fault !== null) throw new Error(fault);
    return { session, device: { engine, device, isSoftwareGpu, parity } };
  } catch (error) {
    session.close();
    throw error;
  }
}

async function measure(
  session: OrtSession,
  reference: OrtSession,
  { width, height, batch, picture, outputs }: OnnxUse,
  rowsOf: (output: OrtOutput) => number | null,
): Promise<Parity> {
  const pictures = batch ?? 1;
  const cells = CHANNELS * width * height;
  const values = new Float32Array(pictures * cells);
  const pixels = wavePixels(width, height);
  for (let i = 0; i < pictures; i++) toPlanes(pixels, picture, values.subarray(i * cells, (i + 1) * cells));
  const shape = [pictures, CHANNELS, height, width];
  const [own, right] = [await session.run(values, shape), await reference.run(values, shape)];
  let [largest, mean] = [0, 0];
  for (const name of outputs) {
    const [given, expected] = [own.get(name), right.get(name)];
    if (!given || !expected) throw new Error(`The network gives no ${name}.`);
    const row = rowsOf(expected);
    const parity =
      row === null
        ? compareMaps(given.values, expected.values)
        : compareRows(given.values, expected.values, row);
    [largest, mean] = [Math.max(largest, parity.largest), Math.max(mean, parity.mean)];
  }
  return { largest, mean };
}

function wavePixels(width: number, height: number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(PIXEL_BYTES * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let channel = 0; channel < CHANNELS; channel++)
      pixels[PIXEL_BYTES * i + channel] = waveLevel(x, y, channel);
  }
  return pixels;
}

/** Of rows, only so many are looked for, the best, which come first. */
const MOST_ROWS = 20;

/** Where a network has suppressed what is the same itself, rows may come in another order: each is held against the nearest. */
export function compareRows(given: Float32Array, expected: Float32Array, row: number): Parity {
  const count = Math.min(MOST_ROWS, Math.floor(expected.length / row));
  const matched = new Float32Array(count * row);
  for (let i = 0; i < count; i++) {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let k = 0; (k + 1) * row <= given.length; k++) {
      let distance = 0;
      for (let j = 0; j < row; j++) {
        const difference = Math.abs((given[k * row + j] ?? Number.NaN) - (expected[i * row + j] ?? 0));
        distance = Math.max(distance, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
      }
      if (distance < least) [best, least] = [k, distance];
    }
    matched.set(
      best < 0 ? new Float32Array(row).fill(Number.NaN) : given.subarray(best * row, (best + 1) * row),
      i * row,
    );
  }
  return compareMaps(matched, expected.subarray(0, count * row));
}
