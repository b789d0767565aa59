import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { dropNetwork, look, SMALL, small } from '../helpers/dropped-network.ts';
import { moveNetFiles } from '../helpers/movenet-files.ts';
import { sampleNodes } from '../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { button, choose, drop, openAdvanced, saveExport, usePages } from '../helpers/use-pages.ts';
import { graphDef } from '../helpers/write-graph-def.ts';

const photo = (): string => sharedPath('images/tfpose_p2.jpg');

const pages = usePages();
const onPage = (act: (page: Page, context: BrowserContext) => Promise<void>, query = ''): Promise<void> =>
  pages.onPage(query, (page, { context }) => act(page, context));

describe.skipIf(!hasSharedData)('A network that is dropped on the page', () => {
  it('finds people, is still there after a reload, and can be taken away', async () => {
    await onPage(async (page) => {
      await dropNetwork(page);
      await expect.poll(async () => (await look(page)).model).toBe(SMALL);
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).people, { timeout: 30_000 }).toBe(2);
      expect((await look(page)).engine).toBe('litert-wasm');
      expect(page.url()).toContain(`model=${SMALL}`);
      await page.reload();
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).people, { timeout: 30_000 }).toBe(2);

      await openAdvanced(page);
      await button(page, 'All networks …').click();
      const dialog = page.getByRole('dialog', { name: 'Networks' });
      await expect.poll(() => dialog.innerText()).toMatch(/Layers\s+\d+/);
      const text = await dialog.innerText();
      expect(text).toMatch(/Input\s+432 × 368 → 57 maps/);
      expect(text).toMatch(/Parameters\s+0\.47 million/);
      expect(text).toMatch(/Multiply-adds\s+[\d.]+ billion per frame/);
      expect(text).toMatch(/Licence\s+Apache-2\.0/);
      expect(text).toContain('428a9d6e7bfc0319e1ce4de8c0191a9111cd281bea6ae2b496fd42c92d574160');
      expect(await dialog.getByRole('img', { name: /Skeleton of tf-pose/ }).isVisible()).toBe(true);
      await dialog.getByRole('button', { name: /^Delete:/ }).click();
      await dialog.getByRole('button', { name: /^Delete permanently\?/ }).click();
      await expect.poll(async () => (await look(page)).model).toBe('mediapipe-pose-lite');
      expect(await dialog.innerText()).toContain('Not on this device');
    });
  });

  it('says in an X-ray why limbs are there, and puts people together anew at once', async () => {
    await onPage(async (page) => {
      await dropNetwork(page);
      await expect.poll(async () => (await look(page)).model).toBe(SMALL);
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).people, { timeout: 30_000 }).toBe(2);
      await openAdvanced(page);
      await page.locator('#xray').check();
      await expect.poll(async () => (await look(page)).sight?.people, { timeout: 30_000 }).toBe(2);
      const { sight } = await look(page);
      expect(sight?.verdicts).toContain('weak');
      expect(await page.locator('limn-xray section').innerText()).toMatch(
        /\d+ of \d+ samples pass above 0\.05; more than 75 % must/,
      );
      // No peak is this high: nobody is left, on the stage and in the recording.
      await page.locator('#peakThreshold').fill('0.95');
      await expect.poll(async () => (await look(page)).sight?.people).toBe(0);
      const after = await look(page);
      expect(after.people).toBe(0);
      expect(after.sight?.peaks).toBe(0);
      const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
      expect(readFileSync(await download.path()).toString('utf8')).toMatch(/"peakThreshold":\s?0\.95/);
      await button(page, 'Defaults').click();
      await expect.poll(async () => (await look(page)).people).toBe(2);
      expect(page.url()).not.toContain('peakThreshold');

      // A keypoint's heatmap, then a limb's field.
      await page.locator('#map').selectOption('0');
      await expect.poll(async () => (await look(page)).sight?.map?.highest ?? 0).toBeGreaterThan(0.6);
      await page.locator('#map').selectOption({ label: 'Neck → Right shoulder' });
      await expect.poll(async () => (await look(page)).sight?.map?.highest ?? 0).toBeGreaterThan(0.2);
      expect((await look(page)).sight?.map?.width).toBe(54);
    }, '?format=limn-json');
  });
});

it('a network that is none is refused with a sentence, and what was there stays', async () => {
  await onPage(async (page) => {
    await choose(page, 'New', /^Demo/);
    await drop(page, [
      { name: 'net.pb', mimeType: 'application/octet-stream', buffer: Buffer.from(graphDef(sampleNodes())) },
    ]);
    await expect.poll(async () => (await look(page)).notices.join()).toMatch(/net\.pb gives 16 maps/);
    expect((await look(page)).model).toBe('mediapipe-pose-lite');
    expect((await look(page)).running).toBe(true);
  });
});

describe('The catalogue', () => {
  const HOSTS = /^https:\/\/(raw\.githubusercontent\.com|cdn\.jsdelivr\.net)\//;
  const openEntry = async (page: Page, name: string): Promise<void> => {
    await choose(page, 'File', /^Networks/);
    await page.getByRole('dialog', { name: 'Networks' }).getByRole('button', { name }).click();
  };

  /** What a page has asked of other hosts, and what its console says of it. */
  async function onCatalogue(
    act: (page: Page, context: BrowserContext) => Promise<void>,
  ): Promise<readonly string[]> {
    let faults: readonly string[] = [];
    await pages.onPage(
      '',
      async (page, watched) => {
        faults = watched.faults;
        await act(page, watched.context);
      },
      { expectedFaults: /./ },
    );
    return faults;
  }

  it('asks no other host before somebody does, and the page itself never may', async () => {
    await onPage(async (page) => {
      await openEntry(page, 'tf-pose · MobileNet thin');
      await page.getByRole('dialog', { name: 'Networks' }).getByText('Licence').waitFor();
    });
    const faults = await onCatalogue(async (page) => {
      const refused = await page.evaluate(() =>
        fetch('https://raw.githubusercontent.com/x').then(
          () => 'asked',
          () => 'refused',
        ),
      );
      expect(refused).toBe('refused');
    });
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toMatch(/Content Security Policy/);
  });

  it.skipIf(!hasSharedData)('fetches a network, checks it, and tracks with it', async () => {
    const faults = await onCatalogue(async (page, context) => {
      await context.route(HOSTS, (route) =>
        route.fulfill({ body: small(), headers: { 'access-control-allow-origin': '*' } }),
      );
      await openEntry(page, 'tf-pose · MobileNet v2 small');
      await button(page, /^Fetch from raw\.githubusercontent\.com or cdn\.jsdelivr\.net$/).click();
      await expect.poll(async () => (await look(page)).model, { timeout: 20_000 }).toBe(SMALL);
      await page.keyboard.press('Escape');
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).people, { timeout: 30_000 }).toBe(2);
      expect(await page.locator('limn-status').getByText('outgoing requests').innerText()).toMatch(/1$/);
    });
    // The one request, to the one file.
    expect(faults).toEqual([expect.stringMatching(/^foreign request: .*mobilenet_v2_small\/graph_opt\.pb$/)]);
  });

  it('refuses another file than it knows, and says what to do without a network', async () => {
    const faults = await onCatalogue(async (page, context) => {
      await context.route(HOSTS, (route) =>
        route.fulfill({ body: 'something else', headers: { 'access-control-allow-origin': '*' } }),
      );
      await openEntry(page, 'tf-pose · MobileNet v2 small');
      await button(page, /^Fetch from/).click();
      await expect
        .poll(async () => (await look(page)).notices.join())
        .toMatch(/is another file than the catalogue knows/);
      expect((await look(page)).model).toBe('mediapipe-pose-lite');
    });
    // From each address, once more past the caches on the way.
    expect(faults).toHaveLength(4);
    // The browser itself logs, too, that the address could not be had.
    await onCatalogue(async (page, context) => {
      await context.route(HOSTS, async (route) => {
        await context.setOffline(true);
        await route.abort('internetdisconnected');
      });
      await openEntry(page, 'tf-pose · MobileNet thin');
      await button(page, /^Fetch from/).click();
      await expect
        .poll(async () => (await look(page)).notices.join())
        .toMatch(
          /there is no network.*Get mobilenet_thin\.pb from https:\/\/github\.com.* by hand, and drop it/,
        );
      // The next page is of the same context.
      await context.setOffline(false);
    });
  });
});

it('MoveNet is run by tfjs-models from its own files', async () => {
  await onPage(async (page) => {
    const files = moveNetFiles().map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: bytes,
    }));
    await drop(page, files);
    await expect.poll(async () => (await look(page)).model, { timeout: 20_000 }).toMatch(/^imported-/);
    await choose(page, 'New', /^Demo/);
    await expect.poll(async () => (await look(page)).people, { timeout: 60_000 }).toBe(1);
    expect((await look(page)).engine).toBe('tfjs-wasm');
    const body = await page.evaluate(() => {
      const session = document.querySelector<LimnApp>('limn-app')?.session;
      const [person] = session?.state.shown.people ?? [];
      return { set: person?.body?.set, points: [...(person?.body?.points ?? [])] };
    });
    expect(body.set).toBe('coco-17');
    expect(body.points).toHaveLength(51);
    expect(body.points[2]).toBeCloseTo(0.9, 5);
  });
});
