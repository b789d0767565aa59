const WIDTH = 192;
const TYPE = 'image/jpeg';

/** A small JPEG file of a picture, for lists. @param image stays the caller's, who may close it at once */
export async function toThumbnail(image: VideoFrame | ImageBitmap): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } =
    image instanceof ImageBitmap ? image : { width: image.displayWidth, height: image.displayHeight };
  const scaledHeight = Math.max(1, Math.round((WIDTH * height) / width));
  const canvas = new OffscreenCanvas(WIDTH, scaledHeight);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  context.drawImage(image, 0, 0, WIDTH, scaledHeight);
  const blob = await canvas.convertToBlob({ type: TYPE });
  return new Uint8Array(await blob.arrayBuffer());
}
