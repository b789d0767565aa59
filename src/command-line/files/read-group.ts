import { readFile } from 'node:fs/promises';
import type { Recording } from '../../core/recording.ts';
import { readFiles } from '../../formats/read-files.ts';
import { identifyAnonymous } from '../../motion/tracking/identify-anonymous.ts';
import type { FileGroup } from './group-files.ts';

/** The recordings of a group, as the page reads them. @throws {LimnError} naming file and fault; an error of the system */
export async function readGroup({ files }: FileGroup): Promise<Recording[]> {
  const named = files.map(({ path, size }) => ({
    name: path,
    blob: {
      size,
      arrayBuffer: async () => {
        // Of a small file, Node gives a piece of a larger buffer.
        const { buffer, byteOffset, byteLength } = await readFile(path);
        return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      },
    },
  }));
  return (await readFiles(named)).map(identifyAnonymous);
}
