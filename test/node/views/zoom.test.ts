import { describe, expect, it } from 'vitest';
import { MOST_ZOOM, panBy, WHOLE, zoomAt, zoomedFit } from '../../../src/views/overlay/zoom.ts';

const frame = { width: 400, height: 200 };
const stage = { width: 800, height: 600 };

/** The place of the frame that is seen at a place of the stage. */
function under(zoom: typeof WHOLE, x: number, y: number): [number, number] {
  const { left, top, scale } = zoomedFit(frame, stage, zoom);
  return [(x - left) / scale, (y - top) / scale];
}

describe('A zoomed picture', () => {
  it('is fitted in where it isn’t zoomed', () => {
    expect(zoomedFit(frame, stage, WHOLE)).toEqual({ scale: 2, left: 0, top: 100 });
  });

  it('keeps what is under the pointer there', () => {
    let zoom = WHOLE;
    const at = { x: 500, y: 300 };
    const before = under(zoom, at.x, at.y);
    for (let i = 0; i < 5; i++) zoom = zoomAt(zoom, 1.5, at, frame, stage);
    const [x, y] = under(zoom, at.x, at.y);
    expect(x).toBeCloseTo(before[0], 6);
    expect(y).toBeCloseTo(before[1], 6);
    for (let i = 0; i < 5; i++) zoom = zoomAt(zoom, 1 / 1.5, at, frame, stage);
    expect(zoom).toEqual(WHOLE);
  });

  it('covers the stage as far as it can, wherever it is moved', () => {
    const zoomed = zoomAt(WHOLE, 4, { x: 400, y: 300 }, frame, stage);
    for (const [dx, dy] of [
      [9999, 9999],
      [-9999, -9999],
      [-9999, 9999],
    ] as const) {
      const { left, top, scale } = zoomedFit(frame, stage, panBy(zoomed, dx, dy, frame, stage));
      expect(left).toBeLessThanOrEqual(1e-6);
      expect(left + frame.width * scale).toBeGreaterThanOrEqual(stage.width - 1e-6);
      expect(top).toBeLessThanOrEqual(1e-6);
      expect(top + frame.height * scale).toBeGreaterThanOrEqual(stage.height - 1e-6);
    }
  });

  it('is moved by as much as the pointer, also back from an edge', () => {
    const zoomed = zoomAt(WHOLE, 4, { x: 400, y: 300 }, frame, stage);
    const [x] = under(zoomed, 400, 300);
    expect(under(panBy(zoomed, 30, 0, frame, stage), 430, 300)[0]).toBeCloseTo(x, 6);
    const atEdge = panBy(zoomed, 9999, 0, frame, stage);
    expect(under(panBy(atEdge, -50, 0, frame, stage), 0, 300)[0]).toBeCloseTo(50 / 8, 6);
  });

  it('has bounds', () => {
    expect(zoomAt(WHOLE, 1e6, { x: 1, y: 1 }, frame, stage).factor).toBe(MOST_ZOOM);
    expect(zoomAt(WHOLE, 0.01, { x: 1, y: 1 }, frame, stage)).toBe(WHOLE);
  });
});
