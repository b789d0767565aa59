/** Of a canvas on the page, or of one in a worker. */
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** How a frame lies on the stage: frame pixel (x, y) is at (left + x · scale, top + y · scale). */
export interface Fit {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Fits a frame into a stage as large as it goes, in its middle, with nothing cut off. */
export function fitFrame(frameWidth: number, frameHeight: number, width: number, height: number): Fit {
  const scale = Math.min(width / Math.max(1, frameWidth), height / Math.max(1, frameHeight));
  return { scale, left: (width - frameWidth * scale) / 2, top: (height - frameHeight * scale) / 2 };
}
