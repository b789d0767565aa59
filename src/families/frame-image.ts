/** Pixels that can be given to a network. Both kinds must be closed by their owner. */
export type FrameImage = VideoFrame | ImageBitmap;

/** Width and height in pixels as displayed. */
export function sizeOf(image: FrameImage): { width: number; height: number } {
  return image instanceof ImageBitmap
    ? { width: image.width, height: image.height }
    : { width: image.displayWidth, height: image.displayHeight };
}
