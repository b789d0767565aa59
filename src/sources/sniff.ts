import { startsWith } from './file-types.ts';

/** Containers that browsers can't read, by their first bytes: what to call them. */
const FOREIGN_CONTAINERS: readonly (readonly [name: string, signature: string, at: number])[] = [
  ['AVI', 'AVI ', 8],
  ['Windows Media (ASF)', '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 0],
  ['Flash video (FLV)', 'FLV', 0],
  ['RealMedia', '.RMF', 0],
  ['MPEG program stream', '\x00\x00\x01\xba', 0],
];

/** What a container that browsers can't read is called; `null`: it is none of those known. */
export function foreignContainer(head: Uint8Array): string | null {
  return FOREIGN_CONTAINERS.find(([, signature, at]) => startsWith(head, signature, at))?.[0] ?? null;
}
