/** Runs in the page of the tests: how far a film shows what another one shows, frame by frame. */
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink } from 'mediabunny';

/** A circle in pixels. */
export type Circle = readonly [x: number, y: number, radius: number];

export interface FrameComparison {
  /**
   * By circle, how far the film's edges are those of the original: the correlation of the brightness's gradients, 1 where
   * they are the same.
   */
  readonly edges: readonly number[];
  /** By circle, the mean difference of the brightness, 0 to 255. */
  readonly differences: readonly number[];
  /** The mean difference of the brightness where neither film nor original lies in a place that is left out. */
  readonly elsewhere: number;
}

/**
 * @param circles by frame, what is to be compared by itself
 * @param leftOut by frame, what doesn't count as elsewhere
 */
export async function compareFilms(
  original: Blob,
  film: Blob,
  circles: readonly (readonly Circle[])[],
  leftOut: readonly (readonly Circle[])[],
): Promise<FrameComparison[]> {
  const [ours, theirs] = [readBrightness(original), readBrightness(film)];
  const result: FrameComparison[] = [];
  for (;;) {
    const [a, b] = [await ours.next(), await theirs.next()];
    if (a.done || b.done) {
      if (a.done !== b.done)
        throw new Error(`One film ends after ${result.length} frames, the other doesn’t.`);
      return result;
    }
    const [own = [], out = []] = [circles[result.length], leftOut[result.length]];
    result.push({
      edges: own.map((circle) => edgesAlike(a.value, b.value, circle)),
      differences: own.map((circle) => difference(a.value, b.value, (x, y) => isIn(circle, x, y))),
      elsewhere: difference(a.value, b.value, (x, y) => !out.some((circle) => isIn(circle, x, y))),
    });
  }
}

interface Brightness {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

async function* readBrightness(blob: Blob): AsyncGenerator<Brightness, void> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('The film has no picture.');
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('There is no 2-D canvas here.');
    for await (const sample of new VideoSampleSink(track).samples()) {
      sample.draw(context, 0, 0, width, height);
      sample.close();
      const { data } = context.getImageData(0, 0, width, height);
      const values = new Float32Array(width * height);
      for (let i = 0; i < values.length; i++) {
        // Rec. 709.
        values[i] =
          0.2126 * (data[4 * i] ?? 0) + 0.7152 * (data[4 * i + 1] ?? 0) + 0.0722 * (data[4 * i + 2] ?? 0);
      }
      yield { width, height, values };
    }
  } finally {
    input.dispose();
  }
}

function isIn([x, y, radius]: Circle, px: number, py: number): boolean {
  return (px - x) ** 2 + (py - y) ** 2 <= radius ** 2;
}

function difference(a: Brightness, b: Brightness, counts: (x: number, y: number) => boolean): number {
  let [sum, count] = [0, 0];
  // Every other pixel of every other row will do.
  for (let y = 0; y < a.height; y += 2) {
    for (let x = 0; x < a.width; x += 2) {
      if (!counts(x, y)) continue;
      sum += Math.abs((a.values[y * a.width + x] ?? 0) - (b.values[y * b.width + x] ?? 0));
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function edgesAlike(a: Brightness, b: Brightness, circle: Circle): number {
  const [cx, cy, radius] = circle;
  let [ab, aa, bb] = [0, 0, 0];
  const gradient = ({ values, width }: Brightness, x: number, y: number, step: number): number => {
    const at = y * width + x;
    return (values[at + step] ?? 0) - (values[at - step] ?? 0);
  };
  for (let y = Math.max(1, Math.ceil(cy - radius)); y < Math.min(a.height - 1, cy + radius); y++) {
    for (let x = Math.max(1, Math.ceil(cx - radius)); x < Math.min(a.width - 1, cx + radius); x++) {
      if (!isIn(circle, x, y)) continue;
      for (const step of [1, a.width]) {
        const [own, other] = [gradient(a, x, y, step), gradient(b, x, y, step)];
        ab += own * other;
        aa += own * own;
        bb += other * other;
      }
    }
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/**
 * Opacity of places in a film or a picture, 0 to 255.
 *
 * @param probes places in pixels
 * @returns by frame
 */
export async function opacities(
  file: Blob,
  probes: readonly (readonly [x: number, y: number])[],
): Promise<number[][]> {
  const read = (image: OffscreenCanvasRenderingContext2D): number[] =>
    probes.map(([x, y]) => image.getImageData(Math.round(x), Math.round(y), 1, 1).data[3] ?? 0);
  const contextOf = (width: number, height: number): OffscreenCanvasRenderingContext2D => {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('There is no 2-D canvas here.');
    return context;
  };
  if (file.type === 'image/png') {
    const bitmap = await createImageBitmap(file);
    const context = contextOf(bitmap.width, bitmap.height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return [read(context)];
  }
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('The film has no picture.');
  const context = contextOf(await track.getDisplayWidth(), await track.getDisplayHeight());
  const frames: number[][] = [];
  for await (const sample of new VideoSampleSink(track).samples()) {
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    sample.draw(context, 0, 0);
    sample.close();
    frames.push(read(context));
  }
  input.dispose();
  return frames;
}
