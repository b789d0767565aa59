import { concat } from '../core/bytes.ts';
import { LimnError } from '../core/errors.ts';
import { Recording, type RecordingInfo, type TrackedFrame } from '../core/recording.ts';
import { baseName, type ExportFormatId } from '../exporters/exporter.ts';
import { exporterFor } from '../exporters/registry.ts';
import { smoothAsAsked } from '../motion/smoothing/smoother.ts';
import { onlyPerson } from './analysis/follow.ts';
import { decodeBatch } from './store/frame-codec.ts';
import type { WorkerFactories } from './workers.ts';

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
  /** Whom alone to write; `null`: everybody. */
  readonly personId: number | null;
}

export type ExportReply =
  | { readonly type: 'written'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly message: string };

/** A file ready to be saved. */
export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Writes a recording in its format. For a worker: thousands of frames take seconds. */
export function writeExport({
  format,
  smooth,
  info,
  frames,
  personId,
}: ExportRequest): Uint8Array<ArrayBuffer> {
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const recording = smoothAsAsked(new Recording(info, decoded), smooth);
  const chosen = personId === null ? recording : onlyPerson(recording, personId);
  return concat(exporterFor(format).write(chosen));
}

/** Writes a recording in a worker of its own. @throws {LimnError} if it can't be written */
export async function exportInWorker(
  request: ExportRequest,
  createWorker: WorkerFactories['export'],
): Promise<ExportedFile> {
  const worker = createWorker();
  try {
    const bytes = await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ExportReply>) => {
        if (data.type === 'written') resolve(data.bytes);
        else reject(new LimnError(data.message));
      };
      worker.onerror = (event) => reject(new LimnError(`The file could not be written: ${event.message}`));
      const batches = request.frames.filter((item) => item instanceof Uint8Array);
      worker.postMessage(
        request,
        batches.map(({ buffer }) => buffer),
      );
    });
    const { extension, mediaType } = exporterFor(request.format);
    const name = `${baseName(request.name)}${extension}`;
    return { name, blob: new Blob([bytes], { type: mediaType }) };
  } finally {
    worker.terminate();
  }
}
