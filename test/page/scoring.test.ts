import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/limn-app.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { POLL } from '../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, drop, usePages } from '../helpers/use-pages.ts';

const pages = usePages();
const { onPage } = pages;
const onTracked = useTrackedActor(pages, '?engine=wasm&smooth=0');

const ANNOTATIONS = fileURLToPath(new URL('../fixtures/coco-ten/annotations.json', import.meta.url));
const photo = (id: string): string => sharedPath(`images/coco_000000000${id}.jpg`);

const scoreOf = (page: Page) =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    const { score } = session?.staged.timeline ?? {};
    return score?.value ?? null;
  });
const bar = (page: Page) => page.getByRole('group', { name: 'Comparison' });

describe.skipIf(!hasSharedData)('annotations that are dropped with their pictures', () => {
  it('are what the model that is chosen is scored against, on the pictures that are there', () =>
    onPage('?model=movenet-multipose&people=8', async (page) => {
      await drop(page, [ANNOTATIONS, photo('360'), photo('241'), sharedPath('images/pose.jpg')]);
      await expect.poll(() => scoreOf(page), POLL).not.toBeNull();
      // In these two photos, five people and one are annotated; nobody in the third.
      const score = await scoreOf(page);
      expect(score).toMatchObject({ truth: 'other', frames: 2, notLookedAt: 0, notAnnotated: 1 });
      expect(score?.accuracy.people).toBe(6);
      expect(score?.accuracy.found).toBeGreaterThanOrEqual(3);
      expect(await bar(page).innerText()).toMatch(
        /This one against “annotations\.json”, 2 pictures: \d of 6 people found; AP 0\.\d\d.*1 tracked, but not annotated.*8 annotated pictures aren’t among those that were opened/s,
      );
      // Both are kept.
      await button(page, 'Recordings').click();
      const dialog = page.getByRole('dialog', { name: 'Recordings' });
      await expect.poll(() => dialog.innerText()).toMatch(/3 pictures[\s\S]*annotations\.json/);
    }));

  it('may be of a single picture', () =>
    onPage('?people=2', async (page) => {
      await drop(page, [photo('241'), ANNOTATIONS]);
      await expect.poll(() => scoreOf(page), POLL).not.toBeNull();
      expect(await scoreOf(page)).toMatchObject({ frames: 1, mostPeople: 5 });
      expect(await bar(page).innerText()).toContain(
        'tracked for at most 2 people, and up to 5 are annotated',
      );
    }));
});

describe('a corrected recording that is dropped with its video', () => {
  it('is what another recording of the video is scored against, and not the other way round', () =>
    onTracked(
      async (page) => {
        const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export').click()]);
        const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
          info: { corrections?: string[]; runs: { model: string }[] };
        };
        file.info.corrections = ['left_wrist of person 0 moved'];
        for (const run of file.info.runs) run.model = 'another';
        const buffer = Buffer.from(JSON.stringify(file));
        await drop(page, [
          { name: 'corrected.json', mimeType: 'application/json', buffer },
          { name: 'actor.mp4', mimeType: 'video/mp4', buffer: readFileSync(ACTOR) },
        ]);
        await button(page, 'Track with MediaPipe Pose · lite and score it against this one').click();
        await expect.poll(() => scoreOf(page), POLL).not.toBeNull();
        // It is itself, so that everybody is where they were.
        const score = await scoreOf(page);
        expect(score).toMatchObject({ truth: 'other', frames: ACTOR_FRAMES, notLookedAt: 0 });
        expect(score?.accuracy).toMatchObject({ found: ACTOR_FRAMES, averagePrecision: expect.closeTo(1) });
        expect(score?.errors.meanPixels).toBeLessThan(0.01);
      },
      { more: '&format=limn-json' },
    ));
});
