import { expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/limn-app.ts';
import { dropNetworkFiles, look } from '../../helpers/dropped-network.ts';
import { hasRealWeights, readCodait } from '../../helpers/real-weights.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { drop, usePages } from '../../helpers/use-pages.ts';

/** Eight looks with a network of megabytes on a CPU that others use, too. */
const PATIENCE = { timeout: 60_000 };

const pages = usePages();
const photo = (): string => sharedPath('images/tfpose_p2.jpg');

it.skipIf(!hasRealWeights || !hasSharedData)(
  'how max-human-pose-estimator wants its pictures is found on a picture on the stage, which is tracked anew, as it is when another way is taken',
  async () => {
    await pages.onPage('?engine=wasm', async (page) => {
      await drop(page, photo());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toHaveLength(1);
      await dropNetworkFiles(page, readCodait());
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([18, 18]);
      expect((await look(page)).notices.join('\n')).toMatch(
        /BGR, 0\s…\s255 found 36 keypoints of 2 people and is used/,
      );
      await page.evaluate(() => {
        const session = document.querySelector<LimnApp>('limn-app')?.session;
        const { model } = session?.state.settings.value ?? {};
        return model && session?.shelf.useScaling(model, { order: 'bgr', scale: 1 / 127.5, shift: -1 });
      });
      await expect.poll(async () => (await look(page)).found, PATIENCE).toEqual([]);
    });
  },
);
