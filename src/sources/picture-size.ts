export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Players round the sides of pictures whose pixels aren't square by different rules. */
const ROUNDING = 1;

/**
 * A picture in the size of a recording, as large as it goes and in the middle, with black beside it where its shape is
 * another: as players show a video, or a camera, that changes its size on the way.
 *
 * @param image given away  @returns it, or another in its place; the caller owns it
 */
export function bringToSize(image: VideoFrame, { width, height }: PictureSize): VideoFrame {
  const { displayWidth, displayHeight, timestamp } = image;
  if (Math.abs(displayWidth - width) <= ROUNDING && Math.abs(displayHeight - height) <= ROUNDING)
    return image;
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser gives no 2-D canvas.');
    const scale = Math.min(width / displayWidth, height / displayHeight);
    const [w, h] = [displayWidth * scale, displayHeight * scale];
    context.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    return new VideoFrame(canvas, { timestamp });
  } finally {
    image.close();
  }
}
