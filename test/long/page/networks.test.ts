import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { dropNetwork, look, SMALL } from '../../helpers/dropped-network.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { button, choose, drop, openAdvanced, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

it.skipIf(!hasSharedData)(
  'a network that is dropped is measured on every engine, and looks at its picture in every way',
  async () => {
    await onPage('', async (page) => {
      await dropNetwork(page);
      await expect.poll(async () => (await look(page)).model).toBe(SMALL);
      await drop(page, sharedPath('images/tfpose_p2.jpg'));
      await expect.poll(async () => (await look(page)).tracked, { timeout: 30_000 }).toBe(1);
      await openAdvanced(page);
      await button(page, 'All networks …').click();
      await button(page, 'Try all on this picture').click();
      await expect.poll(async () => (await look(page)).trials.length, { timeout: 60_000 }).toBe(8);
      const { trials } = await look(page);
      const keypointsOf = (order: 'bgr' | 'rgb', shift: number): number =>
        trials.find(({ scaling }) => scaling.order === order && scaling.shift === shift)?.keypoints ?? 0;
      expect(Math.max(...trials.map(({ keypoints }) => keypoints))).toBeGreaterThan(0);
      expect(keypointsOf('bgr', -1) + keypointsOf('rgb', -1)).toBeGreaterThan(0);
      await page.keyboard.press('Escape');
      // A software GPU takes its time.
      await page.locator('#netResolution').selectOption('-1x128');
      await button(page, 'All networks …').click();
      await button(page, 'Measure all engines').click();
      await expect
        .poll(async () => (await look(page)).figures.map(({ state }) => state), { timeout: 120_000 })
        .toEqual(new Array(6).fill('done'));
      for (const { device, times } of (await look(page)).figures) {
        expect(device?.parity?.largest).toBeLessThan(0.05);
        expect(Math.min(...times)).toBeGreaterThan(0);
      }
    });
  },
);

it.skipIf(!hasSharedData)(
  'the network of OpenPose’s kind that comes with the page has an X-ray, too',
  async () => {
    await onPage('', async (page) => {
      await page.keyboard.press('n');
      await openAdvanced(page);
      await page.locator('#model').selectOption({ label: 'OpenPose · MobileNet' });
      await page.locator('#xray').check();
      await drop(page, sharedPath('images/tfpose_p2.jpg'));
      await expect.poll(async () => (await look(page)).sight?.people, { timeout: 30_000 }).toBe(2);
      const { sight, model } = await look(page);
      expect(model).toBe('openpose-mobilenet');
      expect(sight?.peaks).toBeGreaterThan(20);
      await choose(page, 'New', /^Demo/);
      await expect.poll(async () => (await look(page)).running).toBe(true);
      await expect.poll(async () => (await look(page)).sight?.people, { timeout: 30_000 }).toBe(1);
      // The actor has gone on when the network is done: what it saw lies on the picture that it saw.
      expect(await neckStandsOut(page)).toBeGreaterThan(12);
    });
  },
);

/** How much the neck that the X-ray has found differs from the edge of its picture, in the same row: 0 to 255. */
const neckStandsOut = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    const sight = session?.xray.sight.value;
    const points = sight?.explanation.bodies[0]?.points;
    const context = new OffscreenCanvas(640, 480).getContext('2d');
    if (!session || !sight || !points || !context) throw new Error('There is nothing to be seen.');
    const { width, height } = session.state.shown;
    context.drawImage(sight.picture, 0, 0, 640, 480);
    const [x = 0, y = 0] = [((points[3] ?? 0) / width) * 640, ((points[4] ?? 0) / height) * 480];
    const [neck, edge] = [x, 3].map((at) => context.getImageData(at, y, 1, 1).data.slice(0, 3));
    return Math.max(...[0, 1, 2].map((i) => Math.abs((neck?.[i] ?? 0) - (edge?.[i] ?? 0))));
  });
