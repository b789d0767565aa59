import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { angleIds } from '../../src/motion/kinematics/angles.ts';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { SVG_WIDTH, svgHeight } from '../../src/views/charts/plot-svg.ts';
import { keptFrames, POLL, waitForEnd } from '../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES } from '../helpers/tracked-actor.ts';
import { button, drop, usePages } from '../helpers/use-pages.ts';

const { onPage } = usePages();
/** At 30 frames a second. */
const FRAME = 20;

/** A row of the table as the page shows it: now, minimum, maximum and range of motion. */
const angleRow = async (page: Page, name: string): Promise<(number | null)[]> => {
  const row = page.locator('limn-measure tbody tr').filter({ has: button(page, name) });
  const cells = await row.locator('td').allTextContents();
  return cells.map((text) => (text === '–' ? null : Number(text.replace('−', '-').replace('°', ''))));
};

const saveTable = async (page: Page): Promise<number[][]> => {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'CSV').click()]);
  expect(download.suggestedFilename()).toBe('actor_angles.csv');
  const [, ...lines] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  // What stands in `made` is left out.
  return lines.map((line) =>
    line.split(',', 3 + angleIds.length).map((cell) => (cell === '' ? Number.NaN : Number(cell))),
  );
};

const savePlots = async (page: Page, kind: 'SVG' | 'PNG'): Promise<Buffer> => {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, kind).click()]);
  expect(download.suggestedFilename()).toBe(`actor_plots.${kind.toLowerCase()}`);
  return readFileSync(await download.path());
};

const clicks = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { clicks = '0' } = document.body.dataset;
    return Number(clicks);
  });

it('an angle at a time is to be had as a number and as a table in three clicks, of the same keypoints', () =>
  onPage('?engine=wasm', async (page) => {
    await drop(page, ACTOR);
    await expect.poll(() => keptFrames(page), POLL).toBe(ACTOR_FRAMES);
    await waitForEnd(page, 1.4);
    await page.evaluate(() =>
      addEventListener('click', ({ isTrusted }) => {
        const { dataset } = document.body;
        const { clicks = '0' } = dataset;
        if (isTrusted) Object.assign(dataset, { clicks: String(Number(clicks) + 1) });
      }),
    );
    await button(page, 'Measure').click();
    const timeline = await page.locator('limn-timeline .view').boundingBox();
    if (!timeline) throw new Error('There is no timeline.');
    // From the gutter to a margin on the right (`gutterWidth`, `PLOT_RIGHT`), the whole recording.
    const share = (FRAME + 0.2) / (ACTOR_FRAMES - 1);
    await page.mouse.click(timeline.x + 168 + share * (timeline.width - 168 - 14), timeline.y + 10);
    await expect
      .poll(() => page.locator('limn-measure thead').textContent(), POLL)
      .toContain(`frame ${FRAME + 1}`);
    const rows = await saveTable(page);
    expect(await clicks(page)).toBeLessThanOrEqual(3);

    expect(rows.map(([, frame]) => frame)).toEqual(Array.from({ length: ACTOR_FRAMES }, (_, i) => i));
    const column = 3 + angleIds.indexOf('left-elbow');
    const elbow = rows.map((row) => row[column] ?? Number.NaN);
    const rounded = (values: readonly number[]) => {
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return [elbow[FRAME] ?? Number.NaN, low, high, high - low];
    };
    // To 0.8 degrees: the page rounds to whole ones.
    const near = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, -0.2));
    await expect.poll(() => angleRow(page, 'Left elbow')).toEqual(near(rounded(elbow)));

    // A click plots it; the numbers beside the lane are those of the chosen stretch, and so is the table that is saved.
    await button(page, 'Left elbow').click();
    await page.evaluate(() =>
      document
        .querySelector<LimnApp>('limn-app')
        ?.session.staged.editing.setRange({ from: 0.99 / 3, to: 1.01 }),
    );
    const inside = elbow.slice(10, 31);
    await expect.poll(() => angleRow(page, 'Left elbow')).toEqual(near(rounded(inside)));
    const span = Math.round(Math.max(...inside) - Math.min(...inside));
    await expect
      .poll(() => page.locator('limn-timeline .lane small').textContent())
      .toMatch(new RegExp(`ROM (${span - 1}|${span}|${span + 1})°`));
    expect((await saveTable(page)).map((row) => row[column])).toEqual(inside);

    await page.evaluate(() => {
      const session = document.querySelector<LimnApp>('limn-app')?.session;
      session?.updateSettings({ mirror: 'on' });
    });
    const stage = await page.locator('limn-stage canvas').boundingBox();
    if (!stage) throw new Error('There is no stage.');
    // Of the film of 320×240, mirrored, as large as it goes in the middle of the stage.
    const scale = Math.min(stage.width / 320, stage.height / 240);
    const clickAt = (x: number, y: number): Promise<void> =>
      page.mouse.click(
        stage.x + stage.width / 2 + (160 - x) * scale,
        stage.y + stage.height / 2 + (y - 120) * scale,
      );
    const measured = async (): Promise<number[]> =>
      (await page.locator('limn-ruler strong').allTextContents()).map((text) => Number.parseFloat(text));
    await button(page, 'Distance').click();
    // Above the notice of what was saved.
    await clickAt(40, 120);
    await clickAt(280, 120);
    await button(page, 'Angle').click();
    await clickAt(100, 50);
    await clickAt(100, 100);
    await clickAt(150, 100);
    await expect.poll(measured).toEqual([expect.closeTo(240, 0), expect.closeTo(90, 0)]);
    await page.getByRole('spinbutton', { name: 'Length (m)' }).fill('1.2');
    await page.keyboard.press('Enter');
    await button(page, 'Distance').click();
    await clickAt(40, 100);
    await clickAt(40, 200);
    await expect.poll(measured).toEqual([1.2, expect.closeTo(90, 0), expect.closeTo(0.5, 1)]);

    const [svg, png] = [await savePlots(page, 'SVG'), await savePlots(page, 'PNG')];
    expect(svg.toString('utf8')).toContain('>Elbow (°)</text>');
    // Of the chosen stretch only: a frame a place.
    expect(svg.toString('utf8').match(/[ML][\d.]+ [\d.]+/g)).toHaveLength(inside.length);
    // Its header: width and height in pixels.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * SVG_WIDTH, 2 * svgHeight(1)]);
  }));
