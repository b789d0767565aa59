import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { saveExport } from './use-pages.ts';

/** What the list says of a video. */
export const row = (page: Page, name = 'actor.mp4') =>
  page.locator('limn-analysis li').filter({ hasText: name }).last();

/** Patient enough for a video that is tracked. */
export const until = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 90_000 });

/** Waits until a video's row says something. */
export const waitForRow = (page: Page, text: RegExp, name?: string) =>
  until(() =>
    row(page, name)
      .textContent()
      .catch(() => ''),
  ).toMatch(text);

/** Presses a button of a video. */
export const press = (page: Page, label: string, name = 'actor.mp4') =>
  page.getByRole('button', { name: `${label}: ${name}`, exact: true }).click();

/** Exports what is on the stage in the format that the address says. */
export async function exportCsv(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
  return readFileSync(await download.path(), 'utf8');
}
