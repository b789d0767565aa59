import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { choose, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();
const look = (page: Page) =>
  page.evaluate(() => {
    const { state } = document.querySelector<LimnApp>('limn-app')?.session ?? {};
    if (!state) throw new Error('There is no page.');
    return { hasLifted: state.shown.people[0]?.lifted !== undefined, live: state.liveLift.value };
  });

it('what comes live is lifted, and how far it is behind is said', () =>
  onPage('?lift=on&spatial=lifted&engine=wasm', async (page) => {
    await choose(page, 'New', /^Demo/);
    await expect.poll(async () => (await look(page)).hasLifted, { timeout: 60_000 }).toBe(true);
    await page.getByText(/3‑D lifted by Limn Lift · 81 frames, \d+\.\d s behind/).waitFor();
    expect((await look(page)).live?.delay).toBeGreaterThan(0.5);
    await choose(page, 'File', /^Stop/);
    await expect.poll(async () => (await look(page)).live).toBeNull();
  }));
