import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoCamera } from '../../helpers/demo-camera.ts';
import { scriptTasks, watchDrawing } from '../../helpers/script-tasks.ts';
import { slowVideo } from '../../helpers/slow-video.ts';
import { slowness } from '../../helpers/slowness.ts';
import { keptFrames, moreFrames, POLL, waitForEnd } from '../../helpers/status.ts';
import { tenRecordings } from '../../helpers/ten-recordings.ts';
import { ACTOR, ACTOR_FRAMES } from '../../helpers/tracked-actor.ts';
import { button, drop, usePages } from '../../helpers/use-pages.ts';

/* What people come for, in as many clicks as it may take, and without a moment at which the page doesn't answer. */

const folder = mkdtempSync(join(tmpdir(), 'limn-journeys-'));
const cameraFile = join(folder, 'camera.mjpeg');
const { onPage } = usePages({ cameraFile });
beforeAll(() => onPage('', (page) => writeDemoCamera(page, cameraFile)));
afterAll(() => rmSync(folder, { recursive: true }));

/** Scripts take no longer at a time, in milliseconds of the processor that the limit was set on. */
const LONGEST_SCRIPT_MS = 50;

/** Clicks of somebody, not of scripts. */
const countClicks = (page: Page) =>
  page.evaluate(() => {
    const state = { clicks: 0 };
    Object.assign(globalThis, { journey: state });
    const count = ({ isTrusted }: Event): void => {
      if (isTrusted) state.clicks++;
    };
    addEventListener('click', count, true);
  });
const clicksOf = (page: Page) =>
  page.evaluate(() => (Reflect.get(globalThis, 'journey') as { clicks: number }).clicks);

interface Journey {
  readonly query?: string;
  readonly clicks: number;
  /** What is there before it begins. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly go: (page: Page) => Promise<void>;
}

const take = ({ query = '', clicks, prepare, go }: Journey) =>
  onPage(query, async (page) => {
    await watchDrawing(page);
    await page.reload();
    const slowBefore = await slowness(page);
    // Where the browser can write to files, it asks where: here they are downloads.
    await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await prepare?.(page);
    await countClicks(page);
    const tasks = await scriptTasks(page, () => go(page));
    expect(await clicksOf(page)).toBeLessThanOrEqual(clicks);
    // A processor's clock changes meanwhile.
    const slow = Math.max(slowBefore, await slowness(page));
    const longest = tasks.slice(0, 3).map(({ script }) => script.toFixed(0));
    const drawing = Math.max(...tasks.map((task) => task.drawing)).toFixed(0);
    console.log(
      `longest scripts ${longest} ms, drawing ${drawing} ms, at ${slow.toFixed(2)} of the usual time`,
    );
    expect(tasks.length).toBeGreaterThan(50);
    expect(tasks.filter(({ script }) => script > LONGEST_SCRIPT_MS * slow)).toEqual([]);
  });

const saved = async (page: Page, act: () => Promise<void>) => {
  const [download] = await Promise.all([page.waitForEvent('download', POLL), act()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
};

/** A video that is tracked to its end. */
const trackActor = async (page: Page): Promise<void> => {
  await drop(page, ACTOR);
  await expect.poll(() => keptFrames(page), POLL).toBe(ACTOR_FRAMES);
  await waitForEnd(page, 1.4);
};

describe('With few clicks, and no script of 50 ms on the way, one', () => {
  it('sees oneself tracked: 1', () =>
    take({
      query: '?engine=wasm',
      clicks: 1,
      go: async (page) => {
        await button(page, /Use my camera/).click();
        await moreFrames(page, 10);
        expect(await page.getByRole('combobox', { name: 'Device' }).count()).toBe(1);
      },
    }));

  it('has a knee’s angle at a time as a number, and as a table: 3', () =>
    take({
      query: '?engine=wasm',
      clicks: 3,
      prepare: trackActor,
      go: async (page) => {
        await button(page, 'Measure').click();
        const timeline = await page.locator('limn-timeline .view').boundingBox();
        if (!timeline) throw new Error('There is no timeline.');
        await page.mouse.click(timeline.x + timeline.width / 2, timeline.y + 10);
        const row = page.locator('limn-measure tbody tr').filter({ has: button(page, 'Left knee') });
        await expect.poll(() => row.locator('td').first().textContent(), POLL).toMatch(/^\d+°$/);
        const { name, bytes } = await saved(page, () => button(page, 'CSV').click());
        expect(name).toBe('actor_angles.csv');
        expect(new TextDecoder().decode(bytes).split('\r\n')[0]).toContain('left_knee');
      },
    }));

  it('has a film with the knee’s arc: 4', () =>
    take({
      query: '?engine=wasm',
      clicks: 4,
      prepare: trackActor,
      go: async (page) => {
        await button(page, 'Measure').click();
        await button(page, 'Left knee').click();
        const { name, bytes } = await saved(page, () => button(page, 'Film').click());
        expect(name).toBe('actor_limn.mp4');
        expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe('ftyp');
        expect(bytes.length).toBeGreaterThan(10_000);
      },
    }));

  it('has ten recordings in two formats in one ZIP: 5', () =>
    take({
      clicks: 5,
      prepare: async (page) => {
        await drop(page, tenRecordings());
        await page.keyboard.press('v');
        await expect.poll(() => page.locator('limn-recordings li').count(), POLL).toBe(10);
        await page.keyboard.press('Escape');
      },
      go: async (page) => {
        await page.getByRole('button', { name: /^File\b/ }).click();
        await page.getByRole('menuitem', { name: /^Recordings/ }).click();
        await button(page, 'Select all').click();
        await button(page, 'Export 10 …').click();
        const sheet = page.getByRole('dialog', { name: 'Export 10 recordings' });
        expect(await sheet.getByRole('region', { name: 'Preview' }).textContent()).toMatch(
          /10 recordings in 2 formats: 20 files/,
        );
        const { name, bytes } = await saved(page, () =>
          sheet.getByRole('button', { name: 'Save', exact: true }).click(),
        );
        expect(name).toBe('limn-recordings.zip');
        const files = unzipSync(bytes);
        expect(Object.keys(files)).toHaveLength(20);
        expect(
          Object.keys(files)
            .slice(0, 2)
            .map((each) => each.replace(/\d\d/g, '#')),
        ).toEqual(['walk #/walk #.csv', 'walk #/walk #.limn.json']);
        const text = new TextDecoder().decode(files['walk 07/walk 07.csv']);
        expect(text.split('\n')[0]).toMatch(/^frame,time,person/);
        await expect
          .poll(() => page.locator('limn-notices [role=alert]').textContent(), POLL)
          .toMatch(/Saved 20 files in limn-recordings\.zip/);
      },
    }));

  it('has a BVH with feet on the floor: 4', () =>
    take({
      query: '?engine=wasm&smooth=0',
      clicks: 4,
      prepare: trackActor,
      go: async (page) => {
        await button(page, 'Clean up').click();
        await page.getByRole('switch', { name: 'Lock feet' }).click();
        const apply = button(page, 'Apply');
        await expect.poll(() => apply.isEnabled(), POLL).toBe(true);
        await apply.click();
        const { name, bytes } = await saved(page, () => button(page, 'BVH').click());
        expect(name).toMatch(/^actor.*\.bvh$/);
        expect(new TextDecoder().decode(bytes)).toMatch(/^HIERARCHY/);
      },
    }));

  it('has two videos side by side in step: 5', () =>
    take({
      query: '?engine=wasm&smooth=0',
      clicks: 5,
      prepare: async (page) => {
        const bytes = readFileSync(ACTOR);
        const slow = await slowVideo(new Uint8Array(bytes), 2);
        await drop(page, [
          { name: 'actor.mp4', mimeType: 'video/mp4', buffer: bytes },
          { name: 'slow.mp4', mimeType: 'video/mp4', buffer: slow },
        ]);
        await button(page, 'Compare').waitFor(POLL);
      },
      go: async (page) => {
        await button(page, 'Compare').click();
        const list = page.getByRole('list', { name: 'Compare with' });
        await list.getByRole('button', { name: /slow/ }).click(POLL);
        await button(page, 'Left elbow').click(POLL);
        const cells = page.locator('limn-compared-angles td');
        await expect.poll(async () => (await cells.allTextContents()).slice(1, 3), POLL).not.toContain('–');
      },
    }));
});
