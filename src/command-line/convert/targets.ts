import { stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { bareName } from '../../core/texts/file-name.ts';
import { baseName } from '../../formats/exporter.ts';
import { UsageError } from '../failures.ts';
import type { FileGroup } from '../files/group-files.ts';

/** Where files go: one file, a folder, or beside what they are made of. */
export type Place =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'beside' };

/**
 * What `--out` means: a folder if it is one, ends like one, or has no ending; else a file.
 *
 * @param isFromFolder a folder is among what is read
 * @throws {UsageError} if it isn't said where files of a folder go
 */
export async function placeOf(out: string | undefined, isFromFolder: boolean): Promise<Place> {
  if (out === undefined) {
    if (!isFromFolder) return { kind: 'beside' };
    throw new UsageError(
      'Say with --out in which folder files are to lie: beside those of a folder, they would be read the next time.',
    );
  }
  const found = await stat(out).catch(() => null);
  const isFolder = found ? found.isDirectory() : /[/\\]$/.test(out) || extname(out) === '';
  return { kind: isFolder ? 'folder' : 'file', path: out };
}

/** Names of files, of which none is given twice, and none is that of a file that is read. */
export class Targets {
  readonly #place: Place;
  readonly #sources: ReadonlySet<string>;
  /** Names that several groups of a folder would have. */
  readonly #shared: ReadonlySet<string>;
  readonly #given = new Set<string>();

  constructor(place: Place, groups: readonly FileGroup[]) {
    this.#place = place;
    this.#sources = new Set(groups.flatMap(({ files }) => files.map(({ path }) => resolve(path))));
    const places = groups.map((group) => this.#stemPath(group));
    this.#shared = new Set(places.filter((path, i) => places.indexOf(path) !== i));
  }

  /**
   * @param siblings all recordings of the group
   * @param extension of what was written
   * @throws {LimnError} if the file that was asked for can't be it
   */
  nameOf(group: FileGroup, recording: Recording, siblings: readonly Recording[], extension: string): string {
    const place = this.#place;
    if (place.kind === 'file') {
      // Of `_long.csv`, only the last part is an ending.
      const ending = extension.slice(extension.lastIndexOf('.'));
      if (extname(place.path).toLowerCase() !== ending) throw wrongEnding(place.path, ending);
      return this.#once(place.path, '');
    }
    const own = baseName(recording.info.source.name);
    const [{ path }] = group.files;
    // Files that differ in their ending only keep it, so that each has a name of its own, whichever comes first.
    const isShared = this.#shared.has(this.#stemPath(group));
    const stem = isShared ? bareName(path) : group.stem;
    const name = stem === null ? own : siblings.length > 1 ? `${stem}-${own}` : stem;
    return this.#once(join(this.#folderOf(group), name), extension);
  }

  #folderOf({ files: [{ path, below }] }: FileGroup): string {
    return this.#place.kind === 'folder' ? join(this.#place.path, below ?? '') : dirname(path);
  }

  #stemPath(group: FileGroup): string {
    // What is called after its content is told apart by numbers.
    return group.stem === null ? group.label : join(this.#folderOf(group), group.stem);
  }

  #once(base: string, extension: string): string {
    let path = `${base}${extension}`;
    for (let number = 2; this.#given.has(resolve(path)); number++) path = `${base}-${number}${extension}`;
    this.#given.add(resolve(path));
    if (!this.#sources.has(resolve(path))) return path;
    throw new LimnError(`${path} is what is read: it isn’t written over. Choose another place with --out.`);
  }
}

function wrongEnding(path: string, ending: string): LimnError {
  const why = ending === '.zip' ? ', for it holds several files (or one person with --person ID)' : '';
  return new LimnError(
    `${path} would be a ${ending} file${why}: say --out ${path.slice(0, path.length - extname(path).length)}${ending}.`,
  );
}
