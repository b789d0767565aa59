import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { dropNetworkFiles, look } from '../../helpers/dropped-network.ts';
import { hasRealWeights, readCodait, readHuman } from '../../helpers/real-weights.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { drop, usePages } from '../../helpers/use-pages.ts';

/** Eight looks with a network of megabytes on a CPU that others use, too. */
const PATIENCE = { timeout: 60_000 };

const pages = usePages();
const photo = (): string => sharedPath('images/tfpose_p2.jpg');

describe.skipIf(!hasRealWeights || !hasSharedData)('How max-human-pose-estimator wants its pictures', () => {
  it('is found with the demo actor, and both people of a photo', async () => {
    await pages.onPage('', async (page) => {
      await dropNetworkFiles(page, readCodait());
      await expect.poll(async () => (await look(page)).model, PATIENCE).toMatch(/^imported-/);
      const notices = (await look(page)).notices.join('\n');
      expect(notices).toMatch(
        /Tried 8 ways to scale pictures: BGR, 0\s…\s255 found \d+ keypoints of one person and is used\. Change it/,
      );
      expect(notices).not.toContain('guess');
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([18, 18]);
      // It is kept with the network.
      await page.reload();
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([18, 18]);
    });
  });

  it('is found on a picture on the stage, which is tracked anew, as it is when another way is taken', async () => {
    await pages.onPage('', async (page) => {
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([33, 33]);
      await dropNetworkFiles(page, readCodait());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([18, 18]);
      expect((await look(page)).notices.join('\n')).toMatch(
        /BGR, 0\s…\s255 found 36 keypoints of 2 people and is used/,
      );
      await page.evaluate(() => {
        const session = document.querySelector<LimnApp>('limn-app')?.session;
        const { model } = session?.state.settings.value ?? {};
        return model && session?.installed.useScaling(model, { order: 'bgr', scale: 1 / 127.5, shift: -1 });
      });
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([]);
    });
  });
});

it.skipIf(!hasRealWeights || !hasSharedData)(
  'MoveNet multipose that is dropped finds both people of a photo',
  async () => {
    await pages.onPage('', async (page) => {
      await dropNetworkFiles(page, readHuman('humanModels', 'movenet-multipose'));
      await expect.poll(async () => (await look(page)).model, PATIENCE).toMatch(/^imported-/);
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([17, 17]);
    });
  },
);
