import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { writeNpy } from '../../../src/formats/numpy/write-array.ts';
import type { Edit } from '../../../src/motion/corrections/edit.ts';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { mainThreadTasks } from '../../helpers/main-thread-tasks.ts';
import { slowness } from '../../helpers/slowness.ts';
import { keptFrames } from '../../helpers/status.ts';
import { button, drop, usePages } from '../../helpers/use-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'limn-timeline-'));
const { onPage } = usePages();
afterAll(() => rmSync(folder, { recursive: true }));

/** What the timeline shows. */
const look = (page: Page) =>
  page.evaluate(() => {
    const view = document.querySelector<LimnApp>('limn-app')?.session.staged.timeline.view.value;
    return { view: view?.query ?? null, rows: view?.people.map(({ id }) => id) ?? [] };
  });

// Two people for half an hour at 30 frames a second.
it('opens, scrubs, zooms and corrects 30 minutes with no task over 50 ms', () =>
  onPage('?room=off&smooth=0', async (page) => {
    const path = join(folder, 'half-an-hour.npz');
    writeFileSync(path, makeLong(54_000, 2));
    const slow = await slowness(page);
    const tasks = await mainThreadTasks(page, async () => {
      await drop(page, [path]);
      await expect.poll(() => keptFrames(page), { timeout: 60_000 }).toBe(54_000);
      await expect.poll(async () => (await look(page)).rows, { timeout: 60_000 }).toEqual([0, 1]);
      await button(page, 'Plot').first().click();
      await page.getByRole('group', { name: 'Plot' }).getByRole('button', { name: 'Plot' }).click();
      const box = await page.locator('limn-timeline .view').boundingBox();
      if (!box) throw new Error('There is no timeline.');
      await page.mouse.move(box.x + 190, box.y + 35);
      await page.mouse.down();
      for (let i = 0; i < 40; i++) await page.mouse.move(box.x + 190 + i * 12, box.y + 35);
      await page.mouse.up();
      for (let i = 0; i < 10; i++) await page.keyboard.press('+');
      for (let i = 0; i < 10; i++) await page.keyboard.press('-');
      await page.keyboard.press('+');
      await expect.poll(async () => (await look(page)).view?.series.length, { timeout: 20_000 }).toBe(1);
      await correct(page, { kind: 'delete-person', personId: 1 });
      await expect.poll(async () => (await look(page)).rows, { timeout: 20_000 }).toEqual([0]);
    });
    const { view } = await look(page);
    // Only what is in view is ever in the page.
    expect(view?.bins).toBeLessThan(1500);
    const longest = tasks.slice(0, 5).map((task) => task.toFixed(0));
    console.log(
      `longest tasks: ${longest} ms, on a machine ${slow.toFixed(2)} times as slow as that of the limit`,
    );
    // A trace that lacks the page would find nothing long, either.
    expect(tasks.length).toBeGreaterThan(100);
    expect(tasks.filter((task) => task > 50 * slow)).toEqual([]);
  }));

function correct(page: Page, edit: Edit): Promise<void> {
  return page.evaluate((each) => {
    document.querySelector<LimnApp>('limn-app')?.session.state.document.peek()?.add(each);
  }, edit);
}

function makeLong(frames: number, people: number): Uint8Array {
  const keypoints = new Float32Array(frames * people * 33 * 3);
  for (let i = 0, at = 0; i < frames; i++) {
    for (let person = 0; person < people; person++) {
      for (let k = 0; k < 33; k++, at += 3) {
        keypoints[at] = 300 + person * 400 + 50 * Math.sin(i / 20 + k);
        keypoints[at + 1] = 100 + k * 12 + 20 * Math.cos(i / 15);
        keypoints[at + 2] = 0.9;
      }
    }
  }
  const times = Float64Array.from({ length: frames }, (_, i) => i / 30);
  return zipSync(
    {
      'keypoints.npy': writeNpy(keypoints, [frames, people, 33, 3]),
      'times.npy': writeNpy(times, [frames]),
    },
    { level: 0 },
  );
}
