import type { Box } from '../../core/pose.ts';
import { type FrameImage, sizeOf } from '../../families/frame-image.ts';

/** Around the box of somebody's keypoints, this share of it belongs to them, too: hair, hands, shoes. */
const MARGIN = 0.25;

/** The picture with all but what is within the boxes blackened. The caller owns it. */
export async function showOnly(image: FrameImage, boxes: readonly Box[]): Promise<ImageBitmap> {
  const { width, height } = sizeOf(image);
  const context = contextOf(width, height);
  context.fillRect(0, 0, width, height);
  context.beginPath();
  for (const box of boxes) {
    const [x, y] = [MARGIN * box.width, MARGIN * box.height];
    context.rect(box.left - x, box.top - y, box.width + 2 * x, box.height + 2 * y);
  }
  context.clip();
  context.drawImage(image, 0, 0, width, height);
  return createImageBitmap(context.canvas);
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('This browser gives workers no 2-D canvas.');
  return context;
}
