import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { keptFrames, POLL } from '../helpers/status.ts';
import { button, drop, usePages } from '../helpers/use-pages.ts';

/* How much of the window what people look at has. */

const { onPage } = usePages();
const WIDE = { width: 1360, height: 900 };
const PHONE = { width: 390, height: 844 };
const LANDSCAPE = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));

/** Shares of the window: of the viewer, and of the picture itself in it. */
async function shares(page: Page): Promise<{ readonly viewer: number; readonly picture: number }> {
  return page.evaluate(() => {
    const app = document.querySelector<LimnApp>('limn-app');
    const viewer = app?.shadowRoot?.querySelector('limn-viewer');
    const stage = viewer?.shadowRoot?.querySelector('limn-stage');
    if (!app || !viewer || !stage) throw new Error('There is no viewer.');
    const window = innerWidth * innerHeight;
    const box = viewer.getBoundingClientRect();
    const { width, height } = stage.getBoundingClientRect();
    const { shown } = app.session.state;
    const scale = Math.min(width / shown.width, height / shown.height);
    return {
      viewer: (box.width * box.height) / window,
      picture: (shown.width * scale * shown.height * scale) / window,
    };
  });
}

async function track(page: Page, path: string): Promise<void> {
  await drop(page, path);
  await expect.poll(() => keptFrames(page), POLL).toBeGreaterThan(1);
  // The splitter follows the picture with the next frame.
  await expect.poll(async () => (await shares(page)).picture, POLL).toBeGreaterThan(0.05);
}

/** Plots an angle of the only person. */
async function plot(page: Page, angle: string): Promise<void> {
  await button(page, 'Measure').click();
  await page.getByRole('button', { name: angle, exact: true }).click();
}

async function nothingIsWider(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beyond).toBe(0);
}

describe('What people look at has most of the window', () => {
  const videos = [
    ['landscape', LANDSCAPE, 0.2, true],
    ['portrait', sharedPath('cameras/one_person/cam01.mp4'), 0.17, hasSharedData],
  ] as const;

  for (const [name, path, least, isThere] of videos) {
    it.skipIf(!isThere)(`of a ${name} video, with tools and two plots, and without`, () =>
      onPage(
        '?engine=wasm&room=half',
        async (page) => {
          await track(page, path);
          await plot(page, 'Left knee');
          await plot(page, 'Left elbow');
          await expect.poll(() => page.locator('limn-timeline .lane').count(), POLL).toBe(2);
          const full = await shares(page);
          expect(full.viewer).toBeGreaterThanOrEqual(0.55);
          expect(full.picture).toBeGreaterThanOrEqual(least);
          await page.getByRole('button', { name: 'Left knee', exact: true }).click();
          await page.getByRole('button', { name: 'Left elbow', exact: true }).click();
          await page.keyboard.press('n');
          await expect.poll(async () => (await shares(page)).viewer, POLL).toBeGreaterThanOrEqual(0.8);
        },
        { viewport: WIDE },
      ),
    );
  }

  it('on a phone', () =>
    onPage(
      '?engine=wasm',
      async (page) => {
        await track(page, LANDSCAPE);
        expect((await shares(page)).viewer).toBeGreaterThanOrEqual(0.65);
        await nothingIsWider(page);
        // Tools leave the picture whole: it is above them.
        await page.getByRole('button', { name: 'Measure', exact: true }).click();
        const tools = page.locator('limn-inspector');
        await tools.getByRole('heading', { name: 'Joint angles' }).waitFor();
        const viewer = await page.locator('limn-viewer').boundingBox();
        const sheet = await tools.boundingBox();
        expect((viewer?.y ?? 0) + (viewer?.height ?? 0)).toBeLessThanOrEqual((sheet?.y ?? 0) + 1);
        expect(viewer?.height).toBeGreaterThan(200);
        await nothingIsWider(page);
      },
      { viewport: PHONE },
    ));

  it.each([360, 390, 768])('and nothing is wider than a screen of %i pixels', (width) =>
    onPage(
      '?source=demo&engine=wasm',
      async (page) => {
        await expect.poll(() => keptFrames(page), POLL).toBeGreaterThan(1);
        await nothingIsWider(page);
      },
      { viewport: { width, height: 800 } },
    ));
});
