import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { crash } from '../../helpers/crash.ts';
import { writeDemoCamera } from '../../helpers/demo-camera.ts';
import { moreFrames } from '../../helpers/status.ts';
import { choose, saveExport, usePages } from '../../helpers/use-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'limn-takes-'));
const cameraFile = join(folder, 'camera.mjpeg');
const { onPage } = usePages({ cameraFile });
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => onPage('', (page) => writeDemoCamera(page, cameraFile)));

const SECONDS = 30;
/** Of 30: an encoder in software that shares two cores with a network, and with other work, loses most. */
const LEAST_FRAME_RATE = 5;
/** Seconds by which sound and picture of a take may end apart. */
const SOUND_AT_END = 0.4;
/** Pixels between what was tracked live and what is tracked in the same frames of the film, at the median. */
const SAME_PLACE = 3;
const ADDRESS = '?engine=wasm&smooth=0&format=webm&film=overlay';

const record = (page: Page) => page.getByRole('button', { name: 'Record', exact: true });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop recording' });

async function recordTake(page: Page, seconds: number): Promise<void> {
  await choose(page, 'New', /^Camera/);
  await moreFrames(page, 5);
  await record(page).click();
  await stop(page).waitFor();
  await page.waitForTimeout(seconds * 1000);
}

/** Opens the newest recording, and waits for its picture. */
async function openNewest(page: Page): Promise<void> {
  await choose(page, 'File', /^Recordings/);
  await page
    .getByRole('button', { name: /^Open: Camera,/ })
    .first()
    .click();
  await expect.poll(() => onStage(page).then(({ hasPicture }) => hasPicture), { timeout: 30_000 }).toBe(true);
}

const onStage = (page: Page) =>
  page.evaluate(() => {
    const state = document.querySelector<LimnApp>('limn-app')?.session.state;
    const { image, width, height, people } = state?.shown ?? {};
    const [first = 0, last = 0] = state?.document.peek()?.range.peek() ?? [];
    return {
      hasPicture: image !== undefined && image !== null,
      width,
      height,
      people: people?.length ?? 0,
      seconds: last - first,
    };
  });

it(`a take of ${SECONDS} s plays with its picture after a reload, and its film has sound and skeletons in step`, () =>
  onPage(ADDRESS, async (page) => {
    await recordTake(page, SECONDS);
    await stop(page).click();
    await page.getByText(/^Saved to Recordings · 0:(2|3)\d$/).waitFor();
    await page.reload();
    await openNewest(page);
    await expect.poll(() => onStage(page)).toMatchObject({ width: 640, height: 480, people: 1 });
    expect((await onStage(page)).seconds).toBeGreaterThan(SECONDS - 2);

    // What was tracked as it came lies where it is in the film's own frames.
    const { distances, frames, seconds } = await page.evaluate(async () => {
      const session = document.querySelector<LimnApp>('limn-app')?.session;
      const shown = session?.state.document.peek();
      const video = shown && session?.videos.videoOf(shown.id);
      if (!shown || !video) throw new Error('There is no take on the stage.');
      const again = await window.limn.analyze(video.blob, { engine: 'wasm', workers: 1 });
      const [first, last] = [again.frames[0], again.frames.at(-1)];
      const apart: number[] = [];
      for (const frame of again.frames) {
        const live = shown.frames.at(frame.time + 1e-4);
        const [a, b] = [frame.people[0]?.body?.keypoints, live?.people[0]?.body?.points];
        if (!live || !a || !b || Math.abs(live.time - frame.time) > 2e-3) continue;
        for (let i = 11; i < 29; i++) {
          const [x = 0, y = 0] = b.subarray(3 * i);
          const { x: u = 0, y: v = 0 } = a[i] ?? {};
          apart.push(Math.hypot(x - u, y - v));
        }
      }
      return {
        distances: apart.sort((one, other) => one - other),
        frames: again.frames.length,
        seconds: (last?.time ?? 0) - (first?.time ?? 0),
      };
    });
    expect(frames / seconds).toBeGreaterThan(LEAST_FRAME_RATE);
    expect(distances.length).toBeGreaterThan(500);
    console.log(
      'frames a second:',
      (frames / seconds).toFixed(1),
      'pixels apart:',
      distances[distances.length >> 1],
    );
    expect(distances[distances.length >> 1]).toBeLessThan(SAME_PLACE);

    // Where the browser can write to files, it asks where the film is to go: here it is a download.
    await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 120_000 }),
      saveExport(page),
    ]);
    const film = readFileSync(await download.path()).toString('base64');
    const told = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes.slice().buffer);
      const video = document.createElement('video');
      video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
      await new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
      return {
        sound: sound.duration,
        loudest: sound.getChannelData(0).reduce((most, each) => Math.max(most, Math.abs(each)), 0),
        film: video.duration,
        size: [video.videoWidth, video.videoHeight],
      };
    }, film);
    expect(told.size).toEqual([640, 480]);
    expect(told.loudest).toBeGreaterThan(0.05);
    expect(Math.abs(told.sound - told.film)).toBeLessThan(SOUND_AT_END);
    expect(Math.abs(told.film - seconds)).toBeLessThan(SOUND_AT_END);
  }));

it('what was recorded until a page died is there with its picture', () =>
  onPage(ADDRESS, async (page) => {
    await recordTake(page, 6);
    const context = page.context();
    await crash(page, context);
    const next = await context.newPage();
    await next.goto(page.url());
    await next
      .getByText(/closed while a camera was tracked: \d+ s of it are kept/)
      .first()
      .waitFor();
    await openNewest(next);
    expect((await onStage(next)).seconds).toBeGreaterThan(3);
    await next.close();
  }));
