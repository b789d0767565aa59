import type { OrtEngineId } from '../../engines/engine-catalog.ts';
import type { ImportedOnnxMaps } from '../../network.ts';
import type { OrtRuntime } from '../../runtimes/ort/start.ts';
import { compareMaps, faultOf, PARITY_SIZE, type Parity, parityPicture } from '../../runtimes/parity.ts';
import type { RunnableMaps } from '../runnable-maps.ts';
import { OnnxMaps } from './onnx-maps.ts';

/**
 * Opens an ONNX network of OpenPose's kind. On a GPU its maps of a fixed picture are held against those on WASM.
 *
 * @returns the maps, which whoever opens them closes; `null`: they were held against none
 * @throws {LimnError} if the runtime lacks an operator; else what the engine throws, or why its numbers are refused
 */
export async function openMaps(
  runtime: OrtRuntime,
  engine: OrtEngineId,
  network: ImportedOnnxMaps,
): Promise<{ readonly maps: RunnableMaps; readonly parity: Parity | null }> {
  const outputs = network.use.outputs.map(({ name }) => name);
  const maps = new OnnxMaps(network, await runtime.open(network.files, outputs));
  if (engine === 'ort-wasm') return { maps, parity: null };
  try {
    const plain = new OnnxMaps(network, await runtime.open(network.files, outputs, 'cpu'));
    const parity = await compare(maps, plain).finally(() => plain.close());
    const fault = faultOf(parity);
    if (fault !== null) throw new Error(fault);
    return { maps, parity };
  } catch (error) {
    maps.close();
    throw error;
  }
}

async function compare(maps: RunnableMaps, reference: RunnableMaps): Promise<Parity> {
  const { width, height } = maps.fixedSize ?? { width: PARITY_SIZE, height: PARITY_SIZE };
  const picture = parityPicture(width, maps.traits.scaling, height);
  const look = async (each: RunnableMaps): Promise<Float32Array> =>
    (await each.compile(height, width)).run(picture);
  return compareMaps(await look(maps), await look(reference));
}
