import { concat } from '../../src/core/bytes.ts';
import type { Recording } from '../../src/core/recording.ts';
import type { DataFormatId } from '../../src/exporters/exporter.ts';
import { exporterFor } from '../../src/exporters/registry.ts';

/** A recording in a format, all of its parts together. */
export function writeWith(format: DataFormatId, recording: Recording): Uint8Array<ArrayBuffer> {
  return concat(exporterFor(format).write(recording));
}
