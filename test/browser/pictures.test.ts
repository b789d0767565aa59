import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cmykJpeg,
  deepPng,
  jpeg,
  makeApng,
  makePng,
  plainPng,
  QUARTERED,
  turnedAvif,
  turnedJpeg,
  turnedPng,
  turnedWebp,
} from '../helpers/make-pictures.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

const examine = (name: string, bytes: Buffer | string) =>
  watched.page.evaluate(
    ([name = '', base64 = '']) => window.harness.examinePicture(name, base64),
    [name, typeof bytes === 'string' ? bytes : bytes.toString('base64')],
  );
const animate = (name: string, base64: string, shares: number[]) =>
  watched.page.evaluate(([name, base64, shares]) => window.harness.examineAnimation(name, base64, shares), [
    name,
    base64,
    shares,
  ] as const);

const { width, height } = QUARTERED;
const [R, G, B, W] = ['red', 'green', 'blue', 'white'];
/** The quarters of the picture as it is to be seen, by its orientation (Exif 2.32 §4.6.5.1.6). */
const UPRIGHT = {
  1: [R, G, B, W],
  2: [G, R, W, B],
  3: [W, B, G, R],
  4: [B, W, R, G],
  5: [R, B, G, W],
  6: [B, R, W, G],
  7: [W, G, B, R],
  8: [G, W, R, B],
} as const;

/** JPEG's colours are near, not equal. */
function nameColor(color: string): string {
  const bright = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) > 128);
  const names: Readonly<Record<string, string>> = {
    '100': 'red',
    '010': 'green',
    '001': 'blue',
    '111': 'white',
  };
  return names[bright.map(Number).join('')] ?? color;
}

describe('A picture', () => {
  it.each([
    1, 2, 3, 4, 5, 6, 7, 8,
  ] as const)('of orientation %i is seen upright in every format', async (turn) => {
    const avif = {
      1: turnedAvif(),
      2: turnedAvif(['imir', 1]),
      3: turnedAvif(['irot', 2]),
      4: turnedAvif(['imir', 0]),
      5: turnedAvif(['irot', 1], ['imir', 0]),
      6: turnedAvif(['irot', 3]),
      7: turnedAvif(['irot', 1], ['imir', 1]),
      8: turnedAvif(['irot', 1]),
    }[turn];
    for (const [name, bytes] of [
      ['a.jpg', turnedJpeg(turn)],
      ['a.png', turnedPng(turn)],
      ['a.webp', turnedWebp(turn)],
      ['a.avif', avif],
    ] as const) {
      const seen = await examine(name, bytes);
      const size = turn < 5 ? [width, height] : [height, width];
      expect({ name, size: seen.size, quarters: seen.quarters?.map(nameColor) }).toEqual({
        name,
        size,
        quarters: UPRIGHT[turn],
      });
    }
  });

  it('lies on white where it is transparent', async () => {
    expect((await examine('clear.png', plainPng(8, 8, [0, 0, 0, 0]))).quarters).toEqual(
      Array(4).fill('#ffffff'),
    );
    const [half] = (await examine('half.png', plainPng(8, 8, [0, 0, 0, 128]))).quarters ?? [];
    expect(Number.parseInt(half?.slice(1, 3) ?? '', 16)).toBeCloseTo(127, -0.5);
  });

  it('in CMYK, or with 16 bits a colour, has its colours', async () => {
    expect((await examine('cmyk.jpg', cmykJpeg())).quarters?.map(nameColor)).toEqual(Array(4).fill('red'));
    expect((await examine('deep.png', deepPng(8, 8, [0, 0x8000, 0xffff]))).quarters).toEqual(
      Array(4).fill('#0080ff'),
    );
  });

  it('of one pixel is opened', async () => {
    expect((await examine('dot.png', plainPng(1, 1, [255, 0, 0, 255]))).quarters).toEqual(
      Array(4).fill('#ff0000'),
    );
  });

  it('with a side longer than canvases take is scaled down, and keeps its own size', async () => {
    const seen = await examine('wide.png', makePng(17_000, 200));
    expect(seen.size).toEqual([17_000, 200]);
    expect(seen.decoded?.[0]).toBe(16_384);
  });

  it('is read whatever its name says, and whatever follows it', async () => {
    const motion = Buffer.concat([turnedJpeg(6), Buffer.from('\0\0\0\x18ftypmp42', 'latin1')]);
    expect((await examine('IMG.HEIC', motion)).size).toEqual([height, width]);
  });
});

it.each([
  ['empty.png', Buffer.alloc(0), /empty\.png is empty/],
  ['text.jpg', Buffer.from('not a picture at all'), /text\.jpg is a text file, no picture/],
  ['zero.png', makePng(0, 0), /zero\.png is damaged|has no pixels/],
  ['huge.png', makePng(20_000, 20_000, 1), /huge\.png has 20000 × 20000 pixels, more than.*300 megapixels/],
  ['corrupt.png', corrupt(makePng(64, 64)), /corrupt\.png is damaged/],
  ['cut.jpg', jpeg().subarray(0, 500), /cut\.jpg is cut off: its file ends before its picture does/],
  ['cut.webp', turnedWebp(3).subarray(0, 90), /cut\.webp is cut off/],
  ['cut.png', turnedPng(3).subarray(0, 150), /cut\.png is cut off/],
  ['cut.avif', turnedAvif().subarray(0, 300), /cut\.avif is cut off/],
  ['lossless.jpg', withFrame(0xc3), /a JPEG of a kind that browsers can't read: it is lossless/],
  ['a.tif', Buffer.from('II*\0\x08\0\0\0\0\0', 'latin1'), /a\.tif is TIFF, which this browser can't read/],
] as const)('says what is wrong with %s', async (name, bytes, sentence) => {
  expect((await examine(name, bytes)).error).toMatch(sentence);
});

/** Damages the head chunk, which no decoder passes over. */
function corrupt(png: Buffer): Buffer {
  const damaged = Buffer.from(png);
  damaged.fill(0xff, 12, 24);
  return damaged;
}

/** The same, said to be coded otherwise. */
function withFrame(marker: number): Buffer {
  const bytes = jpeg();
  bytes[bytes.indexOf(Buffer.from([0xff, 0xc0])) + 1] = marker;
  return bytes;
}

describe('A picture that moves', () => {
  it('has all frames, put together as they say, at their times', async () => {
    const red = [255, 0, 0, 255];
    const green = [0, 255, 0, 255];
    const all = { left: 0, top: 0, width: 30, height: 30 };
    const middle = { left: 10, top: 10, width: 10, height: 10 };
    const corner = { left: 0, top: 0, width: 10, height: 10 };
    const apng = makeApng(30, 30, [
      { ...all, color: red, milliseconds: 50, dispose: 'none', blend: 'source' },
      { ...middle, color: green, milliseconds: 100, dispose: 'previous', blend: 'source' },
      { ...corner, color: [0, 0, 255, 128], milliseconds: 200, dispose: 'none', blend: 'over' },
      { ...middle, color: [0, 0, 0, 0], milliseconds: 40, dispose: 'background', blend: 'source' },
      { ...corner, color: green, milliseconds: 5, dispose: 'none', blend: 'source' },
    ]);
    const { kind, duration, frames } = await animate('a.png', apng.toString('base64'), [0.2, 0.5, 0.8]);
    expect(kind).toBe('animation');
    expect(frames.map(({ time }) => Math.round(time * 1000))).toEqual([0, 50, 150, 350, 390]);
    // Browsers show what lasts less than 10 ms for 100.
    expect(Math.round(duration * 1000)).toBe(490);
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    const [r, g, w] = ['#ff0000', '#00ff00', '#ffffff'];
    const [, , over] = frames;
    const mixed = over?.colors[0] ?? '';
    expect(mixed).toMatch(/^#(7e|7f|80)00(7f|80|81)$/);
    expect(frames.map(({ colors }) => colors)).toEqual([
      [r, r, r, r, r, r, r, r, r],
      [r, r, r, r, g, r, r, r, r],
      [mixed, r, r, r, r, r, r, r, r],
      [mixed, r, r, r, w, r, r, r, r],
      [g, r, r, r, w, r, r, r, r],
    ]);
  });

  it('that breaks off has its frames up to there, and says so', async () => {
    const frame = {
      left: 0,
      top: 0,
      width: 30,
      height: 30,
      milliseconds: 50,
      dispose: 'none',
      blend: 'source',
    } as const;
    const apng = makeApng(
      30,
      30,
      Array.from({ length: 6 }, (_, i) => ({ ...frame, color: [40 * i, 0, 0, 255] })),
    );
    const cut = apng.subarray(0, apng.length - 100).toString('base64');
    const { frames, incomplete } = await animate('cut.png', cut, [0.5]);
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.length).toBeLessThanOrEqual(6);
    expect(incomplete).toMatch(/cut\.png is not whole: it breaks off after \d frames/);
  });

  // By PIL: the colours at a tenth, a half and nine tenths of the sides.
  it.runIf(hasSharedData).each(['anim.gif', 'anim.webp'])('is read as PIL reads it: %s', async (name) => {
    const base64 = readBase64(sharedPath(`faults/${name}`));
    const { frames, duration } = await animate(name, base64, [0.1, 0.5, 0.9]);
    expect(frames.map(({ time }) => Math.round(time * 1000))).toEqual(
      Array.from({ length: 15 }, (_, i) => i * 100),
    );
    expect(duration).toBeCloseTo(1.5, 9);
    for (const [index, colors] of Object.entries(PIL[name === 'anim.gif' ? 'gif' : 'webp'])) {
      for (const [i, color] of colors.entries()) {
        expect(distance(frames[Number(index)]?.colors[i] ?? '', color), `${index} ${i}`).toBeLessThanOrEqual(
          3,
        );
      }
    }
  });
});

const PIL: Readonly<Record<'gif' | 'webp', Readonly<Record<number, readonly string[]>>>> = {
  gif: {
    0: ['#6c6c55', '#d8d8aa', '#b4b4aa', '#b4b455', '#000000', '#484800', '#b4b4aa', '#909055', '#b4b455'],
    7: ['#6c6c55', '#d8d8aa', '#b4b4aa', '#b4b455', '#000000', '#484800', '#b4b4aa', '#909055', '#b4b455'],
    14: ['#6c6c55', '#d8d8aa', '#b4b4aa', '#b4b455', '#000000', '#484800', '#b4b4aa', '#909055', '#b4b455'],
  },
  webp: {
    0: ['#6b6c69', '#cfd0cd', '#b3b3b3', '#aaa49d', '#070203', '#5d5246', '#c7c3be', '#9d958a', '#aba197'],
    7: ['#6b6c69', '#cfd0cd', '#b3b3b3', '#aaa49d', '#060001', '#5d5246', '#c7c3be', '#a3948b', '#aea298'],
    14: ['#6b6c69', '#cfd0cd', '#b3b3b3', '#aaa49d', '#070002', '#5d5246', '#c7c3be', '#a3948b', '#aea298'],
  },
};

/** The largest difference of red, green or blue. */
function distance(a: string, b: string): number {
  return Math.max(
    ...[1, 3, 5].map((at) =>
      Math.abs(Number.parseInt(a.slice(at, at + 2), 16) - Number.parseInt(b.slice(at, at + 2), 16)),
    ),
  );
}

it.runIf(hasSharedData)('reads what went wrong before', async () => {
  const file = (name: string) => readFileSync(sharedPath(`faults/${name}`));
  expect((await examine('exif3.webp', file('exif3.webp'))).size).toEqual([700, 467]);
  expect((await examine('exif6.webp', file('exif6.webp'))).size).toEqual([700, 467]);
  expect((await examine('2_trunc.jpg', file('2_trunc.jpg'))).error).toMatch(/2_trunc\.jpg is cut off/);
  expect((await examine('IMG_0001.HEIC', file('IMG_0001.HEIC'))).error).toMatch(
    /IMG_0001\.HEIC is (cut off|HEIC, which this browser can't read)/,
  );
});

describe('Several pictures that the library analyses', () => {
  const analyze = (names: string[], options: Record<string, unknown>) =>
    watched.page.evaluate(
      async ([names, options, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        try {
          const files = names.map((name) => new File([bytes], name));
          const { info, frames } = await window.harness.limn.analyze(files, { engine: 'wasm', ...options });
          return {
            frames: frames.map(({ index, time, name }) => `${index} ${time} ${name}`),
            rate: info.assumedFrameRate,
            size: [info.width, info.height],
          };
        } catch (error) {
          return { error: (error as Error).message };
        }
      },
      [names, options, makePng(64, 48).toString('base64')] as const,
    );

  it('are a film by their names, at the rate that is said', async () => {
    expect(await analyze(['f_4.png', 'f_1.png', 'f_2.png'], { pictureRate: 10 })).toEqual({
      frames: ['0 0 f_1.png', '1 0.1 f_2.png', '3 0.3 f_4.png'],
      rate: 10,
      size: [64, 48],
    });
    expect((await analyze(['f_2.png', 'f_1.png', 'f_3.png'], { pictures: 'single' })).frames).toEqual([
      '0 0 f_1.png',
      '1 1 f_2.png',
      '2 2 f_3.png',
    ]);
  });

  it('and wrong options are refused', async () => {
    expect((await analyze(['a.png'], { pictureRate: 0 })).error).toMatch(/options\.pictureRate is 0/);
    expect((await analyze(['a.png'], { pictures: 'film' })).error).toMatch(/options\.pictures is "film"/);
  });
});

it('logged no error and asked no other host', () => {
  expect(watched.faults).toEqual([]);
});

it('a film with a picture in two seconds begins nothing anew for each, as one does that jumps back', {
  retry: 2,
}, async () => {
  const medians = await watched.page.evaluate(async () => {
    const { limn } = window.harness;
    const tracker = limn.createTracker({ model: 'mediapipe-pose-lite', engine: 'tasks-wasm' });
    const canvas = new OffscreenCanvas(320, 240);
    canvas.getContext('2d')?.fillRect(0, 0, 100, 100);
    const medianOf = async (seconds: number, from: number): Promise<number> => {
      const durations: number[] = [];
      for (let i = 0; i < 8; i++) {
        const began = performance.now();
        await tracker.detect(canvas, from + i * seconds);
        durations.push(performance.now() - began);
      }
      return durations.sort((a, b) => a - b)[4] ?? 0;
    };
    const found = { slow: await medianOf(2, 0), cut: await medianOf(-1, -10) };
    tracker.dispose();
    return found;
  });
  console.log(`milliseconds a picture: ${medians.slow.toFixed(0)}, with a cut ${medians.cut.toFixed(0)}`);
  // A graph takes 150 to 300 ms to begin, a picture 30.
  expect(medians.slow).toBeLessThan(0.6 * medians.cut);
});
