import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { describeForeign, fileType } from '../../../src/sources/files/file-types.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const ftyp = (...brands: string[]) =>
  `\0\0\0${String.fromCharCode(8 + 4 * (brands.length + 1))}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`;
const transportStream = `\x47${'\0'.repeat(187)}`.repeat(3);

describe('What a file is', () => {
  it.each([
    ['a.png', '\x89PNG\r\n\x1a\n', 'picture', 'PNG'],
    ['video.mp4', '\xff\xd8\xff\xdb', 'picture', 'JPEG'],
    ['a.gif', 'GIF89a', 'picture', 'GIF'],
    ['a.webp', 'RIFF\x10\0\0\0WEBPVP8L', 'picture', 'WebP'],
    ['a.bmp', `BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0`, 'picture', 'BMP'],
    ['a.avif', ftyp('avif', 'mif1', 'miaf'), 'picture', 'AVIF'],
    ['a.avif', ftyp('mif1', 'avif', 'miaf'), 'picture', 'AVIF'],
    ['a.avif', ftyp('avis', 'msf1'), 'picture', 'AVIF'],
    ['IMG.HEIC', ftyp('heic', 'mif1', 'heic'), 'picture', 'HEIC'],
    ['IMG.HEIF', ftyp('mif1', 'heic'), 'picture', 'HEIC'],
    ['a.jxl', '\xff\x0a\xfa', 'picture', 'JPEG XL'],
    ['a.jp2', '\0\0\0\x0cjP  \r\n', 'picture', 'JPEG 2000'],
    ['a.tif', 'II*\0\x08\0\0\0', 'picture', 'TIFF'],
    ['a.ico', '\0\0\x01\0\x01\0', 'picture', 'an icon file (ICO)'],
    ['IMG_1.CR2', 'II*\0\x10\0\0\0CR\x02\0', 'foreign', 'a raw file of a camera'],
    ['DSC_1.NEF', 'MM\0*\0\0\0\x08', 'foreign', 'a raw file of a camera'],
    ['x.DNG', 'II*\0\x08\0\0\0', 'foreign', 'a raw file of a camera'],
    ['a.psd', '8BPS\0\x01', 'foreign', 'a Photoshop file'],
    ['a.svg', '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="x">', 'foreign', 'an SVG drawing'],
    ['page.html', '<!DOCTYPE html><html>', 'foreign', 'a web page'],
    ['picture.jpg', '<html><body>404', 'foreign', 'a web page'],
    ['walk.bvh', 'HIERARCHY\nROOT', 'foreign', 'a BVH motion file'],
    ['walk.parquet', 'PAR1\x15', 'foreign', 'a Parquet table'],
    ['letter.docx', 'PK\x03\x04', 'foreign', 'an office document'],
    ['a.pdf', '%PDF-1.7', 'foreign', 'a PDF document'],
    ['a.rar', 'Rar!\x1a\x07', 'foreign', 'an archive'],
    ['notes.txt', 'Grüße', 'foreign', 'a text file'],
    ['clip.mp4.crdownload', '\0\x01\x02', 'foreign', 'a download that isn’t finished'],
    ['a.ppm', 'P6\n480 360\n255\n', 'foreign', 'a Netpbm picture'],
    ['notes.txt', 'P1 is next to P2', 'foreign', 'a text file'],
    ['a.tga', '\0\0\x02\0\0', 'foreign', 'a Targa or PCX picture'],
    ['a.qoi', 'qoif\0\0', 'foreign', 'a QOI picture'],
    ['clip', '\x06\x0e\x2b\x34\x02\x05', 'video', 'MXF'],
    ['clip.mp4', ftyp('isom', 'avc1'), 'video', 'MP4 or MOV'],
    ['old.mov', '\0\0\0\x08wide\0\0\0\0mdat', 'video', 'MP4 or MOV'],
    ['a.webm', '\x1a\x45\xdf\xa3', 'video', 'Matroska or WebM'],
    ['a.ts', transportStream, 'video', 'MPEG transport stream'],
    ['a.avi', 'RIFF\0\0\0\0AVI LIST', 'video', 'AVI'],
    ['a.mp4', '\x01\x02\x03\x04', 'video', 'video'],
    ['a.mp3', 'ID3\x04', 'video', 'sound'],
    ['kp.npy', '\x93NUMPY\x01\0', 'keypoints', 'NumPy'],
    ['kp.zip', 'PK\x03\x04', 'keypoints', 'ZIP'],
    ['kp.trc', 'PathFileType\t4', 'keypoints', 'keypoints'],
    ['no ending', ' {"people": []}', 'keypoints', 'JSON'],
    ['thing.xyz', '\x01\x02\x03\x04', 'foreign', 'of a kind that Limn doesn’t know'],
    ['empty.png', '', 'picture', 'a picture'],
    ['empty', '', 'foreign', 'empty (0 bytes)'],
  ])('%s, by its first bytes', (name, head, kind, label) => {
    expect(fileType(bytesOf(head), name)).toMatchObject({ kind, label });
  });

  it('is told in a sentence with what to do, and never sends pictures to ffmpeg', () => {
    for (const name of ['a.bvh', 'a.parquet', 'a.docx', 'a.psd', 'a.nef', 'a.c3d', 'a.mat', 'a.url']) {
      const sentence = describeForeign(name, fileType(bytesOf('\x01\x02'), name));
      expect(sentence).toMatch(/^a\.\w+ is an? .*, no picture, video or keypoint file\. .+\.$/);
      expect(sentence).not.toContain('ffmpeg');
    }
  });

  it('is something, whatever the bytes', () => {
    const random = createRandom(4);
    for (let i = 0; i < 2000; i++) {
      const head = Uint8Array.from({ length: Math.floor(random() * 300) }, () => random() * 256);
      expect(fileType(head, 'x').label).not.toBe('');
    }
  });
});
