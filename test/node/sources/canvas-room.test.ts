import { describe, expect, it } from 'vitest';
import { scaleToRoom } from '../../../src/sources/pictures/reading/canvas-room.ts';

/** Canvases of Safari on iPhones, up to iOS 17. */
const iPhone = (width: number, height: number): boolean => width * height <= 4096 * 4096;
const computer = (width: number, height: number): boolean => width <= 16_384 && height <= 16_384;

describe('A picture is scaled down', () => {
  it.each([
    ['not at all where it is small', 640, 480, 1, 1],
    ['not at all as large as every canvas', 4096, 4096, 1, 1],
    ['for iPhones where it is of 48 megapixels', 8064, 6048, 1, 0.5865],
    ['to 16,384 a side', 20_480, 100, 0.8, 0.8],
    ['to 100 megapixels', 12_500, 12_500, 0.8, 0.3277],
  ])('%s', (_, width, height, onComputers, onPhones) => {
    expect(scaleToRoom(width, height, computer)).toBeCloseTo(onComputers, 4);
    const scale = scaleToRoom(width, height, iPhone);
    expect(scale).toBeCloseTo(onPhones, 4);
    expect(iPhone(Math.floor(width * scale), Math.floor(height * scale))).toBe(true);
  });
});
