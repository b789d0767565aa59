import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { keptFrames } from '../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, drop, usePages } from '../helpers/use-pages.ts';
import { until } from '../helpers/video-rows.ts';

const QUERY = '?engine=wasm&smooth=0';
const pages = usePages();
const onTracked = useTrackedActor(pages, QUERY);

/** Where the browser could ask for a file itself, no test can answer. */
const withoutPicker = (page: Page) =>
  page.evaluate(() => Reflect.deleteProperty(window, 'showOpenFilePicker'));

async function give(
  page: Page,
  name: string | RegExp,
  file: Parameters<Page['setInputFiles']>[1],
): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, name).click()]);
  await chooser.setFiles(file as string);
}

const hasPicture = (page: Page) =>
  page.evaluate(() => document.querySelector<LimnApp>('limn-app')?.session.state.shown.image !== null);

describe('the start screen', () => {
  it('has three cards in one row, and what was tracked before', () =>
    onTracked(async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.reload();
      await until(() => page.getByRole('button', { name: /^actor\.mp4 45 frames/ }).count()).toBe(1);
      const cards = ['Use my camera', 'Open a video or photo', 'Try the demo'];
      const boxes = await Promise.all(
        cards.map((name) => page.getByRole('button', { name: new RegExp(`^${name}`) }).boundingBox()),
      );
      expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
      expect(new Set(boxes.map((box) => box?.width)).size).toBe(1);
    }));

  it('asks for the video of a recording by its name, and takes no other', () =>
    onTracked(async (page) => {
      await page.reload();
      await withoutPicker(page);
      await page.getByRole('button', { name: /^actor\.mp4 45 frames/ }).click();
      await until(() => keptFrames(page)).toBe(ACTOR_FRAMES);
      const wrong = { name: 'actor.mp4', mimeType: 'video/mp4', buffer: Buffer.from('something else') };
      await give(page, 'Choose actor.mp4', wrong);
      await until(() => page.locator('limn-notices [role=alert]').textContent()).toMatch(
        /isn’t the video that this recording was made from: it has another size/,
      );
      expect(await hasPicture(page)).toBe(false);
      await give(page, 'Choose actor.mp4', ACTOR);
      await until(() => hasPicture(page)).toBe(true);
      await until(() => button(page, 'Choose actor.mp4').count()).toBe(0);
      expect(await keptFrames(page)).toBe(ACTOR_FRAMES);
    }));

  it('goes on with what was interrupted with one click and the file', () =>
    pages.onPage(QUERY, async (page) => {
      await drop(page, ACTOR);
      await until(() =>
        page.evaluate(() => {
          const { queue } = document.querySelector<LimnApp>('limn-app')?.session.videos ?? {};
          const [job] = queue?.jobs.value ?? [];
          if (!job || !queue || job.progress.frames === 0) return null;
          queue.cancel(job.key);
          return job.status;
        }),
      ).toBe('cancelled');
      await page.reload();
      await withoutPicker(page);
      await until(() => page.locator('limn-start').locator('.interrupted').textContent()).toMatch(
        /actor\.mp4.*\d+ of 45 frames/s,
      );
      await give(page, 'Resume: actor.mp4', ACTOR);
      await until(() => keptFrames(page)).toBe(ACTOR_FRAMES);
    }));
});
