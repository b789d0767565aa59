import { expect, it } from 'vitest';
import { choose, usePages } from '../../helpers/use-pages.ts';

// Software GPUs would come first, and take a minute: they are in the long tests.
const { onPage } = usePages({ noGpu: true });

it('is shown while it goes on, can be ended, and keeps what it has found', () =>
  onPage('', async (page) => {
    await choose(page, 'File', /^Check this device/);
    await page.getByRole('button', { name: 'Check all engines' }).click();
    const row = page.locator('limn-check tbody tr').filter({ hasText: 'MediaPipe · WASM' }).first();
    await row.waitFor({ timeout: 60_000 });
    // Why an engine doesn't run isn't alarming.
    const failed = page.locator('limn-check tbody td').filter({ hasText: 'no WebGPU adapter' }).first();
    expect(await failed.textContent()).toMatch(/^no: This browser gives no WebGPU adapter/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
    expect(await row.textContent()).toMatch(/\d ms/);
    expect(await page.locator('limn-check [role=alert]').count()).toBe(0);
  }));
