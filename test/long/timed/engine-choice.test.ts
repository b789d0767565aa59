import { expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { moreFrames, POLL, statusText } from '../../helpers/status.ts';
import { openAdvanced, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();
const KEY = 'limn-engines';
type Entries = { key: string; engines: { engine: string; medianMs: number }[] }[];

it('measures once while a source runs, goes on with the best engine, and remembers it', () =>
  onPage('?source=demo', async (page) => {
    const remembered = () =>
      page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '[]') as Entries, KEY);
    const usedEngine = () =>
      page.evaluate(
        () => document.querySelector<LimnApp>('limn-app')?.session.state.device.value?.engine ?? null,
      );
    await moreFrames(page, 5);
    expect(await usedEngine()).toBe('tasks-wasm');
    await expect.poll(async () => (await remembered()).length, POLL).toBe(1);
    const [entry] = await remembered();
    expect(entry?.engines.map(({ engine }) => engine).sort()).toEqual(['litert-wasm', 'tasks-wasm']);
    await expect.poll(usedEngine, POLL).toBe(entry?.engines[0]?.engine);
    await moreFrames(page, 5);

    // Whatever is remembered is what is used from the first frame on, and it isn't measured again.
    for (const first of ['litert-wasm', 'tasks-wasm']) {
      await page.evaluate(
        ([key, engine]) => {
          const entries = JSON.parse(localStorage.getItem(key ?? '') ?? '[]') as Entries;
          for (const { engines } of entries) engines.sort((a) => (a.engine === engine ? -1 : 1));
          localStorage.setItem(key ?? '', JSON.stringify(entries));
        },
        [KEY, first],
      );
      const before = await remembered();
      await page.reload();
      await moreFrames(page, 5);
      expect(await usedEngine()).toBe(first);
      expect(await remembered()).toEqual(before);
    }
    // What somebody else has written there is nothing.
    await page.evaluate((key) => localStorage.setItem(key, '[{"key":1}]'), KEY);
    await page.reload();
    await moreFrames(page, 5);
  }));

it('tracks bodies and hands with MediaPipe’s networks on LiteRT where that is chosen', () =>
  onPage('?source=demo&engine=litert-wasm&hands=1', async (page) => {
    await moreFrames(page, 5);
    expect(await statusText(page)).toMatch(/LiteRT · WASM.*WASM · \d+ threads/s);
    await openAdvanced(page);
    const chosen = page.getByLabel('Engine').locator('option:checked');
    expect(await chosen.textContent()).toContain('LiteRT · WASM');
  }));
