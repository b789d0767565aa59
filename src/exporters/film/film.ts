import {
  ALL_FORMATS,
  BlobSource,
  CanvasSource,
  Conversion,
  canEncodeVideo,
  Input,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  StreamTarget,
  type VideoCodec,
  type VideoSample,
  WebMOutputFormat,
} from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import type { ReportProgress } from '../exporter.ts';
import type { FilmFormatId } from './formats.ts';

/** A piece of a file and where it goes, as `FileSystemWritableFileStream` takes it. */
export interface PlacedBytes {
  readonly type: 'write';
  readonly data: Uint8Array<ArrayBuffer>;
  /** Bytes from the file's start. */
  readonly position: number;
}

/** Draws into a rectangle of a canvas. */
type DrawPicture = (
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
) => void;

export interface FilmOrder {
  readonly format: FilmFormatId;
  /** Where frames are painted. */
  readonly canvas: OffscreenCanvas;
  /** Paints the frame of a time in seconds; `null`: without a picture. */
  readonly paint: (time: number, drawPicture: DrawPicture | null) => Promise<void> | void;
  /** How it was made. */
  readonly comment: string;
  readonly title: string;
  /** The file; closed when the film is whole. */
  readonly target: WritableStream<PlacedBytes>;
  readonly report: ReportProgress;
}

/** Codecs by format, the best first: H.264 for every player; VP9 and AV1 need no licence. */
const CODECS: Readonly<Record<FilmFormatId, readonly VideoCodec[]>> = {
  mp4: ['avc'],
  webm: ['vp9', 'av1', 'vp8'],
};

/**
 * The video with every frame painted anew, at its own time, with its sound: copied where the format allows it, else
 * coded anew.
 *
 * @returns what had to be left out, as a sentence; `null`: nothing
 * @throws {LimnError} if the browser can't decode or encode it
 */
export async function writeVideoFilm(video: Blob, order: FilmOrder): Promise<string | null> {
  const { canvas, paint, report } = order;
  const input = new Input({ source: new BlobSource(video), formats: ALL_FORMATS });
  const output = createOutput(order);
  try {
    const primary = await input.getPrimaryVideoTrack();
    const conversion = await Conversion.init({
      input,
      output,
      // From 0, so that frames keep their times.
      trim: { start: 0 },
      tracks: 'primary',
      tags: tagsOf(order),
      showWarnings: false,
      video: {
        codec: await chooseCodec(order),
        quality: QUALITY_HIGH,
        allowTransformationMetadata: false,
        alpha: 'discard',
        process: async (sample: VideoSample) => {
          await paint(sample.timestamp, (context, x, y, width, height) => {
            sample.draw(context as OffscreenCanvasRenderingContext2D, x, y, width, height);
          });
          return canvas;
        },
      },
    });
    if (!conversion.isValid || !primary) {
      const reasons = conversion.discardedTracks.map(({ reason }) => reason.replaceAll('_', ' ')).join(', ');
      throw new LimnError(`This browser can't make the film: ${reasons || 'there is no picture in it'}.`);
    }
    conversion.onProgress = (share) => report(share);
    await conversion.execute();
    const lost = conversion.discardedTracks.filter(({ track }) => track.type === 'audio');
    return lost.length > 0
      ? 'The film has no sound: this browser can’t turn that of the video into the format. Choose MP4, which takes more as it is.'
      : null;
  } finally {
    input.dispose();
  }
}

/** A frame of a film without a video behind it. */
export interface DrawnFrame {
  /** Seconds from the film's start. */
  readonly time: number;
  /** Seconds. */
  readonly duration: number;
}

/** Frames painted over nothing, or over what `paint` itself has. @returns nothing is left out @throws {LimnError} as above */
export async function writeDrawnFilm(frames: readonly DrawnFrame[], order: FilmOrder): Promise<null> {
  const { canvas, paint, report } = order;
  const output = createOutput(order);
  output.setMetadataTags(tagsOf(order));
  const source = new CanvasSource(canvas, { codec: await chooseCodec(order), quality: QUALITY_HIGH });
  output.addVideoTrack(source);
  await output.start();
  for (const [i, { time, duration }] of frames.entries()) {
    await paint(time, null);
    await source.add(time, duration);
    report(i / frames.length);
  }
  await output.finalize();
  return null;
}

function createOutput({ format, target }: FilmOrder): Output {
  return new Output({
    format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(),
    target: new StreamTarget(target, { chunked: true }),
  });
}

function tagsOf({ title, comment }: FilmOrder): { title: string; comment: string } {
  return { title, comment };
}

async function chooseCodec({ format, canvas }: FilmOrder): Promise<VideoCodec> {
  const { width, height } = canvas;
  for (const codec of CODECS[format]) {
    if (await canEncodeVideo(codec, { width, height, quality: QUALITY_HIGH })) return codec;
  }
  throw new LimnError(
    `This browser can't encode ${format === 'mp4' ? 'H.264, which MP4 needs' : 'VP9 or AV1, which WebM needs'}, at ${width}×${height}. Choose ${format === 'mp4' ? 'WebM' : 'MP4'}, or a smaller picture.`,
  );
}
