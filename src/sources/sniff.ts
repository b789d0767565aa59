/** What a file is by its first bytes; names lie. */
export type FileKind = 'picture' | 'keypoints' | 'other';

export const SNIFF_LENGTH = 32;

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));

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

/** Signatures: PNG §5.2, JFIF/EXIF start of image, RIFF WEBP, ISO BMFF brands of AVIF, GIF89a, BMP, ZIP. */
export function sniff(head: Uint8Array, name: string): FileKind {
  const isAvif = startsWith(head, 'ftyp', 4) && ['avif', 'avis', 'mif1'].some((b) => startsWith(head, b, 8));
  const isPicture =
    startsWith(head, '\x89PNG') ||
    startsWith(head, '\xff\xd8\xff') ||
    (startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8)) ||
    startsWith(head, 'GIF8') ||
    startsWith(head, 'BM') ||
    isAvif;
  if (isPicture) return 'picture';
  const isKeypoints = startsWith(head, 'PK') || /\.(json|jsonl|zip|npz|csv|pose)$/i.test(name);
  // An empty picture file has no first bytes: then its name must do.
  if (head.length === 0 && /\.(png|jpe?g|webp|avif)$/i.test(name)) return 'picture';
  return isKeypoints ? 'keypoints' : 'other';
}
