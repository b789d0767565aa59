import type { Page } from 'playwright-core';

/** The page's status line as one text. */
export async function statusText(page: Page): Promise<string> {
  return (await page.locator('limn-status span').allTextContents()).join(' · ');
}

/** How many frames the status line says are kept. */
export async function keptFrames(page: Page): Promise<number> {
  return Number(/(\d+) frames kept/.exec(await statusText(page))?.[1] ?? 0);
}
