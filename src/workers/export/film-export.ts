import * as v from 'valibot';
import type { Recording, RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import type { ReportProgress, WrittenFile } from '../../exporters/exporter.ts';
import {
  type DrawnFrame,
  type FilmOrder,
  writeDrawnFilm,
  writeVideoFilm,
} from '../../exporters/film/film.ts';
import type { PictureFormat } from '../../exporters/film/formats.ts';
import { writePictureFiles } from '../../exporters/film/picture-files.ts';
import { makingLine } from '../../exporters/making.ts';
import { formatOf } from '../../exporters/registry.ts';
import type { FilmRequest } from '../../session/export-file.ts';
import { FramesInMemory, frameOf, lastingOf } from '../../session/frame-lookup.ts';
import { actorOptionsSchema } from '../../sources/actor/actor-options.ts';
import { Theatre } from '../../sources/actor/theatre.ts';
import { mendCutMatroska } from '../../sources/matroska.ts';
import { VideoFile } from '../../sources/video-decoder.ts';
import { FilmPainter } from '../../views/film/painter.ts';
import { type FileSink, writeParts } from './file-sink.ts';

/** The rate at which a recording's last frame, or its only one, is shown. */
const USUAL_FRAME_RATE = 30;

/**
 * Writes a recording as a film or as pictures: over its video, over the demo drawn again, or over black.
 *
 * @returns what file it has become, and what had to be left out
 * @throws {LimnError} if the browser can't do it
 */
export async function writePictures(
  recording: Recording,
  format: PictureFormat['id'],
  { style, look, video: given }: FilmRequest,
  { writable }: FileSink,
  report: ReportProgress,
): Promise<Omit<WrittenFile, 'parts'>> {
  const { info } = recording;
  const video = given && ((await mendCutMatroska(given)) ?? given);
  const { width, height, frameRate } = video
    ? await measure(video, info.source.name)
    : { ...info, frameRate: 0 };
  const painter = new FilmPainter(width, height, style, look);
  const sizeOf = (frame: TrackedFrame | null): { width: number; height: number } =>
    video ? { width, height } : { width: frame?.width ?? width, height: frame?.height ?? height };
  painter.frameEverybody(recording.frames.map((frame) => ({ people: frame.people, ...sizeOf(frame) })));
  const theatre = video ? null : openTheatre(info);
  const lookup = new FramesInMemory(recording);
  const lasting = video ? lastingOf(info, frameRate) : 0;
  const start = video ? 0 : (recording.frames[0]?.time ?? 0);
  const order: FilmOrder = {
    format: format === 'png' ? 'mp4' : format,
    canvas: painter.canvas,
    paint: (time, drawPicture) => {
      const frame = frameOf(lookup, time + start, lasting);
      const image = frame && theatre?.draw(frame.index).image;
      painter.paint(
        image ? (context, x, y, w, h) => context.drawImage(image, x, y, w, h) : drawPicture,
        frame?.people ?? [],
        sizeOf(frame),
        time,
      );
      image?.close();
    },
    title: info.source.name,
    comment: makingLine(recording),
    target: writable,
    report,
  };
  try {
    const frames = video ? [] : drawnFrames(recording, start);
    if (format === 'png') {
      const { parts, ...file } = await writePictureFiles(recording, video, frames, order);
      await writeParts(writable, parts);
      return file;
    }
    const note = video ? await writeVideoFilm(video, order) : await writeDrawnFilm(frames, order);
    return { ...formatOf(format), notes: note ? [note] : [] };
  } finally {
    painter.dispose();
    theatre?.close();
  }
}

async function measure(
  video: Blob,
  name: string,
): Promise<{ width: number; height: number; frameRate: number }> {
  const file = await VideoFile.open(video, name);
  file.close();
  return file.info;
}

/** The demo can be drawn again, frame for frame, from what its recording says of it. */
function openTheatre({ source }: RecordingInfo): Theatre | null {
  if (source.kind !== 'demo' || !source.demo) return null;
  const parsed = v.safeParse(actorOptionsSchema, source.demo);
  return parsed.success ? new Theatre(parsed.output) : null;
}

function drawnFrames({ frames }: Recording, start: number): DrawnFrame[] {
  return frames.map(({ time }, i) => {
    const next = frames[i + 1]?.time;
    const before = frames[i - 1]?.time;
    const usual = before === undefined ? 1 / USUAL_FRAME_RATE : time - before;
    return { time: time - start, duration: next === undefined ? usual : next - time };
  });
}
