import { concat } from '../../core/bytes.ts';
import type { Recording } from '../../core/recording.ts';
import { baseName, type WrittenFile, ZIP_TYPE } from '../exporter.ts';
import type { FileKind } from '../file-kind.ts';
import { zipEntries } from '../zip/write.ts';
import { makingFile } from './making.ts';

/** A file of somebody, made when it is asked for. */
export interface PersonFile {
  readonly id: number;
  readonly write: () => Iterable<Uint8Array>;
}

export interface PersonFiles extends FileKind {
  /** At least one. */
  readonly files: readonly PersonFile[];
  /** What a single file is called behind the recording's name, if not just by its extension. */
  readonly singleExtension?: string;
  /** Ending of the name of a ZIP with several. */
  readonly zipExtension: string;
  /** What there is to say beside how it was made, in the ZIP. */
  readonly more?: object;
  /** What had to be left out, in sentences. */
  readonly notes?: readonly string[];
  /** What a single file can't say, in sentences. */
  readonly singleNotes?: readonly string[];
}

/** Somebody's file as it is; of several people a ZIP with a file each, and one that says how they were made. */
export function writePersonFiles(
  recording: Recording,
  {
    files,
    extension,
    singleExtension,
    zipExtension,
    mediaType,
    more,
    notes = [],
    singleNotes = [],
  }: PersonFiles,
): WrittenFile {
  const [first, second] = files;
  const { names = {} } = recording.info;
  if (first && !second) {
    return {
      extension: namePart(names[first.id]) + (singleExtension ?? extension),
      mediaType,
      parts: first.write(),
      notes: [...notes, ...singleNotes],
    };
  }
  const base = baseName(recording.info.source.name);
  function* entries() {
    for (const { id, write } of files) {
      yield { name: `${base}_person_${id}${namePart(names[id])}${extension}`, bytes: concat(write()) };
    }
    yield makingFile(recording, more);
  }
  return {
    extension: zipExtension,
    mediaType: ZIP_TYPE,
    parts: zipEntries(entries(), recording.info.created),
    notes,
  };
}

/** What every file system takes, of a name; points would end it. */
function namePart(name = ''): string {
  const plain = name
    .replace(/[\p{C}<>:"/\\|?*.]/gu, ' ')
    .trim()
    .replace(/\s+/g, '_');
  return plain === '' ? '' : `_${plain}`;
}
