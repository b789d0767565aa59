/** What a file is by its first bytes; names lie. */
export type FileKind = 'picture' | 'keypoints' | 'other';

export const SNIFF_LENGTH = 32;

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));

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
  const isKeypoints = startsWith(head, 'PK') || /\.(json|jsonl|zip)$/i.test(name);
  // An empty picture file has no first bytes: then its name must do.
  if (head.length === 0 && /\.(png|jpe?g|webp|avif)$/i.test(name)) return 'picture';
  return isKeypoints ? 'keypoints' : 'other';
}
