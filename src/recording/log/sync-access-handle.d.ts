/**
 * The part of the File System standard that only workers have, so that the DOM library doesn't type it.
 * https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle
 */
interface FileSystemSyncAccessHandle {
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  /** Not in every browser's pages. */
  createSyncAccessHandle?(): Promise<FileSystemSyncAccessHandle>;
}
