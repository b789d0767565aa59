import { expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import type { PlacedBytes } from '../../../src/formats/film/film.ts';
import { openMemorySink, writeParts } from '../../../src/workers/export/file-sink.ts';

it('what can’t be written to its end lets go of the file, and keeps nothing of it', async () => {
  const happened: string[] = [];
  const writable = new WritableStream<PlacedBytes>({
    write: () => void happened.push('written'),
    close: () => void happened.push('closed'),
    abort: () => void happened.push('given up'),
  });
  function* parts(): Generator<Uint8Array> {
    yield new Uint8Array(2 ** 21);
    throw new LimnError('There is no room.');
  }
  await expect(writeParts(writable, parts())).rejects.toThrow('There is no room.');
  expect(happened).toEqual(['written', 'given up']);
});

it('parts come one after the other', async () => {
  const sink = openMemorySink();
  await writeParts(sink.writable, [Uint8Array.of(1, 2), new Uint8Array(2 ** 20).fill(3), Uint8Array.of(4)]);
  const bytes = new Uint8Array((await (await sink.finish('a/b'))?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect([bytes.length, bytes[1], bytes[2], bytes.at(-1)]).toEqual([2 ** 20 + 3, 2, 3, 4]);
});
