import { expect, it } from 'vitest';
import { launchBrowser, openPage } from '../../helpers/browser.ts';
import { dropNetworkFiles, look } from '../../helpers/dropped-network.ts';
import { rtmoBytes } from '../../helpers/onnx-networks.ts';
import { type PlainServer, servePlainly } from '../../helpers/plain-server.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { keptFrames, statusText } from '../../helpers/status.ts';
import { drop } from '../../helpers/use-pages.ts';

const POLL = { timeout: 60_000 };
const built = new URL('../../../dist', import.meta.url).pathname;

async function withPage(
  act: (watched: Awaited<ReturnType<typeof openPage>>, server: PlainServer) => Promise<void>,
): Promise<void> {
  const server = await servePlainly(built);
  const browser = await launchBrowser();
  try {
    await act(await openPage(browser, server.address, { serviceWorkers: 'allow' }), server);
  } finally {
    await browser.close();
    await server.close();
  }
}

it('is isolated and safe on a host that sends no headers, and works without any host after the first visit', () =>
  withPage(async ({ page, context, faults }, server) => {
    // The first answer came from the host itself; the page opens itself anew behind its service worker.
    const isIsolated = () => page.evaluate(() => crossOriginIsolated).catch(() => false);
    await expect.poll(isIsolated, POLL).toBe(true);
    const policies = await page.evaluate(async () => {
      const own = await fetch('./');
      const scripts = performance.getEntriesByType('resource').map(({ name }) => name);
      const { headers } = await fetch(scripts.find((name) => name.endsWith('.js')) ?? '');
      // What stands in a query doesn't loosen it.
      const asked = await fetch('./?x=/fetch.worker-a.js');
      return [own.headers, headers, asked.headers].map((each) => each.get('Content-Security-Policy'));
    });
    for (const policy of policies) expect(policy).toContain("connect-src 'self' blob:; ");
    for (const policy of policies) expect(policy).toContain("frame-ancestors 'self'");
    await expect.poll(() => statusText(page), POLL).toContain('Works offline');

    await server.close();
    await context.setOffline(true);
    await page.goto(`${server.address}?source=demo&engine=litert-wasm&hands=1`);
    await expect.poll(() => keptFrames(page), POLL).toBeGreaterThan(5);
    expect(await statusText(page)).toMatch(/LiteRT · WASM.*WASM · [2-9]\d* threads/s);
    // What is seldom used lies here, too.
    await page.goto(`${server.address}?source=demo&engine=wasm&model=mediapipe-pose-heavy`);
    await expect.poll(() => keptFrames(page), POLL).toBeGreaterThan(2);
    for (const model of ['openpose-mobilenet', 'movenet-multipose', 'movenet-lightning']) {
      await page.goto(`${server.address}?source=demo&engine=wasm&model=${model}&xray=1`);
      await expect.poll(() => keptFrames(page), POLL).toBeGreaterThan(2);
      const sight = async () => (await look(page)).sight?.people ?? null;
      // Only networks of OpenPose's kind have maps to be looked at.
      await expect.poll(sight, POLL).toBe(model === 'openpose-mobilenet' ? 1 : null);
    }
    await page.goto(`${server.address}?source=demo&engine=wasm&lift=on&spatial=lifted`);
    await page.getByText(/3‑D lifted by Limn Lift · 81 frames, \d+\.\d s behind/).waitFor(POLL);
    expect(faults).toEqual([]);
  }));

it.skipIf(!hasSharedData)(
  'keeps ONNX Runtime when it was used, and not before, and runs its networks without any host',
  () =>
    withPage(async ({ page, context, faults }, server) => {
      await expect.poll(() => statusText(page), POLL).toContain('Works offline');
      const kept = () =>
        page.evaluate(async () => {
          const all = await Promise.all(
            (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
          );
          return all.flat().filter(({ url }) => /\/ort-[^/]*\.wasm/.test(url)).length;
        });
      expect(await kept()).toBe(0);
      const bytes = Buffer.from(rtmoBytes({ width: 640, height: 640 }));
      await dropNetworkFiles(page, [{ name: 'rtmo.onnx', bytes }]);
      await expect.poll(async () => (await look(page)).model, POLL).toMatch(/^imported-/);
      await drop(page, sharedPath('images/tfpose_p1.jpg'));
      await expect.poll(async () => (await look(page)).engine, POLL).toBe('ort-wasm');
      await expect.poll(kept, POLL).toBe(1);

      await server.close();
      await context.setOffline(true);
      await page.reload();
      await drop(page, sharedPath('images/tfpose_p1.jpg'));
      await expect.poll(async () => (await look(page)).engine, POLL).toBe('ort-wasm');
      expect(faults).toEqual([]);
    }),
);

it('can be installed', () =>
  withPage(async ({ page, context, faults }) => {
    await expect
      .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), POLL)
      .toBe(true);
    const session = await context.newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const problems = async () => {
      const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
      // Pages of a test's own profile, which is as a private window, can't be installed whatever they are.
      return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
    };
    // It looks at the manifest anew when the page's worker has taken over.
    await expect.poll(problems, POLL).toEqual([]);
    expect(faults).toEqual([]);
  }));
