import {
  CanvasSource,
  canDecodeVideo,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  StreamTarget,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import type { ReportProgress } from '../exporter.ts';
import type { NamedFrame } from '../writing/frame-stems.ts';
import { addSound, type FilmSound } from './film-sound.ts';
import type { FilmFormatId } from './formats.ts';

/** A piece of a file and where it goes, as `FileSystemWritableFileStream` takes it. */
export interface PlacedBytes {
  readonly type: 'write';
  readonly data: Uint8Array<ArrayBuffer>;
  /** Bytes from the file's start. */
  readonly position: number;
}

/** A frame of a film. */
export interface FilmFrame extends NamedFrame {
  /** Seconds from the film's start. */
  readonly time: number;
  /** Seconds. */
  readonly duration: number;
  /** What is behind it, in the size of the recording; `null`: nothing. Whoever takes the frame closes it. */
  readonly image: VideoFrame | ImageBitmap | null;
}

export interface FilmOrder {
  readonly frames: AsyncIterable<FilmFrame>;
  /** Seconds from the film's start at which it ends, as far as that is known before. */
  readonly end: number;
  /** Where frames are painted. */
  readonly canvas: OffscreenCanvas;
  /** Paints a frame; its image stays the caller's. */
  readonly paint: (frame: FilmFrame) => void;
  readonly report: ReportProgress;
}

export interface EncodingOrder extends FilmOrder {
  readonly format: FilmFormatId;
  /** Is what is transparent on the canvas so in the film? Only of WebM. */
  readonly isTransparent: boolean;
  /** Of the canvas, as `findCodec` found it. */
  readonly codec: VideoCodec;
  readonly sound: FilmSound | null;
  /** How it was made. */
  readonly comment: string;
  readonly title: string;
  /** The file; closed when the film is whole. */
  readonly target: WritableStream<PlacedBytes>;
}

/** Codecs by format, the best first: H.264 for every player; VP9 and AV1 need no licence. */
const CODECS: Readonly<Record<FilmFormatId, readonly VideoCodec[]>> = {
  mp4: ['avc'],
  webm: ['vp9', 'av1', 'vp8'],
};

/** WebM has a second picture for what is transparent, of VP8 and VP9 only. */
const TRANSPARENT_CODECS: readonly VideoCodec[] = ['vp9', 'vp8'];

/**
 * To be waited for before encoders are asked for anything: in WebKitGTK 2.50 that ends the page's process, unless decoders
 * have started GStreamer before.
 */
export async function wakeMedia(): Promise<void> {
  await canDecodeVideo('vp8');
}

/**
 * What the browser encodes films of a size in, in pixels; `null`: none that large, or so small.
 *
 * @param isTransparent only of WebM
 */
export async function findCodec(
  format: FilmFormatId,
  { width, height }: { readonly width: number; readonly height: number },
  isTransparent = false,
): Promise<VideoCodec | null> {
  await wakeMedia();
  for (const codec of isTransparent ? TRANSPARENT_CODECS : CODECS[format]) {
    if (await canEncodeVideo(codec, { width, height, quality: QUALITY_HIGH })) return codec;
  }
  return null;
}

/**
 * A film of frames, each at its own time, with the sound of the video that they are of.
 *
 * @returns what had to be left out, as a sentence; `null`: nothing
 * @throws {LimnError} if the browser can't encode it, or what `frames` throw
 */
export async function writeFilm(order: EncodingOrder): Promise<string | null> {
  const { canvas, format, codec, title, comment, target, isTransparent } = order;
  const output = new Output({
    format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(),
    target: new StreamTarget(target, { chunked: true }),
  });
  output.setMetadataTags({ title, comment });
  const source = new CanvasSource(canvas, {
    codec,
    quality: QUALITY_HIGH,
    alpha: isTransparent ? 'keep' : 'discard',
  });
  output.addVideoTrack(source);
  const sound = order.sound && (await addSound(order.sound, output));
  try {
    await output.start();
    await Promise.all([
      (async () => {
        await encodeAll(order, source);
        source.close();
      })(),
      sound?.write(),
    ]);
    await output.finalize();
    return sound?.note ?? null;
  } catch (error) {
    await sound?.stop();
    if (output.state === 'started') await output.cancel();
    throw error;
  } finally {
    sound?.close();
  }
}

async function encodeAll({ frames, end, paint, report }: FilmOrder, source: CanvasSource): Promise<void> {
  let count = 0;
  for await (const frame of frames) {
    try {
      paint(frame);
    } finally {
      frame.image?.close();
    }
    await source.add(frame.time, frame.duration);
    count++;
    report(end > 0 ? Math.min(1, frame.time / end) : 0);
  }
  if (count === 0) throw new LimnError('There is no frame that a film could be made of.');
}
