import { LimnError } from '../core/errors.ts';
import { Recording, type RecordingInfo, type TrackedFrame } from '../core/recording.ts';
import { baseName, type ExportFormatId } from '../exporters/exporter.ts';
import { exporterFor } from '../exporters/registry.ts';
import { smoothAsAsked } from '../motion/smoothing/smoother.ts';
import type { WorkerFactories } from './workers.ts';

/** What the exporting worker is given: a recording as plain data, for classes don't cross threads. */
export interface ExportRequest {
  readonly format: ExportFormatId;
  /** Strength of smoothing; `false`: as measured. */
  readonly smooth: number | false;
  readonly info: RecordingInfo;
  readonly frames: readonly TrackedFrame[];
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
export function writeExport({ format, smooth, info, frames }: ExportRequest): Uint8Array<ArrayBuffer> {
  const recording = new Recording(info, frames);
  return new Uint8Array(exporterFor(format).write(smoothAsAsked(recording, smooth)));
}

/** Writes a recording in a worker of its own. @throws {LimnError} if it can't be written */
export async function exportInWorker(
  recording: Recording,
  format: ExportFormatId,
  smooth: ExportRequest['smooth'],
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
      const { info, frames } = recording;
      worker.postMessage({ format, smooth, info, frames } satisfies ExportRequest);
    });
    const { extension, mediaType } = exporterFor(format);
    const name = `${baseName(recording.info.source.name)}${extension}`;
    return { name, blob: new Blob([bytes], { type: mediaType }) };
  } finally {
    worker.terminate();
  }
}
