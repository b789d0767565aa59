/** A file with its path inside a dropped folder. */
export interface NamedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** So many files are looked at at a time: folders may hold hundreds of thousands. */
export const LOOKED_AT_AT_ONCE = 64;
