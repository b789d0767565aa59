import { mapAtMost } from '../../core/async/async.ts';
import { LimnError } from '../../core/errors.ts';
import { isSurelyKeypoints } from '../../formats/reading/glance.ts';
import { fileType, SNIFF_LENGTH } from '../../sources/files/file-types.ts';
import { LOOKED_AT_AT_ONCE, type NamedFile } from '../../sources/named-file.ts';
import { type KnownFile, type OpeningPlan, planOpening } from './opening-plan.ts';

/**
 * What is to be opened of files that were picked, dropped or pasted, by their first bytes, and what is said of the rest.
 *
 * @throws {LimnError} if none can be opened, saying what they are; or if one can't be read
 */
export async function planFiles(files: readonly NamedFile[]): Promise<OpeningPlan<NamedFile>> {
  const plan = planOpening(await mapAtMost(files, LOOKED_AT_AT_ONCE, lookAt));
  const { videos, keypoints, pictures, said } = plan;
  if (videos.length + keypoints.length + pictures.length === 0) throw new LimnError(said.join(' '));
  return plan;
}

async function lookAt(file: NamedFile): Promise<KnownFile<NamedFile>> {
  const head = await readHead(file);
  const type = fileType(head, file.name);
  return { file, type, isSure: type.kind === 'keypoints' && isSurelyKeypoints(head, file.name) };
}

/** The beginning of a file. @throws {LimnError} if it can't be read */
export async function readHead({ name, blob }: NamedFile): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, SNIFF_LENGTH).arrayBuffer());
  } catch (cause) {
    throw new LimnError(
      `${name} can't be read: it was moved, changed or taken away, or this browser may not read it. Open it again.`,
      { cause },
    );
  }
}
