import { jpegSegments, pngChunks, riffChunks, textAt } from './parts.ts';

const LITTLE_ENDIAN = 0x4949;
const JPEG_EXIF_HEAD = 'Exif\0\0';
/** Tags of Exif 2.32 (CIPA DC-008): how to turn, where the camera's own tags are, the focal length as if on 35 mm film. */
const ORIENTATION = 0x0112;
const CAMERA_TAGS = 0x8769;
const FOCAL_LENGTH_35MM = 0xa405;
const ENTRY_BYTES = 12;
/** A picture on 35 mm film is 36 mm × 24 mm. */
const HALF_FILM_WIDTH = 18;

/** What the camera wrote into a picture. */
export interface ExifFacts {
  /** 1 to 8 (Exif 2.32 §4.6.5.1.6): which corner the first pixel is in, as seen; 1: the picture is upright. */
  readonly orientation: number;
  /** The angle that the longer side of the photo spans, in degrees; `null`: it isn't said. */
  readonly fieldOfView: number | null;
}

const NOTHING: ExifFacts = { orientation: 1, fieldOfView: null };

/** What the EXIF data of a JPEG, PNG or WebP say; damaged data say nothing. @param bytes the whole file */
export function readExif(bytes: Uint8Array): ExifFacts {
  const tiff = findTiff(bytes);
  return tiff ? readTiff(tiff) : NOTHING;
}

function findTiff(bytes: Uint8Array): DataView | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    for (const { name, start, end } of jpegSegments(bytes)) {
      if (name === 'e1' && textAt(bytes, start, JPEG_EXIF_HEAD.length) === JPEG_EXIF_HEAD)
        return viewBetween(bytes, start + JPEG_EXIF_HEAD.length, end);
    }
  } else if (textAt(bytes, 1, 3) === 'PNG') {
    for (const { name, start, end } of pngChunks(bytes)) {
      if (name === 'eXIf') return viewBetween(bytes, start, end);
    }
  } else if (textAt(bytes, 8) === 'WEBP') {
    for (const { name, start, end } of riffChunks(bytes)) {
      // Some programs put JPEG's head before it.
      const head = textAt(bytes, start, JPEG_EXIF_HEAD.length) === JPEG_EXIF_HEAD ? JPEG_EXIF_HEAD.length : 0;
      if (name === 'EXIF') return viewBetween(bytes, start + head, end);
    }
  }
  return null;
}

function viewBetween(bytes: Uint8Array, start: number, end: number): DataView {
  const length = Math.max(0, Math.min(end, bytes.length) - start);
  return new DataView(bytes.buffer, bytes.byteOffset + start, length);
}

/** Offsets count from the view's beginning; those that lie beyond its end say nothing. */
function readTiff(view: DataView): ExifFacts {
  if (view.byteLength < 8) return NOTHING;
  const isLittle = view.getUint16(0) === LITTLE_ENDIAN;
  const find = (directory: number, tag: number): number | null => {
    if (directory + 2 > view.byteLength) return null;
    const count = view.getUint16(directory, isLittle);
    for (let i = 0; i < count; i++) {
      const at = directory + 2 + i * ENTRY_BYTES;
      if (at + ENTRY_BYTES > view.byteLength) return null;
      if (view.getUint16(at, isLittle) === tag) return at + 8;
    }
    return null;
  };
  const first = view.getUint32(4, isLittle);
  const turn = find(first, ORIENTATION);
  const orientation = turn === null ? 1 : view.getUint16(turn, isLittle);
  const pointer = find(first, CAMERA_TAGS);
  const length = pointer === null ? null : find(view.getUint32(pointer, isLittle), FOCAL_LENGTH_35MM);
  const millimetres = length === null ? 0 : view.getUint16(length, isLittle);
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    fieldOfView: millimetres > 0 ? (Math.atan(HALF_FILM_WIDTH / millimetres) * 360) / Math.PI : null,
  };
}
