/** A file by name and content, out of a folder, a ZIP or a drop. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}
