import { strFromU8 } from 'fflate';
import { expect } from 'vitest';

/** Reads a C3D file by the format's description. */
export function readC3d(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect([view.getUint8(0), view.getUint8(1), view.getUint8(515)]).toEqual([2, 0x50, 84]);
  expect(bytes.length % 512).toBe(0);
  const groups = new Map<number, string>();
  const values = new Map<string, { type: number; dimensions: number[]; at: number }>();
  let at = 516;
  for (;;) {
    const length = Math.abs(view.getInt8(at));
    if (length === 0) break;
    const id = view.getInt8(at + 1);
    const name = strFromU8(bytes.subarray(at + 2, at + 2 + length));
    const linkAt = at + 2 + length;
    const link = view.getUint16(linkAt, true);
    if (id < 0) groups.set(-id, name);
    else {
      const count = view.getUint8(linkAt + 3);
      const dimensions = [...bytes.subarray(linkAt + 4, linkAt + 4 + count)];
      values.set(`${groups.get(id)}:${name}`, {
        type: view.getInt8(linkAt + 2),
        dimensions,
        at: linkAt + 4 + count,
      });
    }
    if (link === 0) break;
    at = linkAt + link;
  }
  const numbers = (name: string): number[] => {
    const { type, dimensions, at: start } = values.get(name) ?? { type: 0, dimensions: [], at: 0 };
    const size = dimensions.reduce((product, each) => product * each, 1);
    return Array.from({ length: size }, (_, i) =>
      type === 4 ? view.getFloat32(start + i * 4, true) : view.getUint16(start + i * 2, true),
    );
  };
  const texts = (name: string, isTrimmed = true): string[] => {
    const { dimensions, at: start } = values.get(name) ?? { dimensions: [], at: 0 };
    const [width = 0, count = 1] = dimensions;
    return Array.from({ length: count }, (_, i) => {
      const text = strFromU8(bytes.subarray(start + i * width, start + (i + 1) * width));
      return isTrimmed ? text.trimEnd() : text;
    });
  };
  const points = view.getUint16(2, true);
  const channels = view.getUint16(4, true);
  const rowFloats = points * 4 + channels;
  const [dataStart = 0] = numbers('POINT:DATA_START');
  return {
    header: {
      points,
      channels,
      samplesPerFrame: view.getUint16(18, true),
      first: view.getUint16(6, true),
      last: view.getUint16(8, true),
      rate: view.getFloat32(20, true),
      dataBlock: view.getUint16(16, true),
    },
    dataStart,
    numbers,
    texts,
    point: (frame: number, i: number) =>
      [0, 1, 2, 3].map((axis) =>
        view.getFloat32((dataStart - 1) * 512 + (frame * rowFloats + i * 4 + axis) * 4, true),
      ),
    /** The one sample of an analogue channel in a frame. */
    sample: (frame: number, channel: number) =>
      view.getFloat32((dataStart - 1) * 512 + (frame * rowFloats + points * 4 + channel) * 4, true),
  };
}
