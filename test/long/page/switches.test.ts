import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { moreFrames, POLL } from '../../helpers/status.ts';
import { choose, openAdvanced, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages({ extraArguments: ['--js-flags=--expose-gc'] });

it('leaks neither workers nor memory over 20 switches of model, hands, people and source', () =>
  onPage('?source=demo&engine=wasm', async (page: Page) => {
    await moreFrames(page, 5);
    const memory = () =>
      page.evaluate(() => performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes));
    await openAdvanced(page);
    const model = page.getByRole('combobox', { name: 'Model' });
    const hands = page.getByRole('switch', { name: 'Hands' });
    const people = page.getByRole('combobox', { name: 'People', exact: true });
    const switches = [
      () => model.selectOption('mediapipe-pose-full'),
      () => hands.setChecked(true),
      () => people.selectOption('2'),
      () => choose(page, 'New', /^Demo/),
      () => model.selectOption('mediapipe-hands'),
      () => hands.setChecked(false),
      () => model.selectOption('mediapipe-pose-lite'),
      () => people.selectOption('1'),
      () => choose(page, 'File', /^Stop/),
      () => choose(page, 'New', /^Demo/),
    ];
    let after10 = 0;
    for (let i = 0; i < 20; i++) {
      await switches[i % switches.length]?.();
      await page.waitForTimeout(250);
      if (i === 9) {
        await moreFrames(page, 5);
        after10 = await memory();
      }
    }
    await moreFrames(page, 5);
    // One that tracks and one that draws; whatever was before is gone.
    await expect.poll(() => page.workers().length, POLL).toBe(2);
    const after20 = await memory();
    console.log(
      `memory after 10 switches ${(after10 / 1e6).toFixed(0)} MB, after 20 ${(after20 / 1e6).toFixed(0)} MB`,
    );
    expect(after20).toBeLessThan(after10 * 1.25 + 20e6);
  }));
