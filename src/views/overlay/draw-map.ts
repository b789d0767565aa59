import type { Context2D, Fit } from './fit.ts';

/** A network's map, as it lies on the frame. */
export interface OverlaidMap {
  /** 0 to 1, row by row. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  /** The part of its width and height that the frame fills; 0 to 1. */
  readonly filledX: number;
  readonly filledY: number;
}

/** From nothing to certain: clear, then violet, orange, and nearly white. */
const STOPS = [
  { at: 0, color: [60, 20, 120, 0] },
  { at: 0.08, color: [80, 30, 160, 120] },
  { at: 0.4, color: [225, 70, 95, 190] },
  { at: 0.75, color: [250, 170, 50, 215] },
  { at: 1, color: [255, 250, 220, 235] },
] as const;
const LEVELS = 256;
const palette = createPalette();
/** The picture of the map that was drawn last. */
let painted: { readonly map: OverlaidMap; readonly canvas: OffscreenCanvas } | null = null;

/** Draws a map over the frame, smoothly. */
export function drawMap(
  context: Context2D,
  map: OverlaidMap,
  frame: { readonly width: number; readonly height: number },
  fit: Fit,
  isMirrored: boolean,
): void {
  if (painted?.map !== map) painted = { map, canvas: paint(map) };
  const [width, height] = [frame.width * fit.scale, frame.height * fit.scale];
  context.save();
  if (isMirrored) {
    context.translate(context.canvas.width, 0);
    context.scale(-1, 1);
  }
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  const { filledX, filledY } = map;
  context.drawImage(
    painted.canvas,
    0,
    0,
    map.width * filledX,
    map.height * filledY,
    fit.left,
    fit.top,
    width,
    height,
  );
  context.restore();
}

function paint({ values, width, height }: OverlaidMap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context?.createImageData(width, height);
  if (!context || !image) return canvas;
  for (const [i, value] of values.entries()) {
    const level = Math.round(Math.min(1, Math.max(0, value)) * (LEVELS - 1));
    image.data.set(palette.subarray(level * 4, level * 4 + 4), i * 4);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function createPalette(): Uint8ClampedArray {
  const colors = new Uint8ClampedArray(LEVELS * 4);
  for (let level = 0; level < LEVELS; level++) {
    const value = level / (LEVELS - 1);
    const next = Math.max(
      1,
      STOPS.findIndex(({ at }) => at >= value),
    );
    const [low, high] = [STOPS[next - 1] ?? STOPS[0], STOPS[next] ?? STOPS[0]];
    const share = (value - low.at) / (high.at - low.at || 1);
    for (let i = 0; i < 4; i++) {
      colors[level * 4 + i] = (low.color[i] ?? 0) * (1 - share) + (high.color[i] ?? 0) * share;
    }
  }
  return colors;
}
