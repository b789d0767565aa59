import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import type { LimnViewer } from '../../src/ui/shell/limn-viewer.ts';
import { keptFrames, POLL } from '../helpers/status.ts';
import { ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, drop, openAdvanced, usePages } from '../helpers/use-pages.ts';

const pages = usePages();
const onActor = useTrackedActor(pages, '?engine=wasm&room=half');

/** How many pixels of the room and of a film in black have the colour of somebody's left or right. */
const colored = (page: Page) =>
  page.evaluate(async () => {
    const app = document.querySelector<LimnApp>('limn-app');
    const viewer = app?.shadowRoot?.querySelector<LimnViewer>('limn-viewer');
    const room = await viewer?.room?.picture();
    const preview = app?.session.exports.preview();
    if (!room || !preview) throw new Error('There is no page.');
    await preview.show({ format: 'mp4', personId: null, range: {}, smooth: false }, 0.5);
    const shown = preview.state.value;
    preview.close();
    if (shown.status !== 'shown' || shown.file.sample.kind !== 'picture')
      throw new Error('There is no film.');
    const count = async (blob: Blob): Promise<number> => {
      const image = await createImageBitmap(blob);
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context?.drawImage(image, 0, 0);
      const data = context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
      let colored = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)) > 80) colored++;
      }
      return colored;
    };
    return { room: await count(room), film: await count(shown.file.sample.picture) };
  });

describe('The list of people', () => {
  it('renames somebody, and hides them on the picture, in the room and in films', () =>
    onActor(
      async (page) => {
        const row = page.locator('limn-people li');
        await expect.poll(() => row.allInnerTexts(), POLL).toEqual([expect.stringMatching(/^\d+ %$/)]);
        const name = page.getByRole('textbox', { name: 'Name of Person 1' });
        await name.fill(' Ada ');
        await name.press('Enter');
        await page.getByRole('textbox', { name: 'Name of Ada' }).waitFor();
        // It is a correction like others: it can be undone, and is kept.
        expect(
          await page.evaluate(
            () => document.querySelector<LimnApp>('limn-app')?.session.state.document.value?.edits,
          ),
        ).toEqual([{ kind: 'name-person', personId: 0, name: 'Ada' }]);
        await page.keyboard.press('Control+z');
        await page.getByRole('textbox', { name: 'Name of Person 1' }).waitFor();
        await page.keyboard.press('Control+Shift+z');

        const before = await colored(page);
        expect(Math.min(before.room, before.film)).toBeGreaterThan(200);
        const hide = button(page, 'Hide Ada');
        await hide.click();
        expect(await hide.getAttribute('aria-pressed')).toBe('true');
        await expect.poll(() => colored(page)).toEqual({ room: 0, film: 0 });
        await hide.click();
        await expect.poll(async () => (await colored(page)).film).toBe(before.film);
      },
      { more: '&film=black' },
    ));
});

/** A picture of the demo actor, or one with nobody in it, as a file. */
async function picture(page: Page, hasActor: boolean) {
  const bytes = await page.evaluate(async (hasActor) => {
    const canvas = new OffscreenCanvas(320, 240);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('There is no canvas.');
    context.fillStyle = '#7a8';
    context.fillRect(0, 0, 320, 240);
    if (hasActor) {
      const demo = window.limn.openDemo({ seed: 4, width: 320, height: 240 });
      const { image } = await demo.frame(20);
      context.drawImage(image, 0, 0);
      image.close();
      demo.close();
    }
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }, hasActor);
  return { name: hasActor ? 'actor.png' : 'nobody.png', mimeType: '', buffer: Buffer.from(bytes) };
}

const setting = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

describe('Settings that need a new run', () => {
  it('are offered over a video, until they are put back, dismissed, or it is tracked anew', () =>
    onActor(async (page) => {
      const bar = page.getByRole('group', { name: 'Settings changed.' });
      const frames = page.getByRole('combobox', { name: 'Frames' });
      expect(await bar.count()).toBe(0);
      await page.getByRole('radio', { name: 'Best' }).check({ force: true });
      await bar.waitFor();
      expect(setting(page, 'model')).toBe('mediapipe-pose-heavy');
      await page.getByRole('radio', { name: 'Fast' }).check({ force: true });
      await expect.poll(() => bar.count()).toBe(0);
      await frames.selectOption('3');
      await bar.getByRole('button', { name: 'Dismiss' }).click();
      expect(await bar.count()).toBe(0);
      await frames.selectOption('5');
      await bar.getByRole('button', { name: 'Re-track' }).click();
      await expect.poll(() => keptFrames(page), POLL).toBe(ACTOR_FRAMES / 5);
      expect(await bar.count()).toBe(0);
    }));
});

describe('Where nobody is found', () => {
  it('that is said over a picture, and the best quality is tried at once', () =>
    pages.onPage('?engine=wasm', async (page) => {
      const nobody = page.getByRole('group', { name: 'No person found.' });
      await drop(page, await picture(page, false));
      await nobody.getByRole('button', { name: 'Try best quality' }).click();
      await expect.poll(() => setting(page, 'model')).toBe('mediapipe-pose-heavy');
      // Nothing is left that would change something.
      await expect.poll(() => nobody.innerText(), POLL).toBe('No person found.');
      expect(await page.getByRole('radio', { name: 'Best' }).isChecked()).toBe(true);
      await drop(page, await picture(page, true));
      await expect.poll(() => page.locator('limn-people li').count(), POLL).toBe(1);
      expect(await nobody.count()).toBe(0);
    }));

  it('thresholds of networks that have some are lowered, until somebody is found', () =>
    pages.onPage('?model=openpose-mobilenet&peakThreshold=0.95', async (page) => {
      const lower = page.getByRole('button', { name: 'Lower the threshold' });
      await drop(page, await picture(page, true));
      await expect
        .poll(async () => {
          if (await lower.isVisible()) await lower.click({ timeout: 1000 }).catch(() => undefined);
          return page.locator('limn-people li').count();
        }, POLL)
        .toBe(1);
      expect(Number(setting(page, 'peakThreshold'))).toBeLessThan(0.6);
      expect(await lower.count()).toBe(0);
      // Put back in the tools, they take the person away: pictures are tracked anew.
      await openAdvanced(page);
      await page.locator('#peakThreshold').fill('0.95');
      await lower.waitFor(POLL);
    }));
});

describe('On the picture', () => {
  it('skeletons and names are switched on and off', () =>
    onActor(
      async (page) => {
        const drawn = () =>
          page.locator('limn-stage canvas').evaluate((canvas: HTMLCanvasElement) => {
            const context = canvas.getContext('2d');
            const data = context?.getImageData(0, 0, canvas.width, canvas.height).data;
            return data?.some((value, i) => i % 4 < 3 && value > 40) ?? false;
          });
        await expect.poll(drawn).toBe(true);
        await page.getByRole('switch', { name: 'Names' }).uncheck();
        expect(await drawn()).toBe(true);
        await page.getByRole('switch', { name: 'Skeletons' }).uncheck();
        await expect.poll(drawn).toBe(false);
        // Whoever corrects takes hold of joints all the same.
        await button(page, 'Correct').click();
        await expect.poll(drawn).toBe(true);
      },
      { more: '&picture=0' },
    ));
});
