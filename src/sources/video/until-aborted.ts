import type { Closable } from '../../core/async/async.ts';

/**
 * What comes out of a decoder, until a signal ends it: at once, also while nothing comes.
 *
 * @throws the signal's reason
 */
export async function* untilAborted<Sample extends Closable | null>(
  samples: AsyncGenerator<Sample, void, unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Sample, void, unknown> {
  const end = (): void => void samples.return();
  signal?.addEventListener('abort', end);
  try {
    signal?.throwIfAborted();
    for await (const sample of samples) {
      if (signal?.aborted) sample?.close();
      signal?.throwIfAborted();
      yield sample;
    }
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}
