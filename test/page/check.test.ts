import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usePages } from '../helpers/use-pages.ts';

const actorVideo = new URL('../fixtures/actor.mp4', import.meta.url).pathname;
const POLL = { timeout: 100_000 };

const { onPage } = usePages();

it('says of every engine whether it runs, how right it is and how fast', () =>
  onPage('', async (page) => {
    const { report, shares, markdown } = await page.evaluate(async () => {
      const shares: number[] = [];
      const report = await window.limn.checkDevice({
        models: ['mediapipe-pose-lite', 'mediapipe-hands'],
        frames: 6,
        onProgress: ({ share }) => void shares.push(share),
      });
      return { report, shares, markdown: window.limn.describeCheck(report) };
    });
    expect(report.rows.map(({ model, engine }) => `${model} ${engine}`)).toEqual(
      ['mediapipe-pose-lite', 'mediapipe-hands'].flatMap((model) =>
        ['tasks-webgl', 'tasks-wasm', 'litert-webgpu', 'litert-wasm'].map((engine) => `${model} ${engine}`),
      ),
    );
    for (const row of report.rows) {
      const name = `${row.model} on ${row.engine}`;
      expect(row.runs, name).toBe(true);
      expect(row.medianMs, name).toBeGreaterThan(0);
      expect(row.p95Ms, name).toBeGreaterThanOrEqual(row.medianMs ?? 0);
      expect(row.firstResultMs, name).toBeGreaterThan(row.medianMs ?? 0);
      expect(row.accuracy?.medianPixels, name).toBeLessThan(8);
      expect(row.isSoftwareGpu, name).toBe(/webg/.test(row.engine));
    }
    const bodies = report.rows.filter(({ model }) => model === 'mediapipe-pose-lite');
    for (const { accuracy } of bodies) expect(accuracy?.within).toBeGreaterThan(0.9);
    for (const { model, engine, difference } of report.rows) {
      if (model === 'mediapipe-pose-lite' || engine.startsWith('litert')) {
        expect(difference?.mean, `${model} on ${engine}`).toBeLessThan(2);
      }
    }
    expect(bodies.find(({ engine }) => engine === 'tasks-wasm')).toMatchObject({
      difference: { largest: 0, mean: 0 },
      timesFaster: 1,
    });
    expect(report.facts).toMatchObject({ isIsolated: true, webgl: { isSoftware: true } });
    expect(report.facts.codecs.find(({ label }) => label === 'VP9')).toMatchObject({ decodes: true });
    expect(report.lacks.map(({ what }) => what)).toContain('A real GPU behind WebGL');
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(markdown).toContain('## What is missing');
  }));

it('is shown while it goes on, can be ended, and keeps what it has found', () =>
  onPage('', async (page) => {
    await page.getByRole('button', { name: 'Check this device …' }).click();
    await page.getByRole('button', { name: 'Check all engines' }).click();
    const row = page.locator('limn-check tbody tr').filter({ hasText: 'MediaPipe · WASM' }).first();
    await row.waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
    expect(await row.textContent()).toMatch(/\d ms/);
    expect(await page.locator('limn-check [role=alert]').count()).toBe(0);
  }));

describe('without any GPU', () => {
  const { onPage } = usePages({ noGpu: true });

  it('works, tracks a video as well, and compares two results', () =>
    onPage('', async (page) => {
      await page.getByRole('button', { name: 'Check this device …' }).click();
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
