import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { POLL } from '../../helpers/status.ts';
import { tenRecordings } from '../../helpers/ten-recordings.ts';
import { button, choose, drop, openAdvanced, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page, where: string): Promise<string[]> {
  // What glides or fades has arrived: colours are looked at as they stay.
  await page.waitForTimeout(300);
  const results = await page.evaluate(
    () => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run() as Promise<AxeResults>,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${where}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

const MODES = ['Look', 'Measure', 'Correct', 'Clean up', 'Compare'] as const;
const DIALOGS = [
  ['export', (page: Page) => button(page, 'Export').click()],
  ['recordings', (page: Page) => choose(page, 'File', /^Recordings/)],
  ['networks', (page: Page) => choose(page, 'File', /^All networks|^Networks/)],
  ['check', (page: Page) => choose(page, 'File', /^Check this device/)],
  ['help', (page: Page) => page.keyboard.press('?')],
] as const;

it.each([
  'light',
  'dark',
] as const)('nothing is wrong by axe’s rules in any mode or dialog, %s', (colorScheme) =>
  onPage('?engine=wasm', async (page) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(axe);
    const wrong = await violations(page, 'start');
    await drop(page, tenRecordings().slice(0, 1));
    await expect.poll(() => page.locator('limn-timeline .view').count(), POLL).toBe(1);
    await openAdvanced(page);
    for (const mode of MODES) {
      await button(page, mode).click();
      wrong.push(...(await violations(page, mode)));
    }
    await button(page, 'Look').click();
    for (const [name, open] of DIALOGS) {
      await open(page);
      await page.getByRole('dialog').waitFor();
      wrong.push(...(await violations(page, name)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    // In the dark, a phone has the same colours.
    await page.setViewportSize({ width: 390, height: 844 });
    for (const mode of colorScheme === 'light' ? MODES : []) {
      await button(page, mode).click();
      wrong.push(...(await violations(page, `${mode} on a phone`)));
    }
    expect(wrong).toEqual([]);
  }));
