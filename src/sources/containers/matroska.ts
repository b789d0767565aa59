/*
 * A Matroska or WebM file that was cut off has a last cluster that says it is longer than what is left of it, and
 * readers leave all of that cluster out: several seconds, in files that FFmpeg wrote. Here that cluster's size is
 * put right, so that its whole blocks are read.
 *
 * EBML (RFC 8794): an element is an id of 1 to 4 bytes, a size of 1 to 8 bytes, both with their length in the
 * number of leading zero bits, and its content. All bits of a size set: unknown. Matroska (RFC 9559): the file is
 * an EBML header and a Segment, which holds Clusters, which hold blocks.
 */

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
/** The longest head of an element: 4 bytes of id, 8 of size. */
const HEAD_BYTES = 12;
/** Ten hours in clusters of a second have fewer elements on one level; a damaged file may seem to have more. */
const MAXIMUM_ELEMENTS = 1e5;
const BYTE_BITS = 8;

interface Element {
  readonly id: number;
  /** Where its size is written, and in how many bytes. */
  readonly sizeAt: number;
  readonly sizeBytes: number;
  readonly contentAt: number;
  /** `null`: unknown. */
  readonly end: number | null;
}

/** The file with its last cluster mended; `null`: it isn't Matroska, or isn't cut off. */
export async function mendCutMatroska(blob: Blob): Promise<Blob | null> {
  const header = await readElement(blob, 0);
  if (header?.id !== EBML || header.end === null) return null;
  const segment = await readElement(blob, header.end);
  if (segment?.id !== SEGMENT || segment.end === null || segment.end <= blob.size) return null;
  for await (const element of elements(blob, segment.contentAt)) {
    if (element.end === null || element.end <= blob.size) continue;
    if (element.id !== CLUSTER) return blob.slice(0, element.sizeAt);
    return shorten(blob, element);
  }
  return blob;
}

/** The file up to the last whole block of a cluster. */
async function shorten(blob: Blob, cluster: Element): Promise<Blob> {
  let end = cluster.contentAt;
  for await (const block of elements(blob, cluster.contentAt)) {
    if (block.end === null || block.end > blob.size) break;
    end = block.end;
  }
  const size = encodeSize(end - cluster.contentAt, cluster.sizeBytes);
  return new Blob([blob.slice(0, cluster.sizeAt), size, blob.slice(cluster.contentAt, end)]);
}

/** Elements one after the other, until the end or one of unknown size. */
async function* elements(blob: Blob, from: number): AsyncGenerator<Element> {
  let at = from;
  for (let i = 0; i < MAXIMUM_ELEMENTS && at < blob.size; i++) {
    const element = await readElement(blob, at);
    if (!element) return;
    yield element;
    if (element.end === null) return;
    at = element.end;
  }
}

async function readElement(blob: Blob, at: number): Promise<Element | null> {
  const head = new Uint8Array(await blob.slice(at, at + HEAD_BYTES).arrayBuffer());
  const idBytes = lengthOf(head[0]);
  const sizeBytes = lengthOf(head[idBytes]);
  if (idBytes > 4 || sizeBytes > BYTE_BITS || head.length < idBytes + sizeBytes) return null;
  const id = toNumber(head.subarray(0, idBytes));
  const size = head.slice(idBytes, idBytes + sizeBytes);
  // Without the bit that marks the length: with it, a number of 8 bytes would be rounded.
  size[0] = (size[0] ?? 0) & (marker(sizeBytes) - 1);
  const isUnknown = size.every((byte, i) => byte === (i === 0 ? marker(sizeBytes) - 1 : 0xff));
  const contentAt = at + idBytes + sizeBytes;
  return {
    id,
    sizeAt: at + idBytes,
    sizeBytes,
    contentAt,
    end: isUnknown ? null : contentAt + toNumber(size),
  };
}

/** How many bytes a number has whose first byte this is; more than 8: it is none. */
function lengthOf(first: number | undefined): number {
  return first === undefined || first === 0 ? Number.POSITIVE_INFINITY : Math.clz32(first) - 23;
}

/** The bit of the first byte that tells that a number has so many bytes. */
function marker(length: number): number {
  return 1 << (BYTE_BITS - length);
}

function toNumber(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function encodeSize(size: number, length: number): Uint8Array<ArrayBuffer> {
  let rest = size;
  const bytes = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[0] = (bytes[0] ?? 0) | marker(length);
  return bytes;
}
