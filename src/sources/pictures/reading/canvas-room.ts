/** Largest side that GPUs and canvases take, and pixels of which there is room for several copies. */
const LARGEST_SIDE = 16_384;
const MOST_PIXELS = 100e6;
/**
 * As many pixels every canvas holds. Safari on iPhones and iPads holds no more up to iOS 17, and says nothing: what is
 * drawn on a larger canvas is empty (https://pqina.nl/blog/canvas-area-exceeds-the-maximum-limit), and nobody is found.
 */
const PIXELS_EVERYWHERE = 4096 * 4096;

/**
 * By how much a picture has to be scaled down for a canvas.
 *
 * @param width in pixels, as is `height`
 * @param holds whether this browser's canvas holds so many; asked for large ones only
 * @returns at most 1
 */
export function scaleToRoom(width: number, height: number, holds = canvasHolds): number {
  const pixels = width * height;
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / pixels));
  if (pixels * scale ** 2 <= PIXELS_EVERYWHERE) return scale;
  const isHeld = holds(Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale)));
  return isHeld ? scale : Math.sqrt(PIXELS_EVERYWHERE / pixels);
}

/** Is what is drawn on a canvas of this size there? */
function canvasHolds(width: number, height: number): boolean {
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context?.fillRect(0, 0, 1, 1);
    const isThere = context?.getImageData(0, 0, 1, 1).data[3] === 255;
    // Given back at once, and not when memory is collected.
    canvas.width = 1;
    canvas.height = 1;
    return isThere;
  } catch {
    return false;
  }
}
