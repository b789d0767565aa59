import { LimnError } from '../../../core/errors.ts';
import { catalogNetwork } from '../../catalog/catalog.ts';
import { findOfKind, type GivenNetwork, measureFiles } from '../../family-code.ts';
import type { ImportedTask } from '../../network.ts';

/**
 * MediaPipe's face landmarker, out of its bundle; `null`: the files are something else.
 *
 * @throws {LimnError} if the bundle is another than the catalogue's: nobody has looked at what it would say
 */
export async function buildTask({ files }: Pick<GivenNetwork, 'files'>): Promise<ImportedTask | null> {
  const file = findOfKind('task', files);
  const entry = catalogNetwork('mediapipe-face-landmarker');
  if (!file || !entry) return null;
  const record = await measureFiles([file]);
  const [wanted] = entry.files;
  if (record.sha256 !== wanted?.sha256) {
    throw new LimnError(
      `${file.name.replace(/^.*\//, '')} isn't the face landmarker that Limn knows: it is another version, or damaged (${record.byteLength} bytes, not ${entry.byteLength}). Fetch "${entry.info.label}" under All networks.`,
    );
  }
  return { kind: 'task', ...record, info: entry.info, bytes: file.bytes };
}
