import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { dropNetwork, look, SMALL } from '../../helpers/dropped-network.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { drop, openAdvanced, saveExport, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

describe.skipIf(!hasSharedData)('Who finds people for MediaPipe', () => {
  it('is chosen in the settings once another network is at hand, noted in the file, and remembered', () =>
    onPage('?people=2', async (page: Page) => {
      const finder = page.getByRole('combobox', { name: 'Find people with' });
      await page.keyboard.press('n');
      await openAdvanced(page);
      await dropNetwork(page);
      await expect.poll(async () => (await look(page)).model).toBe(SMALL);
      // It looks at whole pictures, and takes nobody else's people.
      expect(await finder.count()).toBe(0);
      await page.getByRole('combobox', { name: 'Model' }).selectOption('mediapipe-pose-full');
      expect(await finder.inputValue()).toBe('auto');
      await finder.selectOption(SMALL);
      await drop(page, sharedPath('images/tfpose_p2.jpg'));
      await expect.poll(async () => (await look(page)).people, { timeout: 30_000 }).toBe(2);
      expect((await look(page)).engine).toBe('litert-wasm');
      // All 33 of BlazePose, of which tf-pose has 18.
      for (const keypoints of (await look(page)).found) expect(keypoints).toBeGreaterThan(25);
      const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
      const files = Object.values(unzipSync(readFileSync(await download.path())));
      const texts = files.map((bytes) => new TextDecoder().decode(bytes));
      expect(
        texts.some((text) => text.includes(`"finder": "${SMALL}"`) || text.includes(`"finder":"${SMALL}"`)),
      ).toBe(true);
      expect(page.url()).toContain(`finder=${SMALL}`);
      await page.reload();
      await page.keyboard.press('n');
      await openAdvanced(page);
      await expect.poll(() => finder.inputValue()).toBe(SMALL);
      // MediaPipe's tasks can't be told where people are.
      await page.getByRole('combobox', { name: 'Engine' }).selectOption('tasks-wasm');
      await expect.poll(() => page.getByText('it is chosen automatically').isVisible()).toBe(true);
    }));
});
