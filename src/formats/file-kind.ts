/** What a file is. */
export interface FileKind {
  /** Ending of the file's name, with its dot. */
  readonly extension: string;
  readonly mediaType: string;
}
