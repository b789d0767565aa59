import { LimnError, toReason } from '../core/errors.ts';
import type { FrameImage } from '../families/frame-image.ts';

/**
 * What a picture shows at this moment, as a copy of its own: to be called before the first `await`, for whatever its owner
 * does with it afterwards (a video plays on, a frame is closed) changes nothing any more.
 *
 * @returns the receiver's to close
 * @throws {LimnError} if it has no picture that can be read
 */
export async function takePicture(image: ImageBitmapSource): Promise<FrameImage> {
  try {
    // Both look at the picture before they return; only decoding a file goes on behind that.
    return image instanceof VideoFrame ? image.clone() : await createImageBitmap(image);
  } catch (cause) {
    const reason = toReason(cause);
    throw new LimnError(
      `The picture can't be read (${reason}). Give one that is loaded and not closed; of a video, after its first frame is there.`,
      { cause },
    );
  }
}
