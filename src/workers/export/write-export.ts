import type { ExportRequest, WrittenExport } from '../../app/jobs/export-file.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import type { DataFormatId, ExportFormatId, ReportProgress, WrittenFile } from '../../formats/exporter.ts';
import { isPictureFormat } from '../../formats/exporters.ts';
import { type WriteOptions, writeRecording } from '../../formats/write-recording.ts';
import { inRange } from '../../motion/arranging/trim.ts';
import { editRecording } from '../../motion/corrections/apply.ts';
import { describeEdits } from '../../motion/corrections/describe.ts';
import { DEFAULT_RIG_STYLE, type RigStyle } from '../../motion/kinematics/rig-style.ts';
import { smoothAsAsked } from '../../motion/smoothing/smoother.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import { onlyPerson } from '../../tracking/analysis/follow.ts';
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

/** The plain rig is said by saying none, for it has been copied from thread to thread. */
export function rigOption({ names, rest }: RigStyle): Pick<WriteOptions, 'rig'> {
  const isPlain = names === DEFAULT_RIG_STYLE.names && rest === DEFAULT_RIG_STYLE.rest;
  return isPlain ? {} : { rig: { names, rest } };
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

/** Formats of motion in space: they hold one body a person. */
const IN_SPACE: ReadonlySet<ExportFormatId> = new Set(['trc', 'c3d', 'bvh', 'glb', 'motion-csv']);

/** What was lifted takes the place of the model's own bodies. */
function withLiftedBodies({ info, frames }: Recording): Recording {
  return new Recording(
    info,
    frames.map((frame) => ({
      ...frame,
      people: frame.people.map(({ lifted, ...person }) => (lifted ? { ...person, body: lifted } : person)),
    })),
  );
}

/**
 * The recording as it is to be written, and saying so.
 *
 * @returns also, as `takes`, all frames as measured and as corrected: whoever is left out of a film is still in its picture
 */
export function prepare({
  format,
  info,
  frames,
  edits,
  smooth,
  personId,
  spatial,
}: Omit<ExportRequest, 'name' | 'target' | 'film' | 'range' | 'convention' | 'rig'>): {
  readonly recording: Recording;
  readonly takes: readonly (readonly TrackedFrame[])[];
} {
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const written = {
    ...(smooth !== false && { smoothing: smooth }),
    ...(personId !== null && { personId }),
  };
  const corrections = describeEdits(edits, () => decoded);
  const described = {
    ...info,
    ...(corrections.length > 0 && { corrections: [...(info.corrections ?? []), ...corrections] }),
    ...(Object.keys(written).length > 0 && { written }),
  };
  const edited = editRecording(new Recording(described, decoded), edits);
  const smoothed = smoothAsAsked(edited, smooth);
  const recording = spatial === 'lifted' && IN_SPACE.has(format) ? withLiftedBodies(smoothed) : smoothed;
  return {
    recording: personId === null ? recording : onlyPerson(recording, personId),
    takes: edits.length === 0 ? [edited.frames] : [decoded, edited.frames],
  };
}
