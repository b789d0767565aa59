import { open } from 'node:fs/promises';
import { describeMedium, type MediumFacts } from '../../sources/containers/describe-medium.ts';
import type { FoundFile } from '../files/find-files.ts';

/** What a film says of itself. @throws {LimnError} if it can't be read; an error of the system */
export async function describeVideo({ path, size, head }: FoundFile): Promise<MediumFacts> {
  const file = await open(path);
  try {
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    };
    return await describeMedium({ size, read }, head, path);
  } finally {
    await file.close();
  }
}
