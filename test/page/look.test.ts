import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import type { LimnViewer } from '../../src/ui/shell/limn-viewer.ts';
import { useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, usePages } from '../helpers/use-pages.ts';

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
        expect(await row.count()).toBe(1);
        expect(await row.innerText()).toMatch(/^\d+ %$/);
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
