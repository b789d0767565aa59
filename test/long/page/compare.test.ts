import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { slowVideo } from '../../helpers/slow-video.ts';
import { POLL } from '../../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES } from '../../helpers/tracked-actor.ts';
import { button, drop, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();
const SLOWNESS = 2;
const FRAME = 1 / 30;

interface Sight {
  readonly time: number;
  readonly other: { readonly time: number; readonly hasPicture: boolean; readonly noseX: number } | null;
  readonly noseX: number;
  readonly hasDifference: boolean;
}

const look = (page: Page) =>
  page.evaluate((): Sight => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { shown } = session.state;
    const { comparison, timeline } = session.staged;
    const noseOf = (people: typeof shown.people): number => people[0]?.body?.points[0] ?? Number.NaN;
    const other = comparison.shown;
    return {
      time: shown.time,
      noseX: noseOf(shown.people),
      other: other && {
        time: other.time,
        hasPicture: other.image !== null && other.image instanceof VideoFrame && other.image.format !== null,
        noseX: noseOf(other.people),
      },
      hasDifference: timeline.difference.value !== null,
    };
  });

const goTo = async (page: Page, time: number): Promise<void> => {
  await page.evaluate((seconds) => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    session?.transport?.pause();
    session?.goTo(seconds);
  }, time);
  await expect.poll(async () => (await look(page)).time, POLL).toBeCloseTo(time, 2);
};

/** Says from now on how many decoders are open, as `openDecoders`. */
const countDecoders = (page: Page) =>
  page.evaluate(() => {
    const open: VideoDecoder[] = [];
    Object.assign(globalThis, {
      openDecoders: () => open.filter(({ state }) => state !== 'closed').length,
      VideoDecoder: class extends VideoDecoder {
        constructor(init: VideoDecoderInit) {
          super(init);
          open.push(this);
        }
      },
    });
  });

it('two videos stand side by side in step, in three clicks after they were dropped', () =>
  onPage('?engine=wasm&smooth=0', async (page) => {
    await countDecoders(page);
    const bytes = readFileSync(ACTOR);
    const slow = await slowVideo(new Uint8Array(bytes), SLOWNESS);
    await drop(page, [
      { name: 'actor.mp4', mimeType: 'video/mp4', buffer: bytes },
      { name: 'slow.mp4', mimeType: 'video/mp4', buffer: slow },
    ]);
    // From here on, clicks are counted.
    await button(page, 'Compare').click();
    const other = page.getByRole('list', { name: 'Compare with' }).getByRole('button', { name: /slow/ });
    await other.click(POLL);
    await button(page, 'Left elbow').click(POLL);

    await expect.poll(async () => (await look(page)).other?.hasPicture, POLL).toBe(true);
    // All of both is tracked by now, or soon.
    const table = page.locator('limn-compared-angles td');
    await expect.poll(async () => (await table.allTextContents()).slice(1, 3), POLL).not.toContain('–');
    await goTo(page, 30 * FRAME);
    await expect.poll(async () => (await look(page)).other?.time, POLL).toBeCloseTo(30 * FRAME, 2);
    // The slow one is at its fifteenth frame there: who is in it stands as in that frame of the other.
    await expect.poll(async () => (await look(page)).other?.noseX, POLL).not.toBeNaN();
    const { noseX } = (await look(page)).other ?? {};
    await goTo(page, 15 * FRAME);
    await expect.poll(async () => (await look(page)).noseX).toBeCloseTo(noseX ?? 0, 0);
    expect((await look(page)).hasDifference).toBe(false);
    expect(await page.getByRole('region', { name: 'Difference by joint' }).count()).toBe(0);
    // Of the same pictures, ranges of motion are the same.
    await expect
      .poll(async () => (await table.allTextContents()).map((text) => text.trim()), POLL)
      .toSatisfy(([, min, otherMin]: string[]) => min !== '–' && min === otherMin);

    // While one is moved by itself, the other stays; then both go on from there.
    await page.getByRole('switch', { name: 'Play in step' }).uncheck();
    const slider = page.getByRole('slider', { name: 'Second video: position' });
    await slider.fill(String(40 * FRAME));
    await expect.poll(async () => (await look(page)).other?.time, POLL).toBeCloseTo(40 * FRAME, 2);
    expect((await look(page)).time).toBeCloseTo(15 * FRAME, 2);
    await button(page, 'Start both here').click();
    await goTo(page, 25 * FRAME);
    await expect.poll(async () => (await look(page)).other?.time, POLL).toBeCloseTo(50 * FRAME, 2);
    await button(page, 'Second video one frame later').click();
    await expect.poll(async () => (await look(page)).other?.time, POLL).toBeCloseTo(48 * FRAME, 2);
    await button(page, 'Reset the offset').click();
    await expect.poll(async () => (await look(page)).other?.time, POLL).toBeCloseTo(24 * FRAME, 2);

    // In step while it plays.
    await button(page, 'Play').click();
    await button(page, 'Play').waitFor(POLL);
    const end = (ACTOR_FRAMES - 1) * FRAME;
    await expect.poll(async () => (await look(page)).other?.time, POLL).toBeCloseTo(end, 1);

    await button(page, 'End the comparison').click();
    expect((await look(page)).other).toBeNull();
    await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'openDecoders')()), POLL).toBe(0);
  }));
