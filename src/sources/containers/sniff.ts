import { startsWith } from '../files/file-types.ts';

/** Containers that browsers can't read, by their first bytes: what to call them. */
const FOREIGN_CONTAINERS: readonly (readonly [name: string, signature: string, at: number])[] = [
  ['AVI', 'AVI ', 8],
  ['Windows Media (ASF)', '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 0],
  ['Flash video (FLV)', 'FLV', 0],
  ['RealMedia', '.RMF', 0],
  ['MPEG program stream', '\x00\x00\x01\xba', 0],
  // SMPTE 377-1, 6.2: the key of its first partition.
  ['MXF', '\x06\x0e\x2b\x34', 0],
  // IEC 61834-2: the header of a frame's first block.
  ['DV', '\x1f\x07\x00', 0],
  ['YUV4MPEG', 'YUV4MPEG2 ', 0],
  ['IVF', 'DKIF', 0],
];

/** Streams as encoders give them, by their first unit: parameters, or where a picture begins (H.264 and H.265, Annex B). */
const RAW_STREAMS: readonly (readonly [name: string, signature: string])[] = [
  ['H.264', '\x00\x00\x00\x01\x67'],
  ['H.264', '\x00\x00\x00\x01\x27'],
  ['H.264', '\x00\x00\x00\x01\x09'],
  ['H.265 (HEVC)', '\x00\x00\x00\x01\x40\x01'],
  ['H.265 (HEVC)', '\x00\x00\x00\x01\x46\x01'],
  ['MPEG', '\x00\x00\x01\xb3'],
];

/** What a container that browsers can't read is called; `null`: it is none of those known. */
export function foreignContainer(head: Uint8Array): string | null {
  return FOREIGN_CONTAINERS.find(([, signature, at]) => startsWith(head, signature, at))?.[0] ?? null;
}

/** What a stream without a container is coded in; `null`: it is none of those known. */
export function rawStream(head: Uint8Array): string | null {
  return RAW_STREAMS.find(([, signature]) => startsWith(head, signature))?.[0] ?? null;
}
