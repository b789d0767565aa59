import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8 } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { concat } from '../../src/core/bytes.ts';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { ROW_HEIGHT, RULER_HEIGHT } from '../../src/views/charts/rows-view.ts';
import { parseNpy } from '../helpers/parse-npy.ts';
import { randomLifter } from '../helpers/plain-lifter.ts';
import { ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, choose, drop, openAdvanced, saveExport, usePages } from '../helpers/use-pages.ts';
import { op, writeZipCheckpoint, zipPickle } from '../helpers/write-checkpoint.ts';

const FRAMES = ACTOR_FRAMES;
const folder = mkdtempSync(join(tmpdir(), 'limn-motion-'));

const pages = usePages();
const onTracked = useTrackedActor(pages, '?engine=wasm');
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

async function exportFile(page: Page, format: string): Promise<Buffer> {
  await page.evaluate((format) => {
    document.querySelector<LimnApp>('limn-app')?.session.updateSettings({ format: format as 'csv' });
  }, format);
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
  return readFileSync(await download.path());
}

/** What is on the stage, and what was done to it. */
const look = (page: Page) =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const shown = session.state.document.value;
    const [person] = session.state.shown.people;
    return {
      processing: shown?.motion.shown.value?.processing ?? null,
      camera: shown?.info.camera ?? null,
      isTried: (shown?.motion.preview.value ?? null) !== null,
      edits: shown?.edits.length ?? 0,
      place: person?.place ?? null,
      hasLifted: person?.lifted !== undefined,
      frames: session.state.recordedFrames.value,
      rows: session.staged.timeline.view.value?.people.map(({ id }) => id) ?? [],
      followed: session.state.followedId.value,
      lifters: session.state.models.value
        .filter(({ family }) => family === 'lifter')
        .map(({ label }) => label),
    };
  });

/** Switches it on, and waits until that is previewed. */
async function lockFeet(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Lock feet' }).click();
  await expect
    .poll(async () => (await look(page)).processing?.at(-1) ?? '', { timeout: 30_000 })
    .toContain('feet held');
}

describe('The motion of a video', () => {
  it('is previewed, applied, undone and redone, and is so again after a reload, and in files', async () => {
    await onTracked(async (page) => {
      await button(page, 'Clean up').click();
      await lockFeet(page);
      await page.getByText('Advanced', { exact: true }).click();
      await page.getByLabel('Estimate 3‑D', { exact: true }).check();
      await page.getByLabel('Cut‑off (Hz)').fill('5');
      await page.getByLabel('Cut‑off (Hz)').blur();
      const steps = async () => (await look(page)).processing?.join(' ') ?? '';
      await expect.poll(steps, { timeout: 30_000 }).toMatch(/ 5 Hz.*lifted to 3-D.*feet held/);
      await page.getByText('Preview, not applied').waitFor();
      const tried = await look(page);
      expect(tried.edits).toBe(0);
      // Its rows are in view again, and a click on a name follows somebody.
      await expect.poll(async () => (await look(page)).rows).toEqual([0]);
      const name = { position: { x: 10, y: RULER_HEIGHT + ROW_HEIGHT / 2 } };
      await page.locator('limn-timeline .rows').click(name);
      expect((await look(page)).followed).toBe(0);
      await page.locator('limn-timeline .rows').click(name);
      expect((await look(page)).followed).toBe(null);
      expect(tried.processing).toEqual([
        expect.stringContaining('outliers rejected'),
        expect.stringContaining('gaps of up to 10 frames filled'),
        expect.stringContaining('5 Hz'),
        expect.stringContaining('lifted to 3-D by limn-lift-81'),
        expect.stringContaining('bones'),
        expect.stringContaining('placed in the room (field of view 60.0°, supposed)'),
        expect.stringContaining('feet held'),
      ]);
      await expect.poll(async () => (await look(page)).place).not.toBeNull();

      // As long as it is held, the motion is as it was.
      await page.getByRole('button', { name: 'Hold to compare' }).focus();
      await page.keyboard.down(' ');
      await expect.poll(async () => (await look(page)).place).toBeNull();
      await page.keyboard.up(' ');
      await expect.poll(async () => (await look(page)).place).not.toBeNull();
      expect((await look(page)).edits).toBe(0);

      await button(page, 'Apply').click();
      await expect.poll(async () => (await look(page)).edits).toBe(1);
      await expect.poll(async () => (await look(page)).place).not.toBeNull();
      await button(page, 'Undo').click();
      await expect.poll(async () => (await look(page)).place).toBeNull();
      await button(page, 'Redo').click();
      await expect.poll(async () => (await look(page)).place).not.toBeNull();

      const { shape, values } = parseNpy(await exportFile(page, 'viz-npy'));
      expect(shape).toEqual([FRAMES, 17, 3]);
      expect(values.slice(0, 51).every(Number.isFinite)).toBe(true);
      const table = strFromU8(await exportFile(page, 'motion-csv'));
      expect(table).toContain(',range of motion,left_knee,');
      expect(table).toContain('feet held');
      const json = JSON.parse(strFromU8(await exportFile(page, 'limn-json')));
      expect(json.info.processing).toHaveLength(7);
      expect(json.info.lifter).toMatchObject({ model: 'limn-lift-81', isMirrored: true });
      expect(json.frames[7].people[0]).toMatchObject({
        place: expect.any(Array),
        lifted: { set: 'h36m-17' },
      });

      await page.reload();
      await choose(page, 'File', /^Recordings/);
      await page.getByRole('button', { name: 'Open: actor.mp4' }).click();
      await expect.poll(async () => (await look(page)).processing?.length ?? 0, { timeout: 30_000 }).toBe(7);
      await expect.poll(async () => (await look(page)).hasLifted).toBe(true);
    });
  });

  it('has a cut-off that its frame rate can have, which is said', async () => {
    await onTracked(async (page) => {
      await button(page, 'Clean up').click();
      await page.getByText('Advanced', { exact: true }).click();
      await page.getByLabel('Cut‑off (Hz)').fill('40');
      await page.getByLabel('Cut‑off (Hz)').blur();
      await page.getByText('At 30 fps the cut‑off is 12 Hz.').waitFor();
      await expect.poll(async () => (await look(page)).processing?.join(' ') ?? '').toContain(', 12 Hz');
      await button(page, 'Discard').click();
      await expect.poll(async () => (await look(page)).processing).toBeNull();
      await expect.poll(async () => (await look(page)).rows).toEqual([0]);
    });
  });
});

it('keypoints without depth are lifted at a click, as a step that can be undone', async () => {
  await onTracked(async (page) => {
    const flat = file('flat.json', await exportFile(page, 'coco-annotations'));
    await drop(page, [flat]);
    await page.getByText('This recording is 2‑D only.').waitFor();
    await page.locator('limn-room').getByRole('button', { name: 'Lift to 3‑D' }).click();
    await expect.poll(async () => (await look(page)).hasLifted, { timeout: 30_000 }).toBe(true);
    await page.getByText('3‑D lifted by limn-lift-81').waitFor();
    await button(page, 'Undo').click();
    await expect.poll(async () => (await look(page)).hasLifted).toBe(false);
  });
});

describe('A checkpoint that is dropped', () => {
  it('is a lifter from then on, causal if its owner says so, and is used for motion', async () => {
    const shape = { widths: [3, 3], channels: 8, jointsIn: 17, jointsOut: 17, isDense: false };
    const path = file('own.bin', writeZipCheckpoint(randomLifter(shape)));
    await onTracked(async (page) => {
      await drop(page, [path]);
      await page.getByText('own.bin is read').waitFor();
      expect((await look(page)).lifters).toEqual(['Limn Lift · 81 frames', 'own.bin']);
      expect((await look(page)).frames).toBe(FRAMES);
      await openAdvanced(page);
      await button(page, 'All networks …').click();
      await page.getByRole('button', { name: 'own.bin' }).click();
      await page.getByLabel('Looks only at the past').check();
      await page.getByText('from 9 frames of the past').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await button(page, 'Clean up').click();
      await page.getByText('Advanced', { exact: true }).click();
      await page.getByLabel('Estimate 3‑D', { exact: true }).check();
      await page.getByLabel('Network').selectOption({ label: 'own.bin' });
      await expect
        .poll(async () => (await look(page)).processing?.join(' ') ?? '', { timeout: 30_000 })
        .toContain('(9 frames, ');
    });
  });

  it('is refused with a sentence if it is made to do harm, and nothing tracked is lost', async () => {
    const system = concat([
      op.start,
      op.global('os', 'system'),
      op.mark,
      op.unicode('id'),
      op.tuple,
      op.reduce,
      op.stop,
    ]);
    const cycle = concat([
      op.start,
      op.emptyDictionary,
      op.put(1),
      op.mark,
      op.unicode('a'),
      op.get(1),
      op.setItems,
      op.stop,
    ]);
    const others = { widths: [3, 3], channels: 4, jointsIn: 16, jointsOut: 15, isDense: false };
    await onTracked(async (page) => {
      await drop(page, [file('system.bin', zipPickle(system))]);
      await page.getByText('system.bin is refused: it asks for os.system').waitFor();
      await drop(page, [file('cycle.pt', zipPickle(cycle))]);
      await page.getByText('cycle.pt is refused: something in it contains itself.').waitFor();
      await drop(page, [file('other.pth', writeZipCheckpoint(randomLifter(others)))]);
      await page.getByText('other.pth makes 15 joints of 16 keypoints.').waitFor();
      expect((await look(page)).frames).toBe(FRAMES);
    });
  });
});
