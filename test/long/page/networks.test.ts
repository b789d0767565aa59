import { expect, it } from 'vitest';
import { dropNetwork, look, SMALL } from '../../helpers/dropped-network.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { button, drop, openAdvanced, usePages } from '../../helpers/use-pages.ts';

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
