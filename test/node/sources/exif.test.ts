import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { readExif } from '../../../src/sources/pictures/reading/exif.ts';

/** The head of a JPEG that a camera wrote, with a focal length as if on 35 mm film. */
function head(millimetres: number, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const tiff = new DataView(new ArrayBuffer(64));
  tiff.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, isLittle);
  tiff.setUint32(4, 8, isLittle);
  // One tag, which leads to the camera's own ones.
  tiff.setUint16(8, 1, isLittle);
  for (const [at, tag, type, value] of [
    [10, 0x8769, 4, 30],
    [32, 0x9000, 7, 0],
    [44, 0xa405, 3, millimetres],
  ] as const) {
    tiff.setUint16(at, tag, isLittle);
    tiff.setUint16(at + 2, type, isLittle);
    tiff.setUint32(at + 4, 1, isLittle);
    if (type === 3) tiff.setUint16(at + 8, value, isLittle);
    else tiff.setUint32(at + 8, value, isLittle);
  }
  tiff.setUint16(30, 2, isLittle);
  const exif = [...new TextEncoder().encode('Exif\0\0'), ...new Uint8Array(tiff.buffer)];
  const jfif = [0xff, 0xe0, 0, 4, 1, 2];
  const length = exif.length + 2;
  return Uint8Array.from([
    0xff,
    0xd8,
    ...jfif,
    0xff,
    0xe1,
    length >> 8,
    length & 0xff,
    ...exif,
    0xff,
    0xda,
    0,
    2,
  ]);
}

const fieldOfView = (bytes: Uint8Array): number | null => readExif(bytes).fieldOfView;

describe('The field of view of a photo', () => {
  it.each([true, false])('follows from its focal length, little-endian: %s', (isLittle) => {
    // A lens of 18 mm sees a right angle along the 36 mm of film.
    expect(fieldOfView(head(18, isLittle))).toBeCloseTo(90, 6);
    expect(fieldOfView(head(26, isLittle))).toBeCloseTo(69.39, 2);
  });

  it('is not known of photos that say nothing, of other files, or of broken ones', () => {
    expect(fieldOfView(head(0, true))).toBeNull();
    expect(fieldOfView(new TextEncoder().encode('PNG, it says'))).toBeNull();
    expect(fieldOfView(new Uint8Array(0))).toBeNull();
    const random = createRandom(6);
    const whole = head(26, true);
    for (let i = 0; i < 3000; i++) {
      const bytes = whole.slice(0, Math.floor(random() * (whole.length + 1)));
      for (let k = 0; k < 4; k++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const angle = fieldOfView(bytes);
      expect(angle === null || (angle > 0 && angle < 180)).toBe(true);
    }
  });
});
