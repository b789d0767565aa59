import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { exporterFor, formatOf, isPictureFormat } from '../../exporters/registry.ts';
import { editRecording } from '../../motion/corrections/apply.ts';
import { describeEdit, type Edit, type Part } from '../../motion/corrections/edit.ts';
import { smoothAsAsked } from '../../motion/smoothing/smoother.ts';
import { onlyPerson } from '../../session/analysis/follow.ts';
import type { ExportReply, ExportRequest } from '../../session/export-file.ts';
import { decodeBatch } from '../../session/store/frame-codec.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
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
function prepare({ info, frames, edits, smooth, personId }: ExportRequest): Recording {
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const written = {
    ...(smooth !== false && { smoothing: smooth }),
    ...(personId !== null && { personId }),
  };
  const corrections = describeEdits(edits, decoded);
  const described = {
    ...info,
    ...(corrections.length > 0 && { corrections: [...(info.corrections ?? []), ...corrections] }),
    ...(Object.keys(written).length > 0 && { written }),
  };
  const edited = editRecording(new Recording(described, decoded), edits);
  const recording = smoothAsAsked(edited, smooth);
  return personId === null ? recording : onlyPerson(recording, personId);
}

/** A sentence an edit. Keypoints have the names of the first pose of their part. */
function describeEdits(edits: readonly Edit[], frames: readonly TrackedFrame[]): string[] {
  if (edits.length === 0) return [];
  const nameOf = (part: Part, keypoint: number): string => {
    for (const { people } of frames) {
      const pose = people.find((person) => person[part])?.[part];
      if (pose) return skeletonOf(pose.set).keypoints[keypoint] ?? String(keypoint);
    }
    return String(keypoint);
  };
  return edits.map((edit) => describeEdit(edit, nameOf));
}
