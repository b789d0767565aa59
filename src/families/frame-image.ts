/** Pixels that can be given to a network. Both kinds must be closed by their owner. */
export type FrameImage = VideoFrame | ImageBitmap;

/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Width and height in pixels as displayed. */
export function sizeOf(image: FrameImage): PictureSize {
  return image instanceof ImageBitmap
    ? { width: image.width, height: image.height }
    : { width: image.displayWidth, height: image.displayHeight };
}
