import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Runtimes and networks take their time on a busy machine. */
export const POLL = { timeout: 60_000 };

/** What the page says of what runs, as one text. */
export async function statusText(page: Page): Promise<string> {
  return (await page.locator('limn-status span').allTextContents()).join(' · ');
}

/** How many frames the page says are recorded. */
export async function keptFrames(page: Page): Promise<number> {
  return Number(/(\d+) frames? recorded/.exec(await statusText(page))?.[1] ?? 0);
}

/** Waits until so many frames more are kept. */
export async function moreFrames(page: Page, more: number): Promise<void> {
  const before = await keptFrames(page);
  await expect.poll(() => keptFrames(page), POLL).toBeGreaterThanOrEqual(before + more);
}

/** Waits until the video on the stage has played to its end, and stands still. */
export async function waitForEnd(page: Page, seconds: number): Promise<void> {
  await expect
    .poll(() => page.getByRole('slider', { name: 'Position' }).inputValue().then(Number), { timeout: 60_000 })
    .toBeGreaterThan(seconds);
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
}
