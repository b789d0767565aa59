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

/** How two frames lie in a pane: side by side, or one above the other. */
export interface Arrangement {
  readonly direction: 'across' | 'down';
  /** Of both frames together, in the pane's unit. */
  readonly area: number;
}

/**
 * The arrangement in which two frames are larger, each fitted into half of a pane.
 *
 * @param aspects widths by heights of both frames
 */
export function arrangeTwo(
  [first, second]: readonly [number, number],
  width: number,
  height: number,
): Arrangement {
  const areaIn = (aspect: number, paneWidth: number, paneHeight: number): number => {
    const frameHeight = Math.min(paneHeight, paneWidth / aspect);
    return aspect * frameHeight * frameHeight;
  };
  const across = areaIn(first, width / 2, height) + areaIn(second, width / 2, height);
  const down = areaIn(first, width, height / 2) + areaIn(second, width, height / 2);
  return across >= down ? { direction: 'across', area: across } : { direction: 'down', area: down };
}
