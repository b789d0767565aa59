import type { ImportedOnnx } from '../../src/families/network.ts';
import { buildNetwork } from '../../src/workers/networks/build-network.ts';

/** An ONNX network as workers build it. @param json what lies beside it */
export async function buildOnnxNetwork(
  bytes: Uint8Array,
  name = 'net.onnx',
  json?: object,
): Promise<ImportedOnnx> {
  const files = [{ name, bytes }];
  const said = json && { name: 'net.json', bytes: new TextEncoder().encode(JSON.stringify(json)) };
  const network = await buildNetwork(said ? [...files, said] : files, {}, null);
  if (network.kind !== 'onnx') throw new Error('It is an ONNX network.');
  return network;
}
