import type { ZipCalls } from '../../app/jobs/bundle.ts';
import { createDeferred } from '../../core/async/async.ts';
import { LimnError } from '../../core/errors.ts';
import type { Services } from '../../core/port/serve.ts';
import { ZIP_TYPE } from '../../formats/exporter.ts';
import { type StoredEntry, zipStored } from '../../formats/zip/write.ts';
import { type FileSink, openFileSink, openTemporarySink, writeParts } from './file-sink.ts';

/** An entry, and who waits until it is written. */
interface Waiting {
  readonly entry: StoredEntry;
  readonly done: () => void;
}

/** Writes one ZIP, file by file as they come, so that no more than one of them is in memory. */
export class Zipper {
  readonly services: Services<ZipCalls> = {
    openZip: async (_, target, created) => {
      this.#sink = target ? await openFileSink(target) : await openTemporarySink();
      this.#writing = writeParts(this.#sink.writable, zipStored(this.#entries(), created));
      this.#writing.catch(() => undefined);
    },
    addToZip: (_, path, file) => this.#add(path, file),
    closeZip: async () => {
      if (!this.#sink) throw notOpen();
      this.#give(null);
      await this.#writing;
      return { blob: await this.#sink.finish(ZIP_TYPE) };
    },
  };
  #sink: FileSink | null = null;
  #writing: Promise<void> | null = null;
  #next = createDeferred<Waiting | null>();

  /** Whoever adds waits until what was added is written, or nothing can be written any more. */
  async #add(path: string, file: Blob): Promise<void> {
    if (!this.#writing) throw notOpen();
    const written = createDeferred<void>();
    this.#give({ entry: { name: path, bytes: partsOf(file) }, done: () => written.resolve() });
    await Promise.race([written.promise, this.#writing.then(() => Promise.reject(notOpen()))]);
  }

  #give(waiting: Waiting | null): void {
    this.#next.resolve(waiting);
  }

  async *#entries(): AsyncGenerator<StoredEntry> {
    for (;;) {
      const waiting = await this.#next.promise;
      if (!waiting) return;
      this.#next = createDeferred();
      yield waiting.entry;
      // It is asked for the next one when this one is written.
      waiting.done();
    }
  }
}

function notOpen(): LimnError {
  return new LimnError('The ZIP was ended before all files were in it.');
}

/** The bytes of a file, part by part; not every browser has streams that can be iterated. */
async function* partsOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
