/** A JPEG's head is at its beginning; pictures with thumbnails have longer ones. */
const HEAD_BYTES = 2 ** 18;
const START_OF_IMAGE = 0xffd8;
const START_OF_SCAN = 0xffda;
const APPLICATION_1 = 0xffe1;
const EXIF = 0x45786966;
const LITTLE_ENDIAN = 0x4949;
/** Tags of Exif 2.32 (CIPA DC-008): where the camera's own tags are, and the focal length as if on 35 mm film. */
const CAMERA_TAGS = 0x8769;
const FOCAL_LENGTH_35MM = 0xa405;
const ENTRY_BYTES = 12;
/** A picture on 35 mm film is 36 mm × 24 mm. */
const HALF_FILM_WIDTH = 18;

/**
 * The angle that the longer side of a photo spans, in degrees, by the focal length that its EXIF data gives as if it were
 * on 35 mm film; `null`: they say nothing of it, or it is no JPEG.
 */
export async function readFieldOfView(blob: Blob): Promise<number | null> {
  const view = new DataView(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  const focalLength = findFocalLength(view);
  return focalLength === null ? null : (Math.atan(HALF_FILM_WIDTH / focalLength) * 360) / Math.PI;
}

function findFocalLength(view: DataView): number | null {
  if (view.byteLength < 4 || view.getUint16(0) !== START_OF_IMAGE) return null;
  let at = 2;
  while (at + 10 <= view.byteLength) {
    const marker = view.getUint16(at);
    if (marker >> 8 !== 0xff || marker === START_OF_SCAN) return null;
    const length = view.getUint16(at + 2);
    if (marker === APPLICATION_1 && view.getUint32(at + 4) === EXIF) {
      const end = Math.min(view.byteLength, at + 2 + length);
      return readTiff(new DataView(view.buffer, at + 10, Math.max(0, end - at - 10)));
    }
    at += 2 + length;
  }
  return null;
}

/** Offsets count from the view's beginning; those that lie beyond its end say nothing. */
function readTiff(view: DataView): number | null {
  if (view.byteLength < 8) return null;
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
  const pointer = find(view.getUint32(4, isLittle), CAMERA_TAGS);
  const value = pointer === null ? null : find(view.getUint32(pointer, isLittle), FOCAL_LENGTH_35MM);
  const millimetres = value === null ? 0 : view.getUint16(value, isLittle);
  return millimetres > 0 ? millimetres : null;
}
