import type { FaceCover, FilmRequest } from '../../app/jobs/export-file.ts';
import type { Recording, TrackedFrame } from '../../core/recording.ts';
import type { FilmFrame } from '../../formats/film/film.ts';
import type { PictureFormat } from '../../formats/film/formats.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import { mendCutMatroska } from '../../sources/containers/matroska.ts';
import { VideoFile } from '../../sources/video/video-decoder.ts';
import { FilmPainter, filmSize } from '../../views/film/painter.ts';
import { checkBackground, openTheatre, orderFrames } from './film-export.ts';
import { type FilmStretch, stretchOf } from './film-frames.ts';

/** Pixels of the longer side of a frame that is shown before a film is written. */
const LONGEST_SIDE = 720;
/**
 * Bits per second of a film in H.264 with 1920×1080 pixels at the quality that films are written in, and how bits grow with
 * pixels: as mediabunny's `QUALITY_HIGH` has them (mediabunny 1.61, `encode.ts`). What hardly moves takes less.
 */
const FULL_HD = { pixels: 1920 * 1080, bitsPerSecond: 6_000_000, exponent: 0.95 };
/** VP9 takes about so much of that. */
const VP9_SHARE = 0.6;
const BITS_PER_BYTE = 8;

export interface FilmPreview {
  /** PNG. */
  readonly picture: Blob;
  readonly width: number;
  readonly height: number;
  /** About how large the whole will be. */
  readonly byteLength: number;
}

/** A single frame is looked at as one of the whole. */
const ALL_OF_IT: FilmStretch = { start: 0, end: Number.POSITIVE_INFINITY };

/**
 * One frame of a film, painted as the film will be, but smaller.
 *
 * @param takes all frames that say where heads are, see `HeadCovers`
 * @param range what of the recording the film shows, in seconds of the recording
 * @param at seconds of the recording
 * @param count frames in that range
 * @throws {LimnError} if there could be no such film
 */
export async function previewFilm(
  recording: Recording,
  format: PictureFormat['id'],
  { style, look, background, faces, video: given }: FilmRequest,
  range: TimeRange,
  takes: readonly (readonly TrackedFrame[])[],
  at: number,
  count: number,
): Promise<FilmPreview> {
  const { info } = recording;
  checkBackground(recording, format, background);
  const video = given && ((await mendCutMatroska(given)) ?? given);
  const file = video && (await VideoFile.open(video, info.source.name));
  const theatre = file ? null : openTheatre(info);
  let painter: FilmPainter | null = null;
  try {
    const { width, height } = file?.info ?? info;
    const whole = filmSize(width, height, style);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(whole.width, whole.height));
    const named = info.names ? { ...look, names: info.names } : look;
    painter = new FilmPainter(width * scale, height * scale, style, named, background, faces?.style);
    const covered: (FaceCover & { readonly takes: typeof takes }) | null = faces && { ...faces, takes };
    const { paint, canvas } = orderFrames(recording, recording, file, ALL_OF_IT, painter, covered);
    const { from = at, to = at } = range;
    const frame = await frameAt(recording, Math.min(Math.max(at, from), to), file, theatre);
    try {
      paint(frame);
    } finally {
      frame.image?.close();
    }
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    const [first, last] = file
      ? [0, file.info.duration]
      : [recording.frames[0]?.time ?? 0, recording.frames.at(-1)?.time ?? 0];
    const { start, end } = stretchOf(range);
    const seconds = Math.max(0, Math.min(last, end) - Math.max(first, start));
    const byteLength =
      format === 'png'
        ? (picture.size / scale ** 2) * count
        : filmBytes(whole.width * whole.height, seconds) * (format === 'webm' ? VP9_SHARE : 1);
    return { picture, width: canvas.width, height: canvas.height, byteLength };
  } finally {
    painter?.dispose();
    theatre?.close();
    file?.close();
  }
}

function filmBytes(pixels: number, seconds: number): number {
  const { pixels: reference, bitsPerSecond, exponent } = FULL_HD;
  return ((bitsPerSecond * (pixels / reference) ** exponent) / BITS_PER_BYTE) * seconds;
}

/** The film's frame at a time of the recording; its image is the caller's. */
async function frameAt(
  { frames }: Recording,
  at: number,
  file: VideoFile | null,
  theatre: ReturnType<typeof openTheatre>,
): Promise<FilmFrame> {
  if (file) {
    const found = await file.frameAt(Math.min(Math.max(at, 0), file.info.duration));
    return {
      index: found?.index ?? 0,
      time: found?.time ?? at,
      duration: 0,
      image: found?.image ?? null,
    };
  }
  const [first] = frames;
  const nearest = frames.reduce(
    (best, frame) => (best && Math.abs(best.time - at) <= Math.abs(frame.time - at) ? best : frame),
    first,
  );
  const index = nearest?.index ?? 0;
  return {
    index,
    time: (nearest?.time ?? 0) - (first?.time ?? 0),
    duration: 0,
    image: theatre?.draw(index).image ?? null,
  };
}
