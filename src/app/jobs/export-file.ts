import { buffersOf } from '../../core/bytes.ts';
import { isAbort } from '../../core/errors.ts';
import { callOnce } from '../../core/port/call-once.ts';
import { Port } from '../../core/port/port.ts';
import type { RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import type { ConventionId } from '../../formats/convention.ts';
import { baseName, type ExportFormatId } from '../../formats/exporter.ts';
import { formatOf, isPictureFormat } from '../../formats/exporters.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import type { CoveredPeople } from '../../motion/covering/head-covers.ts';
import type { RigStyle } from '../../motion/kinematics/rig-style.ts';
import type { SpatialChoice } from '../../motion/placing/standing.ts';
import { sleep } from '../../sources/sleep.ts';
import { decoderTurns } from '../../sources/video/decoder-turn.ts';
import type { WorkerFactories } from '../../tracking/platform.ts';
import type { FilmBackground } from '../../views/film/background.ts';
import type { CoverStyle } from '../../views/film/cover-heads.ts';
import type { FilmLook, FilmStyle } from '../../views/film/painter.ts';
import type { LabelledMeasure } from '../../views/overlay/draw-measures.ts';

/** Heads that are made unrecognisable. */
export interface FaceCover {
  readonly style: CoverStyle;
  readonly who: CoveredPeople;
}

/** How a film or pictures are to look. */
export interface FilmRequest {
  readonly style: FilmStyle;
  readonly look: FilmLook;
  /** What is behind people. */
  readonly background: FilmBackground;
  /** Whose faces can't be recognised, and how; `null`: all are shown. */
  readonly faces: FaceCover | null;
  /** What is drawn over; `null`: the recording has no video at hand. */
  readonly video: Blob | null;
}

/** What the exporting worker is given: a recording as plain data, for classes don't cross threads. */
export interface ExportRequest {
  readonly format: ExportFormatId;
  /** Strength of smoothing; `false`: as measured. */
  readonly smooth: number | false;
  /** What the file is named after. */
  readonly name: string;
  readonly info: RecordingInfo;
  /** Frames, or batches of them as they are stored. */
  readonly frames: readonly (TrackedFrame | Uint8Array<ArrayBuffer>)[];
  /** Corrections by hand, which come before smoothing. */
  readonly edits: readonly FrameEdit[];
  /** Which 3-D files of motion in space and films are made of. */
  readonly spatial: SpatialChoice;
  /** Units and axes of files in space; `null`: the format's usual ones. */
  readonly convention: ConventionId | null;
  /** Names and rest pose of animated skeletons. */
  readonly rig: RigStyle;
  /** The only one to be written; `null`: everybody is. */
  readonly personId: number | null;
  /** The stretch that the file is of, in seconds of the recording. */
  readonly range: TimeRange;
  /** For films and pictures. */
  readonly film: FilmRequest;
  /** Where to write; `null`: the file is given back. */
  readonly target: FileSystemFileHandle | null;
}

/** What is written otherwise than the settings say. */
export interface ExportChoice {
  readonly format: ExportFormatId;
  /** The only one to be written; `null`: everybody is. */
  readonly personId: number | null;
  /** What of the recording, in its seconds. */
  readonly range: TimeRange;
  /** Strength of smoothing; `false`: as it was tracked and corrected. */
  readonly smooth: number | false;
  /** What was measured in the picture on the stage, for films of it; absent: nothing is drawn of that. */
  readonly measures?: readonly LabelledMeasure[];
  /** What the file is called, without ending; absent: as the recording is. */
  readonly name?: string;
}

/** What the exporting worker gives back. */
export interface WrittenExport {
  /** `null` where the file was written to its place. */
  readonly blob: Blob | null;
  /** The ending of its name. */
  readonly extension: string;
  /** What had to be left out, or can't be said in the file. */
  readonly note: string | null;
}

/** What the exporting worker does. */
export interface ExportCalls {
  /** Reports how much is written, from 0 to 1. */
  write(request: ExportRequest): WrittenExport;
}

/** A file that was written. */
export interface ExportedFile {
  readonly name: string;
  /** Ready to be saved; `null`: it is where it was to go. */
  readonly blob: Blob | null;
  /** Its size. */
  readonly byteLength: number;
  /** What had to be left out, or can't be said in the file, in sentences. */
  readonly note: string | null;
}

export interface ExportOptions {
  /** Told how much is written, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** The name of the file that a recording becomes, as far as that can be told before it is written. */
export function exportName(name: string, format: ExportFormatId): string {
  return `${baseName(name)}${formatOf(format).extension}`;
}

/**
 * Writes a recording in a worker of its own, which ends with it and takes all that it held along.
 *
 * @throws {LimnError} if it can't be written; an `AbortError` if `signal` was aborted
 */
export async function exportInWorker(
  request: ExportRequest,
  createWorker: WorkerFactories['export'],
  { onProgress, signal }: ExportOptions = {},
): Promise<ExportedFile> {
  signal?.throwIfAborted();
  const abort = new AbortController();
  const aborted = new Promise<never>((_, reject) =>
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: abort.signal }),
  );
  aborted.catch(() => undefined);
  const turn = isPictureFormat(request.format) && request.film.video ? decoderTurns.take() : null;
  try {
    if (turn) await Promise.race([turn.hasCome, aborted]);
    const port = new Port<ExportCalls>(createWorker(), { name: 'The worker that writes files' });
    const { blob, extension, note } = await callOnce(port, 'write', [request], {
      transfer: buffersOf(request.frames),
      signal,
      onProgress,
    });
    return {
      name: request.target?.name ?? `${baseName(request.name)}${extension}`,
      blob,
      byteLength: (blob ?? (await request.target?.getFile()))?.size ?? 0,
      note,
    };
  } catch (error) {
    if (isAbort(error) && request.target) await removeFile(request.target);
    throw error;
  } finally {
    abort.abort();
    turn?.end();
  }
}

/** A worker that has just ended holds its file for a moment longer. */
const REMOVE_ATTEMPTS = 20;
const REMOVE_WAIT_MS = 100;

/** What was begun and given up leaves no empty file behind, where the browser can do that. */
export async function removeFile(
  handle: FileSystemFileHandle & { remove?: () => Promise<void> },
): Promise<void> {
  for (let attempt = 0; handle.remove && attempt < REMOVE_ATTEMPTS; attempt++) {
    try {
      await handle.remove();
      return;
    } catch {
      await sleep(REMOVE_WAIT_MS);
    }
  }
}
