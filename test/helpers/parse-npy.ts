import { strFromU8 } from 'fflate';

/** Reads a `.npy` file of floats by the format's description (numpy, numpy/lib/format.py). */
export function parseNpy(bytes: Uint8Array): { shape: number[]; type: string; values: Float32Array } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = strFromU8(bytes.subarray(10, 10 + length));
  const shape = /'shape': \(([\d, ]*)\)/
    .exec(header)?.[1]
    ?.split(',')
    .filter((each) => each.trim() !== '')
    .map(Number);
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? '';
  return { shape: shape ?? [], type, values: new Float32Array(bytes.slice(10 + length).buffer) };
}
