import { LimnError } from '../../core/errors.ts';
import { sleep } from '../../sources/sleep.ts';
import { type Download, DownloadState, Interruption, type Receiver } from './download-state.ts';

/** How often a file is asked for at most, and how long it is waited between two times: twice as long each time. */
const MAXIMUM_TRIES = 5;
const FIRST_WAIT_MS = 500;
/** A server that sends nothing for so long has broken off. */
const STALLED_AFTER_MS = 30_000;
/** Answers of servers that may answer otherwise a little later. */
const PASSING_STATUSES: readonly number[] = [408, 425, 429, 500, 502, 503, 504];
const PARTIAL_CONTENT = 206;

/** What the outside gives, for tests to take its place. */
export interface DownloadHost {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stalledAfterMs: number;
  /** Where the page comes from. */
  readonly origin: string;
  /** Does the browser know that there is no network? */
  readonly isOffline: () => boolean;
}

export const browserHost = (): DownloadHost => ({
  fetch: (...request) => fetch(...request),
  sleep,
  stalledAfterMs: STALLED_AFTER_MS,
  origin: location.origin,
  isOffline: () => !navigator.onLine,
});

/**
 * Fetches a file and holds it against its digest, which is computed part by part as they come. What breaks off is gone on
 * with where the server can, else begun again, a bounded number of times. What has a digest is for workers: a megabyte takes some
 * 10 ms to hash.
 *
 * @throws {LimnError} if the file can't be had, or is another one than is stated; an `AbortError`
 */
export async function download(
  request: Download,
  receiver: Receiver,
  host: DownloadHost = browserHost(),
): Promise<void> {
  const state = new DownloadState(request, receiver, host.origin);
  for (let tries = 1; ; tries++) {
    request.signal?.throwIfAborted();
    try {
      await attempt(state, host);
      return;
    } catch (error) {
      request.signal?.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      // What lies in the page itself doesn't come the next time, either.
      if (!state.isFromServer) throw new LimnError(error.message, { cause: error.cause });
      // What has begun to come is waited for: phones lose their network for moments.
      if (state.loaded === 0 && host.isOffline()) throw new LimnError(error.message, { cause: error.cause });
      if (tries === MAXIMUM_TRIES) {
        throw new LimnError(`${error.message} It was tried ${tries} times.`, { cause: error.cause });
      }
      if (error.isOther && !state.mayAskPastCaches()) throw new LimnError(error.message);
      state.interrupt();
      await host.sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }
}

/** Asks once, for all of the file or for what is missing. */
async function attempt(state: DownloadState, host: DownloadHost): Promise<void> {
  const { request } = state;
  const patience = new Patience(host.stalledAfterMs);
  const giveUp = (): void => patience.end();
  request.signal?.addEventListener('abort', giveUp);
  try {
    const response = await ask(state, host, patience.signal);
    const reader = response.body?.getReader();
    if (!reader) throw new Interruption(`${request.name} could not be loaded: the answer was empty.`);
    for (;;) {
      patience.renew();
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw brokenOff(state, cause);
      });
      if (done) break;
      state.add(value);
    }
    if (state.total !== null && state.loaded < state.total) throw brokenOff(state);
    state.finish();
  } catch (error) {
    // Nothing that has come is taken twice, and nothing is left running.
    patience.end();
    throw error;
  } finally {
    patience.stop();
    request.signal?.removeEventListener('abort', giveUp);
  }
}

async function ask(state: DownloadState, host: DownloadHost, signal: AbortSignal): Promise<Response> {
  const { url, name, init, onAnswer } = state.request;
  const isRest = state.canResume && state.loaded > 0;
  const headers = new Headers(init?.headers);
  if (isRest) {
    headers.set('Range', `bytes=${state.loaded}-`);
    if (state.validator) headers.set('If-Range', state.validator);
  }
  // Hosts may refuse pages of others the header, which looks like no network: the next try is for all of it.
  if (state.isForeign) state.canResume = false;
  const cache = state.isPastCaches ? ({ cache: 'reload' } as const) : {};
  const response = await host.fetch(url, { ...init, ...cache, headers, signal }).catch((cause: unknown) => {
    // Browsers don't say which of these it is.
    const refuses = state.isForeign ? ", doesn't let this page have it" : '';
    throw new Interruption(
      `${name} could not be loaded: ${state.server} doesn't answer${refuses}, or there is no network.`,
      { cause },
    );
  });
  if (isRest && response.status === PARTIAL_CONTENT && continuesAt(response, state.loaded)) {
    state.canResume = true;
    return response;
  }
  state.canResume = false;
  state.restart();
  if (response.status !== 200) {
    const sentence = `${name} could not be loaded: ${state.server} answered ${response.status}.`;
    void response.body?.cancel();
    if (isRest || PASSING_STATUSES.includes(response.status)) throw new Interruption(sentence);
    throw new LimnError(sentence);
  }
  // The length of what is compressed on the way says nothing of the file, and parts of it can't be put together.
  const isPlain = !response.headers.has('Content-Encoding');
  const length = Number(response.headers.get('Content-Length') ?? Number.NaN);
  state.total = isPlain && Number.isSafeInteger(length) ? length : null;
  const tag = response.headers.get('ETag');
  // To other hosts the header that names it would be another one that they may refuse.
  state.validator = tag && !tag.startsWith('W/') && !state.isForeign ? tag : null;
  // Without a strong tag the digest has to say whether both parts are of one file.
  state.canResume = isPlain && (state.validator !== null || state.request.digest !== null);
  onAnswer?.(state.total);
  return response;
}

/** Other hosts seldom let pages see the header; then a part is what was asked for. */
function continuesAt(response: Response, start: number): boolean {
  const range = response.headers.get('Content-Range');
  return range === null || range.startsWith(`bytes ${start}-`);
}

function brokenOff({ request, loaded, server }: DownloadState, cause?: unknown): Interruption {
  return new Interruption(
    `${request.name} could not be loaded: the connection to ${server} broke off after ${loaded} bytes.`,
    { cause },
  );
}

/** Aborts a request that stands still. */
class Patience {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(): void {
    this.stop();
    this.#timer = setTimeout(() => this.end(), this.#milliseconds);
  }

  end(): void {
    this.#controller.abort();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
