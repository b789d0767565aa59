import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { concat } from '../../../src/core/bytes.ts';
import { type DownloadProgress, ProgressSum } from '../../../src/families/files/assets.ts';
import { download } from '../../../src/families/files/download.ts';
import type { Download } from '../../../src/families/files/download-state.ts';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 255));
const sha256 = createHash('sha256').update(content).digest('hex');
const wrong = Buffer.from(content).fill(1, 100, 101);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answers: Answer[] = [];
let asked: IncomingMessage['headers'][] = [];
let address = '';
const server = createServer((request, response) => {
  asked.push(request.headers);
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(request, response);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  asked = [];
});

const whole: Answer = (_, response) =>
  response.writeHead(200, { 'Content-Length': content.length, ETag: '"a"' }).end(content);
const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end();
const other: Answer = (_, response) => response.writeHead(200, { 'Content-Length': wrong.length }).end(wrong);
/** Sends so many bytes and hangs up. */
const cutAfter =
  (bytes: number, headers = {}): Answer =>
  (_, response) => {
    response.writeHead(200, { 'Content-Length': content.length, ETag: '"a"', ...headers });
    response.write(content.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };
/** The rest, as servers give it that know ranges. */
const rest: Answer = ({ headers: { range } }, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]);
  const part = content.subarray(start);
  response
    .writeHead(206, {
      'Content-Length': part.length,
      'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}`,
    })
    .end(part);
};

interface Outcome {
  readonly bytes: Uint8Array;
  readonly waits: readonly number[];
  readonly progress: readonly DownloadProgress[];
}

async function fetchIt(
  order: readonly Answer[],
  given: Partial<Download> = {},
  origin = address,
): Promise<Outcome> {
  answers = [...order];
  let parts: Uint8Array[] = [];
  const waits: number[] = [];
  const progress: DownloadProgress[] = [];
  const sum = new ProgressSum((now) => progress.push(now));
  const url = `${address}/pose.task`;
  sum.expect({ url, byteLength: content.length });
  await download(
    {
      url,
      name: 'pose.task',
      byteLength: content.length,
      maximumBytes: content.length,
      digest: { sha256 },
      statedBy: 'this page was built with',
      onProgress: (loaded, isAgain) => sum.update({ url }, loaded, isAgain),
      ...given,
    },
    {
      add: (part) => parts.push(part),
      clear: () => {
        parts = [];
      },
    },
    {
      fetch,
      sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
      stalledAfterMs: 200,
      origin,
      isOffline: () => false,
    },
  );
  return { bytes: concat(parts), waits, progress };
}

function expectWhole({ bytes }: Outcome): void {
  expect(Buffer.from(bytes).equals(content)).toBe(true);
}

describe('a file that is fetched', () => {
  it('comes whole, asked for once', async () => {
    const outcome = await fetchIt([whole]);
    expectWhole(outcome);
    expect(asked).toHaveLength(1);
    expect(outcome.waits).toEqual([]);
  });

  it('is gone on with where it broke off', async () => {
    const outcome = await fetchIt([cutAfter(120_000), rest]);
    expectWhole(outcome);
    expect(asked[1]?.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(asked[1]?.['if-range']).toBe('"a"');
    expect(outcome.progress.some(({ isAgain }) => isAgain)).toBe(true);
    expect(outcome.progress.at(-1)).toEqual({
      loadedBytes: content.length,
      totalBytes: content.length,
      isAgain: false,
    });
  });

  it.each([
    ['the server gives all of it again', [cutAfter(120_000), whole]],
    ['the server refuses a part', [cutAfter(120_000), status(416), whole]],
    ['the file is compressed on the way', [cutAfter(120_000, { 'Content-Encoding': 'identity' }), whole]],
    ['the part begins elsewhere', [cutAfter(120_000), wrongPart, whole]],
  ] as [string, Answer[]][])('is begun again where %s', async (_, order) => {
    const outcome = await fetchIt(order);
    expectWhole(outcome);
    let furthest = 0;
    for (const { loadedBytes, isAgain } of outcome.progress) {
      if (!isAgain) expect(loadedBytes).toBeGreaterThanOrEqual(furthest);
      furthest = Math.max(furthest, loadedBytes);
    }
  });

  it('is asked for again where the server is busy or stands still', async () => {
    const standing: Answer = (_, response) => void response.writeHead(200).write(content.subarray(0, 10));
    const outcome = await fetchIt([status(503), standing, whole]);
    expectWhole(outcome);
    expect(outcome.waits).toEqual([500, 1000]);
  });

  it.each([
    ['is given up after five times, with waits that grow', false, /no network\. It was tried 5 times\.$/],
    [
      'is given up at once where the browser knows of no network',
      true,
      /doesn't answer, or there is no network\.$/,
    ],
  ])('%s', async (_, isOffline, sentence) => {
    const waits: number[] = [];
    const failing = download(
      {
        url: 'http://127.0.0.1:9/x.task',
        name: 'x.task',
        byteLength: null,
        maximumBytes: 9,
        digest: null,
        statedBy: '',
      },
      { add: () => undefined, clear: () => undefined },
      {
        fetch: () => Promise.reject(new TypeError('Failed to fetch')),
        sleep: (ms) => Promise.resolve(void waits.push(ms)),
        stalledAfterMs: 100,
        origin: 'http://127.0.0.1:9',
        isOffline: () => isOffline,
      },
    );
    await expect(failing).rejects.toThrow(sentence);
    expect(waits).toEqual(isOffline ? [] : [500, 1000, 2000, 4000]);
  });

  it('is not asked for again where it is not there', async () => {
    await expect(fetchIt([status(404)])).rejects.toThrow(
      'pose.task could not be loaded: the server answered 404.',
    );
    expect(asked).toHaveLength(1);
  });

  it('is another one than was stated: asked for once more past caches, then refused', async () => {
    expectWhole(await fetchIt([other, whole]));
    await expect(fetchIt([other])).rejects.toThrow(
      /^What the server gives as pose\.task is another file than this page was built with \([0-9a-f]{12}…, not [0-9a-f]{12}…\)\. It isn't used\.$/,
    );
    await expect(fetchIt([other], { byteLength: 100_000 })).rejects.toThrow('(more than 100000 bytes)');
    await expect(fetchIt([other], { byteLength: 300_000 })).rejects.toThrow('(200000 bytes, not 300000)');
    const md5 = createHash('md5').update(content).digest('hex');
    expectWhole(await fetchIt([whole], { digest: { md5 } }));
    await expect(fetchIt([other], { digest: { md5 } })).rejects.toThrow('is another file');
  });

  it('is put together of two halves only if the digest can say that they belong together', async () => {
    const elsewhere = 'http://limn.example';
    const bare = { byteLength: null, digest: null };
    const { bytes } = await fetchIt([cutAfter(120_000), whole], bare, elsewhere);
    expect(bytes).toHaveLength(content.length);
    expect(asked.map(({ range }) => range)).toEqual([undefined, undefined]);
    asked = [];
    expectWhole(await fetchIt([cutAfter(120_000), rest], {}, elsewhere));
    expect(asked[1]?.range).toBeDefined();
    expect(asked[1]?.['if-range']).toBeUndefined();
  });
});

function wrongPart(_: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(206, { 'Content-Range': `bytes 0-9/${content.length}`, 'Content-Length': 10 })
    .end(content.subarray(0, 10));
}
