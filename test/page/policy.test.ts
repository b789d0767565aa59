import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage, testAddress } from '../helpers/browser.ts';

const built = fileURLToPath(new URL('../../dist', import.meta.url));
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('sends the policy with every answer, and a looser one with the one script that may ask other hosts', async () => {
  const policyOf = async (path: string): Promise<string> =>
    (await fetch(testAddress() + path)).headers.get('Content-Security-Policy') ?? '';
  for (const path of ['', '?x=/fetch.worker-a.js', 'icon.svg?/fetch.worker.js', 'fetch.worker-a.js/']) {
    const policy = await policyOf(path);
    expect(policy, path).toContain("connect-src 'self' blob:;");
    expect(policy, path).toContain("frame-ancestors 'self'");
  }
  const script = readdirSync(`${built}/assets`).find((name) => /^fetch\.worker-.*\.js$/.test(name));
  expect(await policyOf(`assets/${script}?x`)).toContain("connect-src 'self' https:;");
});

it('opens with the camera chosen, and waits for a click', async () => {
  const { page, context } = await openPage(browser, `${testAddress()}?source=camera`, {
    permissions: ['camera'],
  });
  try {
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const asked: number[] = [];
      Object.assign(window, { asked });
      mediaDevices.getUserMedia = () => {
        asked.push(1);
        return Promise.reject(new DOMException('made by the test', 'NotFoundError'));
      };
    });
    await page.reload();
    const asked = () => page.evaluate(() => (window as unknown as { asked: number[] }).asked.length);
    await page.getByText('This link asks for your camera.').waitFor();
    expect(await asked()).toBe(0);
    await page.getByRole('button', { name: 'Use my camera' }).click();
    await expect.poll(asked).toBe(1);
  } finally {
    await context.close();
  }
});
