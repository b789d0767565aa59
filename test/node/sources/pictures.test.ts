import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { isAnimated } from '../../../src/sources/pictures/frame-count.ts';
import { findNumbered, numberAnyhow } from '../../../src/sources/pictures/numbered.ts';
import { mayBeTransparent } from '../../../src/sources/pictures/reading/alpha.ts';
import { readExif } from '../../../src/sources/pictures/reading/exif.ts';
import { describeOddJpeg } from '../../../src/sources/pictures/reading/odd-jpeg.ts';
import { statedSize } from '../../../src/sources/pictures/reading/stated-size.ts';
import { avifOrientation, swapsSides, uprightMatrix } from '../../../src/sources/pictures/reading/turn.ts';
import { isCutPicture } from '../../../src/sources/pictures/reading/whole.ts';
import {
  jpeg,
  makePng,
  orientationTiff,
  turnedAvif,
  turnedJpeg,
  turnedPng,
  turnedWebp,
  webp,
} from '../../helpers/make-pictures.ts';

describe('Numbered pictures', () => {
  const numbered = (...names: string[]) =>
    findNumbered(names).map(({ order, indices }) => order.map((at, i) => `${names[at]} ${indices[i]}`));

  it('are frames of a film, with the gaps of their numbers', () => {
    expect(numbered('f_0010.png', 'f_0001.png', 'f_0002.png', 'f_0011.png', 'f_0020.png')).toEqual([
      ['f_0001.png 0', 'f_0002.png 1', 'f_0010.png 9', 'f_0011.png 10', 'f_0020.png 19'],
    ]);
    // Every fifth frame; without zeros in front; in scripts beyond Latin.
    expect(numbered('a0100.jpg', 'a0105.jpg', 'a0110.jpg')).toEqual([
      ['a0100.jpg 0', 'a0105.jpg 5', 'a0110.jpg 10'],
    ]);
    expect(numbered('10.png', '9.png', '8.png')).toEqual([['8.png 0', '9.png 1', '10.png 2']]);
    expect(numbered('帧/画面_03.png', '帧/画面_01.png', '帧/画面_02.png')).toHaveLength(1);
    expect(numbered('take2_001.png', 'take2_002.png', 'take2_003.png')).toEqual([
      ['take2_001.png 0', 'take2_002.png 1', 'take2_003.png 2'],
    ]);
  });

  it('of several films are told apart', () => {
    const names = ['a', 'b'].flatMap((film) => [1, 2, 3].map((n) => `cam/${film}_${n}.png`));
    expect(numbered(...names)).toEqual([
      ['cam/a_1.png 0', 'cam/a_2.png 1', 'cam/a_3.png 2'],
      ['cam/b_1.png 0', 'cam/b_2.png 1', 'cam/b_3.png 2'],
    ]);
    expect(
      numbered('cam1/1.png', 'cam1/2.png', 'cam1/3.png', 'cam2/1.png', 'cam2/2.png', 'cam2/3.png'),
    ).toHaveLength(2);
  });

  it.each([
    [['1_ok.jpg', '2_trunc.jpg', '3_ok.jpg']],
    [['IMG_0012.JPG', 'IMG_0013.JPG', 'IMG_0014.JPG']],
    [['DSC00012.JPG', 'DSC00013.JPG', 'DSC00014.JPG']],
    [['P1010001.jpg', 'P1010002.jpg', 'P1010003.jpg']],
    [['coco_000000000136.jpg', 'coco_000000021839.jpg', 'coco_000000581929.jpg']],
    [['stand.png', 'move.webp']],
    [['1.png', '2.png']],
    [['1.png', '2.jpg', '3.png']],
    [['a1.png', 'a01.png', 'a2.png']],
    [['2021-01-05 12.30.11.jpg', '2021-01-06 09.14.52.jpg', '2022-07-30 18.02.33.jpg']],
  ])('are none in %s', (names) => {
    expect(findNumbered(names)).toEqual([]);
  });

  it('can be asked for, whatever they are called', () => {
    expect(numberAnyhow(['IMG_0014.JPG', 'IMG_0012.JPG', 'IMG_0013.JPG'])).toEqual({
      order: [1, 2, 0],
      indices: [0, 1, 2],
    });
    expect(numberAnyhow(['b.png', 'a10.png', 'a9.png'])).toEqual({ order: [2, 1, 0], indices: [0, 1, 2] });
  });
});

describe('The orientation of a picture', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is read from JPEG, PNG and WebP', (orientation) => {
    for (const file of [turnedJpeg(orientation), turnedPng(orientation), turnedWebp(orientation)]) {
      expect(readExif(file).orientation).toBe(orientation);
      expect(isCutPicture(file)).toBe(false);
    }
  });

  it('draws the first pixel into the corner that EXIF names', () => {
    // Exif 2.32, §4.6.5.1.6: the first row and the first column are the visual …
    const sides = [
      '',
      'top left',
      'top right',
      'bottom right',
      'bottom left',
      'left top',
      'right top',
      'right bottom',
      'left bottom',
    ];
    const [width, height] = [60, 40];
    for (let orientation = 1; orientation <= 8; orientation++) {
      const [a, b, c, d, e, f] = uprightMatrix(orientation, width, height);
      const at = (x: number, y: number) => [a * x + c * y + e, b * x + d * y + f];
      const [columns, rows] = swapsSides(orientation) ? [height, width] : [width, height];
      const [row = '', column = ''] = (sides[orientation] ?? '').split(' ');
      const place = (side: string) => ({ left: 0, right: columns, top: 0, bottom: rows })[side];
      const [x0, y0] = at(0, 0);
      expect([x0, y0].sort()).toEqual([place(row), place(column)].sort());
      // Along the first row only the coordinate of its side stays.
      const [x1, y1] = at(width, 0);
      expect(['left', 'right'].includes(row) ? x1 : y1).toBe(place(row));
    }
  });

  it('of an AVIF is that of its own properties, in their order', () => {
    expect(avifOrientation(turnedAvif())).toBe(1);
    // Quarters against the clock, and mirrored at the level (0) or upright (1) axis.
    expect([1, 2, 3].map((angle) => avifOrientation(turnedAvif(['irot', angle])))).toEqual([8, 3, 6]);
    expect([0, 1].map((axis) => avifOrientation(turnedAvif(['imir', axis])))).toEqual([4, 2]);
    expect(avifOrientation(turnedAvif(['irot', 1], ['imir', 0]))).toBe(5);
    expect(avifOrientation(turnedAvif(['imir', 0], ['irot', 1]))).toBe(7);
  });
});

describe('A cut picture', () => {
  it.each([
    ['JPEG', jpeg()],
    ['PNG', makePng(40, 30)],
    ['WebP', webp()],
    ['AVIF', turnedAvif()],
  ])('is told by its file: %s', (_, whole) => {
    expect(isCutPicture(whole)).toBe(false);
    // What follows the picture doesn't matter: another picture, a film (motion photos).
    expect(isCutPicture(Buffer.concat([whole, Buffer.from('\0\0\0\x08 and more', 'latin1')]))).toBe(false);
    for (const share of [0.4, 0.6, 0.9]) {
      expect(isCutPicture(whole.subarray(0, Math.floor(whole.length * share))), String(share)).toBe(true);
    }
  });

  it('with a whole thumbnail inside is cut all the same', () => {
    const thumbnail = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationTiff(1), jpeg()]);
    const segment = Buffer.concat([
      Buffer.from([0xff, 0xe1, (thumbnail.length + 2) >> 8, (thumbnail.length + 2) & 255]),
      thumbnail,
    ]);
    const whole = Buffer.concat([jpeg().subarray(0, 2), segment, jpeg().subarray(2)]);
    expect(isCutPicture(whole)).toBe(false);
    expect(isCutPicture(whole.subarray(0, whole.length - 30))).toBe(true);
  });
});

it('Pictures that are damaged anywhere are read without an error and without an end', () => {
  const random = createRandom(9);
  const files = [turnedJpeg(6), turnedPng(6), turnedWebp(6), turnedAvif(['irot', 1])];
  for (let i = 0; i < 2000; i++) {
    const whole = files[i % files.length] ?? jpeg();
    const bytes = Uint8Array.from(whole.subarray(0, Math.ceil(random() * whole.length)));
    for (let k = 0; k < 4; k++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
    isCutPicture(bytes);
    isAnimated(bytes);
    mayBeTransparent(bytes);
    describeOddJpeg(bytes);
    expect(readExif(bytes).orientation).toBeGreaterThanOrEqual(1);
    expect(avifOrientation(bytes)).toBeLessThanOrEqual(8);
  }
});

it('Kinds of JPEG that no browser reads have names', () => {
  const odd = (marker: number, bits = 8) => {
    const file = Uint8Array.from(jpeg());
    const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
    file.set([marker], at + 1);
    file.set([bits], at + 4);
    return describeOddJpeg(file);
  };
  expect(odd(0xc0)).toBeNull();
  expect(odd(0xc2)).toBeNull();
  expect(odd(0xc9)).toMatch(/arithmetically/);
  expect(odd(0xc3)).toMatch(/lossless/);
  expect(odd(0xc1, 12)).toMatch(/12 bits/);
});

describe('The size of a picture', () => {
  /** Segments of a JPEG, each by its second byte and its content. */
  const jpegOf = (...segments: readonly (readonly [marker: number, content: readonly number[]])[]) =>
    Uint8Array.from([
      ...[0xff, 0xd8],
      ...segments.flatMap(([marker, content]) => [0xff, marker, 0, content.length + 2, ...content]),
      ...[0xff, 0xda, 0, 2],
    ]);

  it('is read from its head', () => {
    expect(statedSize(makePng(300, 2))).toEqual({ width: 300, height: 2 });
    // Height and width in front of the components; a table of Huffman codes (C4) is no frame.
    const baseline = jpegOf([0xe0, [1]], [0xc4, [8, 9, 9, 9, 9]], [0xc0, [8, 1, 0x2c, 2, 0x58, 3]]);
    expect(statedSize(baseline)).toEqual({ width: 600, height: 300 });
    expect(statedSize(jpegOf([0xc2, [8, 0, 9, 0, 7, 1]]))).toEqual({ width: 7, height: 9 });
  });

  it('is left to the browser where it isn’t there', () => {
    expect(statedSize(jpegOf([0xc0, [8, 0, 0, 2, 0x58, 3]]))).toBeNull();
    expect(statedSize(jpegOf([0xe0, [1]]))).toBeNull();
    expect(statedSize(Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 20, 8))).toBeNull();
    expect(statedSize(new Uint8Array())).toBeNull();
  });
});
