import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectCheck } from '../../helpers/check-report.ts';
import { choose, usePages } from '../../helpers/use-pages.ts';

const actorVideo = new URL('../../fixtures/actor.mp4', import.meta.url).pathname;
/** A video on an engine without a GPU takes tens of seconds on a slow machine. */
const POLL = { timeout: 240_000 };

const { onPage } = usePages();

it('says of every engine whether it runs, how right it is and how fast, for bodies and for hands', () =>
  onPage('', (page) => expectCheck(page, ['mediapipe-pose-lite', 'mediapipe-hands'])));

describe('without any GPU', () => {
  const { onPage } = usePages({ noGpu: true });

  it('works, tracks a video as well, and compares two results', () =>
    onPage('', async (page) => {
      await choose(page, 'File', /^Check this device/);
      await page.getByRole('combobox', { name: 'Networks to check' }).selectOption('one');
      await page.locator('limn-check input#video').setInputFiles(actorVideo);
      const dialog = page.locator('limn-check dialog');
      await expect.poll(() => page.locator('limn-check progress').count(), POLL).toBe(0);
      const text = (await dialog.textContent()) ?? '';
      expect(text).toContain('Engines, on an empty picture');
      expect(text).toContain('no: ');
      expect(text).toMatch(/actor\.mp4, every frame, one worker/);
      expect(text).toContain('A WebGPU adapter');

      const save = async (name: string): Promise<Buffer> => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name }).click(),
        ]);
        return readFileSync(await download.path());
      };
      const json = await save('Save as JSON');
      const report = JSON.parse(json.toString()) as {
        video: { runs: { engine: string; frames: number; seconds: number | null; reason: string | null }[] };
      };
      const frames = report.video.runs
        .filter(({ engine }) => engine === 'tasks-wasm')
        .map((run) => run.frames);
      expect(Math.min(...frames)).toBeGreaterThan(10);
      expect(new Set(frames).size).toBe(1);
      for (const { engine, reason } of report.video.runs) {
        if (engine !== 'tasks-wasm') expect(reason).toMatch(/doesn't run here/);
      }
      const picture = await save('Save as picture');
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
      expect(picture.readUInt32BE(16)).toBeGreaterThan(1000);

      await page.locator('limn-check input#report').setInputFiles({
        name: 'other.json',
        mimeType: 'application/json',
        buffer: json,
      });
      await dialog.getByText('other / this').waitFor();
      expect(await dialog.getByRole('cell', { name: '1.00' }).count()).toBeGreaterThan(0);
      await page.locator('limn-check input#report').setInputFiles({
        name: 'none.json',
        mimeType: 'application/json',
        buffer: Buffer.from('[]'),
      });
      expect(await dialog.getByRole('alert').textContent()).toMatch(/no result of a check/);
    }));
});
