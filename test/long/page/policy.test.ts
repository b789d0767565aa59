import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, testAddress } from '../../helpers/browser.ts';
import { type PlainServer, servePlainly } from '../../helpers/plain-server.ts';
import { keptFrames } from '../../helpers/status.ts';
import { saveExport } from '../../helpers/use-pages.ts';

const POLL = { timeout: 60_000 };
const built = fileURLToPath(new URL('../../../dist', import.meta.url));
const video = fileURLToPath(new URL('../../fixtures/actor.mp4', import.meta.url));

/** Another host, which would be glad of anything. It lets every page in. */
let reached: string[] = [];
const other = createServer((request, response) => {
  reached.push(request.url ?? '');
  response
    .writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Type': 'text/javascript',
    })
    .end('export default 1;');
});
other.on('upgrade', (request, socket) => {
  reached.push(request.url ?? '');
  socket.destroy();
});
let host = '';
let plain: PlainServer;
let browser: Browser;
beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
  host = `localhost:${(other.address() as AddressInfo).port}`;
  plain = await servePlainly(built);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await plain?.close();
  other.close();
  other.closeAllConnections();
});

/** Tries every way out of a worker that there is. @returns the worker's name */
function tryToGetOut(worker: Worker): Promise<string> {
  return worker.evaluate(async (target) => {
    const { name } = self;
    // One that this test has started itself.
    if (!name) return name;
    const to = (way: string): string => `http://${target}/${name}/${way}`;
    const silently = async (way: () => unknown): Promise<void> => {
      try {
        await way();
      } catch {
        // Kept in.
      }
    };
    await silently(() => fetch(to('fetch')));
    await silently(() => fetch(to('no-cors'), { mode: 'no-cors', method: 'POST', body: 'keypoints' }));
    await silently(() => import(/* @vite-ignore */ to('import')));
    await silently(
      () =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.onloadend = resolve;
          request.open('GET', to('xhr'));
          request.send();
        }),
    );
    for (const open of [
      () => new WebSocket(`ws://${target}/${name}/websocket`),
      () => new EventSource(to('event-source')),
      () =>
        new Worker(
          URL.createObjectURL(new Blob([`fetch(${JSON.stringify(to('nested'))}).catch(() => undefined)`])),
        ),
    ]) {
      await silently(
        () =>
          new Promise((resolve) => {
            const opened = open();
            opened.onerror = resolve;
            setTimeout(resolve, 300);
          }),
      );
    }
    return name;
  }, host);
}

async function moreFrames(page: Page): Promise<void> {
  await expect.poll(() => keptFrames(page), POLL).toBeGreaterThan(2);
}

describe.each([
  ['a host with the headers of the policy, threads and all', () => testAddress(), ['em-pthread']],
  [
    'a plain host, at the first visit',
    () => plain.address,
    ['analyze', 'export', 'import', 'probe', 'store'],
  ],
] as const)('on %s', (_, address, more) => {
  it('no worker reaches another host', async () => {
    reached = [];
    const { page, context } = await openPage(browser, `${address()}?source=demo&engine=litert-wasm&lift=on`);
    const tried = new Set<string>();
    page.on('worker', (worker) => {
      void tryToGetOut(worker).then(
        (name) => tried.add(name),
        () => undefined,
      );
    });
    try {
      // Some work for moments only.
      await page.addInitScript(() => {
        Worker.prototype.terminate = () => undefined;
      });
      await page.reload();
      await moreFrames(page);
      if ((more as readonly string[]).includes('store')) {
        await page.locator('limn-app input[type=file]').setInputFiles(video);
        await expect.poll(() => [...tried], POLL).toContain('analyze');
        await saveExport(page);
        await page.evaluate(async () => {
          await window.limn.engines();
          await window.limn.importModel([new File([new Uint8Array(9)], 'x.pb')]).catch(() => undefined);
        });
      }
      const expected = ['actor', 'estimate', 'live-lift', ...more];
      await expect.poll(() => [...tried], POLL).toEqual(expect.arrayContaining(expected));
      expect(reached).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
