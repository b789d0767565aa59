import { jpegSegments } from './parts.ts';

/** Starts of frames, by their second byte (ITU-T T.81 §B.1.1.3; JPEG-LS: T.87 §C.1.1). */
const BASELINE_AND_PROGRESSIVE = ['c0', 'c1', 'c2'];
const LOSSLESS = ['c3', 'c7', 'cb', 'cf', 'f7'];
const ARITHMETIC = ['c9', 'ca', 'cb', 'cd', 'ce', 'cf'];
const HIERARCHICAL = ['c5', 'c6', 'c7', 'cd', 'ce', 'cf'];
const USUAL_BITS = 8;

/** What is unusual with a JPEG that a browser can't decode; `null`: nothing, or it is no JPEG. @param bytes the whole file */
export function describeOddJpeg(bytes: Uint8Array): string | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (const { name, start } of jpegSegments(bytes)) {
    if (LOSSLESS.includes(name)) return 'it is lossless';
    if (ARITHMETIC.includes(name)) return 'its numbers are coded arithmetically';
    if (HIERARCHICAL.includes(name)) return 'it is hierarchical';
    const bits = bytes[start] ?? USUAL_BITS;
    if (BASELINE_AND_PROGRESSIVE.includes(name) && bits !== USUAL_BITS) return `it has ${bits} bits a colour`;
  }
  return null;
}
