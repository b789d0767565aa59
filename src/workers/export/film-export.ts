import * as v from 'valibot';
import type { FaceCover, FilmRequest } from '../../app/jobs/export-file.ts';
import { FramesInMemory, frameOf, lastingOf } from '../../app/stage/frame-lookup.ts';
import { LimnError } from '../../core/errors.ts';
import type { Recording, RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import type { ReportProgress, WrittenFile } from '../../formats/exporter.ts';
import { formatOf } from '../../formats/exporters.ts';
import { type FilmOrder, findCodec, writeFilm } from '../../formats/film/film.ts';
import type { FilmFormatId, PictureFormat } from '../../formats/film/formats.ts';
import { writePictureFiles } from '../../formats/film/picture-files.ts';
import { makingLine } from '../../formats/writing/making.ts';
import { inRange } from '../../motion/arranging/trim.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import { HeadCovers } from '../../motion/covering/head-covers.ts';
import { actorOptionsSchema } from '../../sources/actor/actor-options.ts';
import { Theatre } from '../../sources/actor/theatre.ts';
import { readEditLists } from '../../sources/containers/edit-list.ts';
import { mendCutMatroska } from '../../sources/containers/matroska.ts';
import { VideoFile } from '../../sources/video/video-decoder.ts';
import type { FilmBackground } from '../../views/film/background.ts';
import { FilmPainter, type FilmStyle, filmSize } from '../../views/film/painter.ts';
import { type FileSink, writeParts } from './file-sink.ts';
import { drawnFrames, type FilmStretch, stretchOf, videoFrames } from './film-frames.ts';

/**
 * Writes a recording as a film or as pictures: over its video, over the demo drawn again, or over black.
 *
 * @param range what of it, in seconds of the recording
 * @param takes all frames that say where heads are, see `HeadCovers`
 * @returns what file it has become, and what had to be left out
 * @throws {LimnError} if the browser can't do it
 */
export async function writePictures(
  whole: Recording,
  format: PictureFormat['id'],
  { style, look, background, faces, video: given }: FilmRequest,
  range: TimeRange,
  takes: readonly (readonly TrackedFrame[])[],
  { writable }: FileSink,
  report: ReportProgress,
): Promise<Omit<WrittenFile, 'parts'>> {
  const recording = inRange(whole, range);
  const { info } = recording;
  checkBackground(recording, format, background);
  const video = given && ((await mendCutMatroska(given)) ?? given);
  const file = video && (await VideoFile.open(video, info.source.name));
  const theatre = file ? null : openTheatre(info);
  const notes: string[] = [];
  let painter: FilmPainter | null = null;
  try {
    const { width, height } = file?.info ?? info;
    const scaled = format === 'png' ? null : await fitEncoder(format, width, height, style, background);
    if (scaled?.note) notes.push(scaled.note);
    painter = new FilmPainter(
      scaled?.width ?? width,
      scaled?.height ?? height,
      style,
      info.names ? { ...look, names: info.names } : look,
      background,
      faces?.style,
    );
    if (faces && (file || theatre) && style !== 'black') notes.push(COVER_LIMITS);
    const stretch = stretchOf(range);
    const order = {
      ...orderFrames(recording, whole, file, stretch, painter, faces && { ...faces, takes }),
      frames: file
        ? videoFrames(file, await file.scan(), stretch, (reason) =>
            notes.push(`${info.source.name} is not whole: ${reason}. The film ends there.`),
          )
        : drawnFrames(recording.frames, startOf(recording), theatre),
      report,
    };
    if (!scaled || format === 'png') {
      const { parts, ...written } = await writePictureFiles(recording, order);
      await writeParts(writable, parts);
      return { ...written, notes: [...written.notes, ...notes] };
    }
    const lost = await writeFilm({
      ...order,
      format,
      codec: scaled.codec,
      isTransparent: background === 'none',
      sound: video && { video, parts: await readEditLists(video), ...stretch },
      title: info.source.name,
      comment: makingLine(recording),
      target: writable,
    });
    return { ...formatOf(format), notes: lost ? [lost, ...notes] : notes };
  } finally {
    painter?.dispose();
    theatre?.close();
    file?.close();
  }
}

/** @throws {LimnError} if the recording doesn't say what is background, or the format can't show nothing there */
export function checkBackground(
  { frames }: Recording,
  format: PictureFormat['id'],
  background: FilmBackground,
): void {
  if (background === 'none' && format === 'mp4') {
    throw new LimnError('MP4 can’t be transparent. Choose WebM or PNG, or another background.');
  }
  if (background === 'kept' || frames.some(({ people }) => people.some(({ mask }) => mask))) return;
  throw new LimnError(
    'The recording has no person masks, by which people are told from the background. Track it again with “Person mask” (options.masks), or leave the background as it is.',
  );
}

/** What nobody may believe of a film in which faces are covered. */
const COVER_LIMITS =
  'Faces are covered where the tracker found people, and for a moment around that. It may have missed somebody, and voices stay: look through the film before you share it.';

function startOf({ frames }: Recording): number {
  return frames[0]?.time ?? 0;
}

/**
 * @param recording what is shown of it
 * @param whole what frames in between are looked up in: where not every frame was tracked, the one that stands at the
 * beginning may lie before it
 */
export function orderFrames(
  recording: Recording,
  whole: Recording,
  file: VideoFile | null,
  { start: shownFrom, end: shownTo }: FilmStretch,
  painter: FilmPainter,
  faces: (FaceCover & { readonly takes: readonly (readonly TrackedFrame[])[] }) | null,
): Pick<FilmOrder, 'canvas' | 'paint' | 'end'> {
  const { info, frames } = recording;
  const lookup = new FramesInMemory(whole);
  const start = file ? shownFrom : startOf(recording);
  const lasting = file ? lastingOf(info, file.info.frameRate) : 0;
  const covers = faces && new HeadCovers(faces.takes, faces.who, lasting);
  const sizeOf = (frame: TrackedFrame | null): { width: number; height: number } =>
    file?.info ?? { width: frame?.width ?? info.width, height: frame?.height ?? info.height };
  painter.frameEverybody(frames.map((frame) => ({ people: frame.people, ...sizeOf(frame) })));
  return {
    canvas: painter.canvas,
    end: (file ? Math.min(file.info.duration, shownTo) : (frames.at(-1)?.time ?? 0)) - start,
    paint: ({ image, time }) => {
      const frame = frameOf(lookup, time + start, lasting);
      painter.paint(image, frame?.people ?? [], sizeOf(frame), time, covers?.at(time + start));
    },
  };
}

/** A film that is too large for the browser's encoders is made smaller by this, as often as it takes. */
const SHRINK = 0.75;
/** Smaller than this, in pixels, nothing can be seen. */
const LEAST_SIDE = 16;

/** The largest size up to that of the picture that the browser can encode. @throws {LimnError} if there is none */
async function fitEncoder(
  format: FilmFormatId,
  width: number,
  height: number,
  style: FilmStyle,
  background: FilmBackground,
) {
  for (let scale = 1; Math.max(width, height) * scale >= LEAST_SIDE; scale *= SHRINK) {
    const [w, h] = [width * scale, height * scale];
    const size = filmSize(w, h, style);
    const codec = await findCodec(format, size, background === 'none');
    const note = `The film is ${size.width}×${size.height}: larger ones, this browser can’t encode in this format.`;
    if (codec) return { codec, width: w, height: h, note: scale < 1 ? note : null };
  }
  if (background === 'none') {
    throw new LimnError(
      'This browser can’t encode transparent WebM (VP9 or VP8). Choose PNG, or another background.',
    );
  }
  throw new LimnError(
    `This browser can't encode ${format === 'mp4' ? 'H.264, which MP4 needs' : 'VP9 or AV1, which WebM needs'}. Choose ${format === 'mp4' ? 'WebM' : 'MP4'}.`,
  );
}

/** The demo can be drawn again, frame for frame, from what its recording says of it. */
export function openTheatre({ source }: RecordingInfo): Theatre | null {
  if (source.kind !== 'demo' || !source.demo) return null;
  const parsed = v.safeParse(actorOptionsSchema, source.demo);
  return parsed.success ? new Theatre(parsed.output) : null;
}
