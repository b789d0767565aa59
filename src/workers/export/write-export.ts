import { Recording } from '../../core/recording.ts';
import { exporterFor, formatOf, isPictureFormat } from '../../exporters/registry.ts';
import { smoothAsAsked } from '../../motion/smoothing/smoother.ts';
import { onlyPerson } from '../../session/analysis/follow.ts';
import type { ExportReply, ExportRequest } from '../../session/export-file.ts';
import { decodeBatch } from '../../session/store/frame-codec.ts';
import { openFileSink, openMemorySink, openTemporarySink, writeParts } from './file-sink.ts';
import { writePictures } from './film-export.ts';

/** Writes what is asked for. @throws {LimnError} if that can't be done */
export async function writeExport(
  request: ExportRequest,
  report: (share: number) => void,
): Promise<Extract<ExportReply, { type: 'written' }>> {
  const { format, target } = request;
  const { mediaType } = formatOf(format);
  const recording = prepare(request);
  const sink = target
    ? await openFileSink(target)
    : isPictureFormat(format)
      ? await openTemporarySink(mediaType)
      : openMemorySink(mediaType);
  let note: string | null = null;
  if (isPictureFormat(format)) note = await writePictures(recording, format, request.film, sink, report);
  else await writeParts(sink.writable, exporterFor(format).write(recording, report));
  return { type: 'written', blob: await sink.finish(), note };
}

/** The recording as it is to be written, and saying so. */
function prepare({ info, frames, smooth, personId }: ExportRequest): Recording {
  const written = {
    ...(smooth !== false && { smoothing: smooth }),
    ...(personId !== null && { personId }),
  };
  const described = Object.keys(written).length > 0 ? { ...info, written } : info;
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const recording = smoothAsAsked(new Recording(described, decoded), smooth);
  return personId === null ? recording : onlyPerson(recording, personId);
}
