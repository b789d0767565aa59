import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { keptFrames } from '../helpers/status.ts';
import { ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, choose, drop, saveExport, usePages } from '../helpers/use-pages.ts';

const FRAMES = ACTOR_FRAMES;
const LEFT_WRIST = 15;
/** From half a second to a whole one at 30 a second, both included. */
const SWAPPED_FRAMES = 16;
const folder = mkdtempSync(join(tmpdir(), 'limn-corrections-'));

const pages = usePages();
const { onPage } = pages;
const onTracked = useTrackedActor(pages, '?engine=wasm');
/** With the actor's video on the stage, half a second in. */
const onVideo = (more: string, act: (page: Page) => Promise<void>): Promise<void> =>
  onTracked(
    async (page) => {
      await goTo(page, 0.5);
      await act(page);
    },
    { more },
  );
afterAll(() => rmSync(folder, { recursive: true }));

async function exportFile(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** What is on the stage, and how it was corrected. */
const look = (page: Page) =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { shown, editRange } = session.state;
    return {
      time: shown.time,
      width: shown.width,
      people: shown.people.map(({ id, body }) => ({
        id,
        points: [...(body?.points ?? [])],
        marks: [...(body?.marks ?? [])],
      })),
      edits: session.state.document.value?.edits ?? [],
      range: editRange.value,
      view: session.staged.timeline.view.value?.query ?? null,
      rows: session.staged.timeline.view.value?.people.map(({ id }) => id) ?? [],
      difference: session.staged.timeline.difference.value,
    };
  });

const wristOf = async (page: Page): Promise<[number, number]> => {
  const points = (await look(page)).people[0]?.points ?? [];
  return [points[LEFT_WRIST * 3] ?? 0, points[LEFT_WRIST * 3 + 1] ?? 0];
};

/** Where a place of the frame is on the screen. */
const onScreen = (page: Page, x: number, y: number) =>
  page.evaluate(
    ([x, y]) => {
      const app = document.querySelector<LimnApp>('limn-app');
      const viewer = app?.shadowRoot?.querySelector('limn-viewer');
      const stage = viewer?.shadowRoot?.querySelector('limn-stage');
      const box = stage?.shadowRoot?.querySelector('canvas')?.getBoundingClientRect();
      const { width = 1, height = 1 } = app?.session.state.shown ?? {};
      if (!box) throw new Error('There is no stage.');
      const {
        factor,
        x: middleX,
        y: middleY,
      } = app?.session.state.zoom.value ?? { factor: 1, x: 0.5, y: 0.5 };
      const scale = Math.min(box.width / width, box.height / height) * factor;
      // Where the picture is larger than its pane, it covers it.
      const start = (room: number, length: number, middle: number): number =>
        length * scale <= room
          ? (room - length * scale) / 2
          : Math.min(0, Math.max(room - length * scale, room / 2 - middle * length * scale));
      return {
        x: box.left + start(box.width, width, middleX) + x * scale,
        y: box.top + start(box.height, height, middleY) + y * scale,
        scale,
      };
    },
    [x, y] as const,
  );

async function drag(page: Page, from: [number, number], by: [number, number]): Promise<void> {
  const start = await onScreen(page, ...from);
  const end = await onScreen(page, from[0] + by[0], from[1] + by[1]);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
  await page.mouse.move(end.x, end.y);
  await page.mouse.up();
}

async function goTo(page: Page, time: number): Promise<void> {
  await page.evaluate((time) => document.querySelector<LimnApp>('limn-app')?.session.goTo(time), time);
  await expect.poll(async () => (await look(page)).time, { timeout: 10_000 }).toBeCloseTo(time, 2);
  await expect.poll(async () => (await look(page)).people.length, { timeout: 10_000 }).toBe(1);
}

/** Rows of a table with a row a keypoint. */
function readCsv(bytes: Buffer): Record<string, string>[] {
  const [head = '', ...rows] = bytes.toString().trimEnd().split('\r\n');
  const columns = head.split(',');
  // The first row's last cell is JSON in quotes, with commas of its own.
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row.split(',')[i] ?? ''])));
}

describe('correcting', () => {
  it('drags a joint, undoes and redoes it, keeps it over a reload and marks it in the file', () =>
    onVideo('&format=csv-long', async (page) => {
      await button(page, 'Correct').click();
      const before = await wristOf(page);
      await drag(page, before, [30, -20]);
      const moved = await wristOf(page);
      expect(Math.hypot(moved[0] - before[0] - 30, moved[1] - before[1] + 20)).toBeLessThan(1.5);
      expect((await look(page)).people[0]?.marks[LEFT_WRIST]).toBe(1);
      await page.keyboard.press('Control+z');
      expect(await wristOf(page)).toEqual(before);
      await page.keyboard.press('Control+Shift+z');
      expect(await wristOf(page)).toEqual(moved);
      // With only keys: the stage has the focus, the joint is chosen.
      await page.locator('limn-stage canvas').focus();
      await page.keyboard.press('ArrowRight');
      expect((await wristOf(page))[0]).toBeCloseTo(moved[0] + 1, 3);

      const rows = readCsv((await exportFile(page)).bytes);
      const marked = rows.filter(({ mark }) => mark !== '');
      expect(marked).toMatchObject([{ frame: '15', name: 'left_wrist', mark: 'corrected', score: '1' }]);
      expect(Number(marked[0]?.x)).toBeCloseTo(moved[0] + 1, 2);

      await page.reload();
      await choose(page, 'File', /^Recordings/);
      await page.getByRole('button', { name: 'Open: actor.mp4' }).click();
      await expect.poll(async () => (await look(page)).edits.length, { timeout: 20_000 }).toBe(2);
      await expect(page.getByRole('button', { name: 'Undo', exact: true }).isEnabled()).resolves.toBe(true);
    }));

  it('swaps sides over a stretch, fills a joint, deletes a person, and says all of it in the file', () =>
    onVideo('&format=limn-json&smooth=0', async (page) => {
      await button(page, 'Correct').click();
      await page.keyboard.press('i');
      await goTo(page, 1);
      await page.keyboard.press('o');
      expect((await look(page)).range).toEqual({ from: 0.5, to: 1 });
      const right = (await look(page)).people[0]?.points.slice(48, 50);
      await button(page, 'Swap left and right').click();
      expect(await wristOf(page)).toEqual(right);
      const at = await wristOf(page);
      const start = await onScreen(page, ...at);
      await page.mouse.click(start.x, start.y);
      await page.getByLabel('How gaps are filled').selectOption('linear');
      await button(page, 'Fill gap').click();
      await expect.poll(async () => (await look(page)).edits.length).toBe(2);
      const file = JSON.parse((await exportFile(page)).bytes.toString()) as {
        info: { corrections: string[] };
        frames: {
          people: { body: { corrected: number[]; filled?: number[]; keypoints: { x: number }[] } }[];
        }[];
      };
      expect(file.info.corrections).toHaveLength(2);
      expect(file.info.corrections[0]).toBe('left and right of person 0 swapped from 0.500 s to 1.000 s');
      expect(file.info.corrections[1]).toMatch(/^left_wrist of person 0 filled in \(linear\)/);
      const bodies = file.frames.map(({ people }) => people[0]?.body);
      expect([bodies[14]?.corrected, bodies[31]?.corrected]).toEqual([undefined, undefined]);
      expect(bodies[20]?.filled).toEqual([LEFT_WRIST]);
      const x = (i: number) => bodies[i]?.keypoints[LEFT_WRIST]?.x ?? 0;
      expect(x(20)).toBeCloseTo(x(15) + ((x(30) - x(15)) * 5) / 15, 2);
      await button(page, 'Clear range').click();
      await button(page, 'Delete person').click();
      await expect.poll(async () => (await look(page)).people.length).toBe(0);
      await button(page, 'Undo').click();
      await expect.poll(async () => (await look(page)).people.length).toBe(1);
    }));

  it('zooms the picture with all that is on it, and lets joints be chosen from a list', () =>
    onVideo('&smooth=0', async (page) => {
      await button(page, 'Correct').click();
      const before = await wristOf(page);
      await page.getByRole('button', { name: /^Left wrist/ }).click();
      const zoom = () =>
        page.evaluate(() => document.querySelector<LimnApp>('limn-app')?.session.state.zoom.value);
      expect((await zoom())?.factor).toBe(3);
      // The picture has the place of the list: what is dragged is where it is seen.
      await page.keyboard.press('Shift+ArrowUp');
      expect((await wristOf(page))[1]).toBeCloseTo(before[1] - 10, 2);
      const place = await onScreen(page, ...(await wristOf(page)));
      await page.mouse.move(place.x, place.y);
      await page.mouse.down();
      await page.mouse.move(place.x + 30, place.y);
      await page.mouse.move(place.x + 60, place.y);
      await page.mouse.up();
      expect((await wristOf(page))[0]).toBeCloseTo(before[0] + 60 / place.scale, 0);
      await page.mouse.wheel(0, -200);
      expect((await zoom())?.factor).toBeGreaterThan(3);
      await button(page, /Whole picture \(double-click\)$/).click();
      expect((await zoom())?.factor).toBe(1);
    }));

  it('splits and merges people, names them, and goes back in the list of what was done', () =>
    onVideo('&smooth=0', async (page) => {
      await button(page, 'Correct').click();
      await button(page, 'Split here').click();
      await expect.poll(async () => (await look(page)).rows).toEqual([0, 1]);
      expect((await look(page)).people[0]?.id).toBe(1);
      await page.getByLabel('Merge with …').selectOption({ label: 'Person 1' });
      await expect.poll(async () => (await look(page)).rows).toEqual([1]);
      await page.evaluate(() =>
        document.querySelector<LimnApp>('limn-app')?.session.staged.editing.rename(1, ' Anna '),
      );
      await page.getByText('Drag a joint of Anna').waitFor();
      await page.getByRole('button', { name: 'As tracked' }).click();
      await expect.poll(async () => (await look(page)).rows).toEqual([0]);
      expect((await look(page)).edits).toEqual([]);
      await page.getByRole('button', { name: /^2 is Anna|^Person 2 is Anna/ }).click();
      await expect.poll(async () => (await look(page)).rows).toEqual([1]);
      expect((await look(page)).edits).toHaveLength(3);
    }));

  it('compares a recording with itself before corrections, joint by joint', () =>
    onVideo('&smooth=0', async (page) => {
      await button(page, 'Correct').click();
      const wrist = await wristOf(page);
      await drag(page, wrist, [40, 0]);
      await button(page, 'Compare').click();
      await button(page, 'before corrections').click();
      await expect
        .poll(async () => (await look(page)).difference?.frames ?? 0, { timeout: 10_000 })
        .toBe(FRAMES);
      const keypoints = (await look(page)).difference?.keypoints ?? [];
      expect(keypoints.filter(({ high, median }) => high > 0 || median > 0)).toEqual([]);
      // One frame of 45 is above the 95th of a hundred; the most shows only in the table of that frame.
      await page.keyboard.press('i');
      await goTo(page, 1);
      await page.keyboard.press('o');
      await button(page, 'Correct').click();
      await button(page, 'Swap left and right').click();
      await button(page, 'Compare').click();
      await expect
        .poll(async () => {
          const found = (await look(page)).difference?.keypoints.find(({ name }) => name === 'left_wrist');
          return found?.high ?? 0;
        })
        .toBeGreaterThan(5);
      await page.getByRole('combobox', { name: 'Comparison' }).selectOption('beside');
      await expect(page.getByRole('region', { name: 'Difference by joint' }).textContent()).resolves.toMatch(
        /Left wrist/,
      );
      await button(page, 'Score “before corrections” against this one').click();
      const score = page.getByText(/of 45 people found; AP 0\.\d\d, AR 0\.\d\d; of their keypoints 100 %/);
      await score.waitFor();
      // Where left is right, nobody is who they were.
      expect(await score.textContent()).toContain(`${45 - SWAPPED_FRAMES} of 45 people found`);
      const saved = page.waitForEvent('download');
      await button(page, 'Save as CSV').click();
      const file = await (await saved).path();
      expect(readFileSync(file, 'utf8')).toMatch(
        /^figure,value\r\nframes,45\r\n[\s\S]*left_wrist mean error px,\d/,
      );
      await button(page, 'End the comparison').click();
      expect((await look(page)).difference).toBeNull();
    }));
});

describe('the timeline', () => {
  it('goes where it is clicked, zooms, chooses a stretch and plots', () =>
    onVideo('', async (page) => {
      const box = await page.locator('limn-timeline .view').boundingBox();
      if (!box) throw new Error('There is no timeline.');
      await expect.poll(async () => (await look(page)).rows).toEqual([0]);
      // Rows begin behind the names.
      const left = 168;
      const plotChooser = page.getByRole('group', { name: 'Plot' });
      const x = (share: number) => box.x + left + (box.width - left - 14) * share;
      await page.mouse.click(x(0.25), box.y + 35);
      await expect.poll(async () => (await look(page)).time).toBeCloseTo(1.467 * 0.25, 1);
      await page.keyboard.down('Shift');
      await page.mouse.move(x(0.5), box.y + 35);
      await page.mouse.down();
      await page.mouse.move(x(0.75), box.y + 35);
      await page.mouse.up();
      await page.keyboard.up('Shift');
      const { range } = await look(page);
      expect(range.from).toBeCloseTo(1.467 * 0.5, 1);
      expect(range.to).toBeCloseTo(1.467 * 0.75, 1);
      await page.keyboard.press('+');
      await expect
        .poll(async () => {
          const { from = 0, to = 0 } = (await look(page)).view ?? {};
          return to - from;
        })
        .toBeCloseTo(1.467 / 2, 1);
      await page.keyboard.press('0');
      await button(page, 'Plot').first().click();
      await plotChooser.getByRole('button', { name: 'Plot' }).click();
      await button(page, 'Plot').first().click();
      await page.getByLabel('What to plot').selectOption({ label: 'Right wrist' });
      await page.getByLabel('Quantity').selectOption('speed');
      await plotChooser.getByRole('button', { name: 'Plot' }).click();
      await expect.poll(() => page.locator('limn-timeline .uplot canvas').count()).toBe(2);
      await expect
        .poll(() => page.locator('limn-timeline output').allTextContents())
        .toEqual([expect.stringMatching(/^\d+°$/), expect.stringMatching(/^(\d+ px\/s|–)$/)]);
      await page.getByRole('button', { name: 'Remove the plot of Left knee · Person 1' }).click();
      await expect.poll(() => page.locator('limn-timeline .uplot canvas').count()).toBe(1);
    }));

  it('lets what was tracked live be kept, looked at and corrected', () =>
    onPage('?source=demo&engine=wasm', async (page) => {
      await expect.poll(() => keptFrames(page), { timeout: 30_000 }).toBeGreaterThan(20);
      await choose(page, 'File', /^Stop/);
      const frames = await keptFrames(page);
      await button(page, 'Review this take').click();
      await expect.poll(async () => (await look(page)).rows, { timeout: 10_000 }).toContain(0);
      expect(await keptFrames(page)).toBe(frames);
      await button(page, 'Correct').click();
      await button(page, 'Swap left and right').click();
      expect((await look(page)).edits).toHaveLength(1);
    }));
});

describe('keypoints beside their video', () => {
  it.skipIf(!hasSharedData)(
    'lie on the person frame by frame, and go out byte for byte as OpenPose wrote them',
    () =>
      onPage('?format=openpose-json&smooth=0', async (page) => {
        const json = sharedPath('openpose_json/raga_1person/output_json/');
        const names = readdirSync(json).sort();
        await drop(page, [
          ...names.map((name) => json + name),
          sharedPath('openpose_json/raga_1person/short_video.mp4'),
        ]);
        await expect.poll(() => keptFrames(page), { timeout: 30_000 }).toBe(125);
        await expect.poll(async () => (await look(page)).width, { timeout: 10_000 }).toBe(1920);
        await page.keyboard.press(' ');
        for (const frame of [0, 40, 99]) {
          await goTo(page, frame / 25);
          const { pose_keypoints_2d: expected = [] } =
            (
              JSON.parse(readFileSync(json + names[frame], 'utf8')) as {
                people: { pose_keypoints_2d?: number[] }[];
              }
            ).people[0] ?? {};
          const points = (await look(page)).people[0]?.points ?? [];
          for (const [i, value] of points.entries()) {
            const isMissing = (expected[i - (i % 3) + 2] ?? 0) === 0;
            if (!isMissing) expect(value).toBeCloseTo(expected[i] ?? 0, 2);
            else if (i % 3 < 2) expect(value).toBeNaN();
          }
        }
        const entries = unzipSync((await exportFile(page)).bytes);
        for (const name of names) {
          expect(Buffer.from(entries[name] ?? []).equals(readFileSync(json + name))).toBe(true);
        }
      }),
  );

  it.skipIf(!hasSharedData)('of the sign-language community open, and come back as they were', () =>
    onPage('?smooth=0&format=pose', async (page) => {
      for (const [name, frames] of [
        ['mediapipe.pose', 170],
        ['openpose.pose', 93],
      ] as const) {
        await drop(page, [sharedPath(`pose_format/${name}`)]);
        await expect.poll(() => keptFrames(page), { timeout: 30_000 }).toBe(frames);
        await button(page, 'Pause').click();
        await goTo(page, 1);
        const { people } = await look(page);
        const again = join(folder, name);
        writeFileSync(again, (await exportFile(page)).bytes);
        await drop(page, [again]);
        await expect.poll(async () => (await look(page)).time, { timeout: 10_000 }).not.toBe(1);
        await button(page, 'Pause').click();
        await goTo(page, 1);
        expect((await look(page)).people).toEqual(people);
      }
    }),
  );
});

describe('films', () => {
  it('are written to where one says, show how far they are, and can be given up', () =>
    onVideo('&format=mp4&film=black', async (page) => {
      // Nobody is there to choose a file: a file of the page's own stands in for it.
      await page.evaluate(() => {
        Object.assign(window, {
          showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
            (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }),
        });
      });
      await saveExport(page);
      const progress = page.getByRole('progressbar', { name: 'Writing actor_limn.mp4' });
      await expect.poll(() => progress.count(), { timeout: 5000, interval: 20 }).toBe(1);
      await expect.poll(() => progress.count(), { timeout: 60_000 }).toBe(0);
      const film = await page.evaluate(async () => {
        const handle = await (await navigator.storage.getDirectory()).getFileHandle('actor_limn.mp4');
        const file = await handle.getFile();
        return { size: file.size, head: await file.slice(4, 8).text() };
      });
      expect(film.head).toBe('ftyp');
      expect(film.size).toBeGreaterThan(5000);

      await page.evaluate(() =>
        document.querySelector<LimnApp>('limn-app')?.session.updateSettings({ format: 'png' }),
      );
      await saveExport(page);
      const group = page.getByRole('group', { name: 'Writing actor_png.zip' });
      await group.getByRole('button', { name: 'Cancel' }).click();
      await expect.poll(() => group.count(), { timeout: 5000 }).toBe(0);
      const left = await page.evaluate(async () => {
        const names: string[] = [];
        for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
        return names;
      });
      expect(left).not.toContain('actor_png.zip');
    }));

  it('are saved as a download where a browser can’t write to files', () =>
    onVideo('&format=webm&film=room', async (page) => {
      await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
      const { name, bytes } = await exportFile(page);
      expect(name).toBe('actor_limn.webm');
      expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
      expect(bytes.length).toBeGreaterThan(10_000);
    }));
});
