import type { ExportRequest, WrittenExport } from '../../app/jobs/export-file.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import type { DataFormatId, ReportProgress, WrittenFile } from '../../formats/exporter.ts';
import { isPictureFormat } from '../../formats/exporters.ts';
import { prepareRecording } from '../../formats/prepare.ts';
import { rigOption, type WriteOptions, writeRecording } from '../../formats/write-recording.ts';
import { inRange } from '../../motion/arranging/trim.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import { type FileSink, openFileSink, openMemorySink, openTemporarySink, writeParts } from './file-sink.ts';
import { writePictures } from './film-export.ts';

/** Files of more frames than this are written to a disk, where there is one. */
const MANY_FRAMES = 5000;

/** Writes what is asked for. @throws {LimnError} if that can't be done */
export async function writeExport(
  request: ExportRequest,
  report: (share: number) => void,
): Promise<WrittenExport> {
  const { format, target, film, convention, range, rig } = request;
  const { recording, takes } = prepare(request);
  const isLarge = isPictureFormat(format) || recording.frames.length > MANY_FRAMES;
  const sink = target ? await openFileSink(target) : isLarge ? await openTemporarySink() : openMemorySink();
  const writing = isPictureFormat(format)
    ? writePictures(recording, format, film, range, takes, sink, report)
    : writeData(
        inRange(recording, range),
        format,
        { ...(convention && { convention }), ...rigOption(rig) },
        sink,
        report,
      );
  const { extension, mediaType, notes } = await writing.catch(async (error: unknown) => {
    // Whoever has begun to write has let go of it; whoever hasn't leaves it open.
    if (!sink.writable.locked) await sink.writable.abort(error).catch(() => undefined);
    throw error;
  });
  const note = notes.length > 0 ? notes.join(' ') : null;
  return { blob: await sink.finish(mediaType), extension, note };
}

async function writeData(
  recording: Recording,
  format: DataFormatId,
  options: WriteOptions,
  { writable }: FileSink,
  report: ReportProgress,
): Promise<Omit<WrittenFile, 'parts'>> {
  const { parts, ...file } = writeRecording(format, recording, { ...options, report });
  await writeParts(writable, parts);
  return file;
}

/**
 * The recording as it is to be written, and saying so.
 *
 * @returns also, as `takes`, all frames as measured and as corrected: whoever is left out of a film is still in its picture
 */
export function prepare({
  info,
  frames,
  ...wanted
}: Omit<ExportRequest, 'name' | 'target' | 'film' | 'range' | 'convention' | 'rig'>): {
  readonly recording: Recording;
  readonly takes: readonly (readonly TrackedFrame[])[];
} {
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const { recording, edited } = prepareRecording(new Recording(info, decoded), wanted);
  return {
    recording,
    takes: wanted.edits.length === 0 ? [edited.frames] : [decoded, edited.frames],
  };
}
