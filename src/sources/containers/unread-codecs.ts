/*
 * What a picture is coded in, where mediabunny doesn't list its track or doesn't say: read from a file's first bytes.
 */
import { toLatin1 } from '../../core/bytes.ts';
import { MPEG4_OBJECTS, nameOfCodec, TRANSPORT_VIDEO, VIDEO_FOR_WINDOWS } from './codec-names.ts';
import { boxesOf, findBox, readMovie } from './movie-boxes.ts';

/** In so much of a file its streams are listed. */
const HEAD_BYTES = 2 ** 18;
/** Bytes of a packet of a transport stream, each beginning with the same (ISO/IEC 13818-1, 2.4.3); of Blu-ray's. */
const PACKET_BYTES = 188;
const BLURAY_BYTES = 192;
const SYNC = 0x47;
/** Where a `BITMAPINFOHEADER` has its FourCC. */
const FOURCC_AT = 16;
/** Matroska's CodecPrivate. */
const CODEC_PRIVATE = [0x63, 0xa2];

/** What of a sample description lies before the boxes in it: of the list, and of a picture's entry (8.5.2, 12.1.3). */
const DESCRIPTION_PRELUDE = 8;
const PICTURE_PRELUDE = 78;
/** The tag of the descriptor that says what is decoded (ISO/IEC 14496-1, 7.2.6.6). */
const DECODER_TAG = 4;

/** What the first `mp4v` of a file truly is: MPEG-4's own pictures, or one of those that it also has a number for. */
export async function mpeg4Codec(blob: Blob): Promise<string | null> {
  const movie = await readMovie(blob);
  if (!movie) return null;
  for (const { type, content } of boxesOf(movie)) {
    const list = type === 'trak' ? findBox(content, 'mdia', 'minf', 'stbl', 'stsd') : null;
    const entry = list && findBox(skip(list, DESCRIPTION_PRELUDE), 'mp4v');
    const descriptor = entry && findBox(skip(entry, PICTURE_PRELUDE), 'esds');
    if (!descriptor) continue;
    // Tag, a length of 1 to 4 bytes, the object's number. An ES descriptor without extras lies before it.
    for (let at = 4; at + 2 < descriptor.byteLength && at < 32; at++) {
      if (descriptor.getUint8(at) !== DECODER_TAG) continue;
      let value = at + 1;
      while (value + 1 < descriptor.byteLength && descriptor.getUint8(value) >= 0x80) value++;
      if (value + 1 >= descriptor.byteLength) return null;
      const name = MPEG4_OBJECTS[descriptor.getUint8(value + 1)];
      if (name) return name;
    }
  }
  return null;
}

function skip(view: DataView, bytes: number): DataView {
  const skipped = Math.min(bytes, view.byteLength);
  return new DataView(view.buffer, view.byteOffset + skipped, view.byteLength - skipped);
}

/** The codec of a video that no track is listed for, as people call it; `null`: there is none that is known. */
export async function unlistedCodec(blob: Blob): Promise<string | null> {
  const head = await readHead(blob);
  const text = new TextDecoder('latin1').decode(head);
  if (text.startsWith('OggS')) return text.includes('theora') ? 'Theora' : null;
  return transportCodec(head);
}

/** The FourCC of a Matroska file whose codec is one of Video for Windows. */
export async function windowsCodec(blob: Blob): Promise<string> {
  const head = await readHead(blob);
  const named = new TextDecoder('latin1').decode(head).indexOf(VIDEO_FOR_WINDOWS);
  for (let at = Math.max(0, named - 2 ** 10); named >= 0 && at < named + 2 ** 10; at++) {
    if (head[at] !== CODEC_PRIVATE[0] || head[at + 1] !== CODEC_PRIVATE[1]) continue;
    const size = head[at + 2] ?? 0;
    const content = at + 2 + Math.max(1, Math.clz32(size) - 23);
    const fourcc = toLatin1(head.subarray(content + FOURCC_AT, content + FOURCC_AT + 4));
    if (/^[\x20-\x7e]{4}$/.test(fourcc)) return nameOfCodec(fourcc);
  }
  return 'a codec of Video for Windows';
}

async function readHead(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
}

/** The pictures that a transport stream's tables list (PAT and PMT: 2.4.4.3, 2.4.4.8). */
function transportCodec(head: Uint8Array): string | null {
  const step = [PACKET_BYTES, BLURAY_BYTES].find(
    (bytes) => head[bytes - PACKET_BYTES] === SYNC && head[2 * bytes - PACKET_BYTES] === SYNC,
  );
  if (!step) return null;
  const maps = new Set<number>();
  for (let at = step - PACKET_BYTES; at + PACKET_BYTES <= head.length; at += step) {
    const packet = new DataView(head.buffer, head.byteOffset + at, PACKET_BYTES);
    const pid = packet.getUint16(1) & 0x1fff;
    const isFirst = (packet.getUint8(1) & 0x40) !== 0;
    const skipped = (packet.getUint8(3) & 0x20) !== 0 ? 1 + packet.getUint8(4) : 0;
    const table = 4 + skipped;
    if (!isFirst || table >= PACKET_BYTES) continue;
    // The first byte says how many more come before the table.
    const section = table + 1 + packet.getUint8(table);
    if (section + 12 > PACKET_BYTES) continue;
    if (pid === 0) {
      for (const map of mapsOf(packet, section)) maps.add(map);
    } else if (maps.has(pid)) {
      return codecOf(packet, section);
    }
  }
  return null;
}

/** Where a section ends, without its checksum. */
function sectionEnd(packet: DataView, at: number): number {
  return Math.min(PACKET_BYTES, at + 3 + (packet.getUint16(at + 1) & 0xfff) - 4);
}

function* mapsOf(packet: DataView, section: number): Generator<number> {
  const end = sectionEnd(packet, section);
  for (let at = section + 8; at + 4 <= end; at += 4) yield packet.getUint16(at + 2) & 0x1fff;
}

function codecOf(packet: DataView, section: number): string | null {
  const end = sectionEnd(packet, section);
  let at = section + 12 + (packet.getUint16(section + 10) & 0xfff);
  for (; at + 5 <= end; at += 5 + (packet.getUint16(at + 3) & 0xfff)) {
    const name = TRANSPORT_VIDEO[packet.getUint8(at)];
    if (name) return name;
  }
  return null;
}
