/** A frame's number in the picture itself: squares along its lower edge, white for 1, the lowest bit first. */

const BITS = 12;
const SIZE = 16;

export function drawStamp(context: OffscreenCanvasRenderingContext2D, number: number): void {
  for (let bit = 0; bit < BITS; bit++) {
    context.fillStyle = number & (1 << bit) ? '#fff' : '#000';
    context.fillRect(bit * SIZE, context.canvas.height - SIZE, SIZE, SIZE);
  }
}

export function readStamp(context: OffscreenCanvasRenderingContext2D): number {
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const [x, y] = [bit * SIZE + SIZE / 2, context.canvas.height - SIZE / 2];
    const [brightness = 0] = context.getImageData(x, y, 1, 1).data;
    if (brightness > 127) number |= 1 << bit;
  }
  return number;
}
