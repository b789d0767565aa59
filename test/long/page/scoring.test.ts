import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { ANNOTATIONS, cocoPhoto, shownScore } from '../../helpers/shown-score.ts';
import { POLL } from '../../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES, useTrackedActor } from '../../helpers/tracked-actor.ts';
import { button, drop, saveExport, usePages } from '../../helpers/use-pages.ts';

const pages = usePages();
const { onPage } = pages;
const onTracked = useTrackedActor(pages, '?engine=wasm&smooth=0');

describe.skipIf(!hasSharedData)('annotations that are dropped with their pictures', () => {
  it('may be of a single picture', () =>
    onPage('?people=2', async (page) => {
      await drop(page, [cocoPhoto('241'), ANNOTATIONS]);
      await expect.poll(() => shownScore(page), POLL).not.toBeNull();
      expect(await shownScore(page)).toMatchObject({ frames: 1, mostPeople: 5 });
      expect(await page.getByRole('group', { name: 'Comparison' }).innerText()).toContain(
        'tracked for at most 2 people, and up to 5 are annotated',
      );
    }));

  it('may be of hundreds of pictures', () =>
    onPage('?model=movenet-lightning', async (page) => {
      const COPIES = 300;
      const photo = readFileSync(cocoPhoto('360'));
      const file = JSON.parse(readFileSync(ANNOTATIONS, 'utf8')) as {
        images: { id: number; file_name: string }[];
        annotations: { id: number; image_id: number }[];
      };
      const image = file.images.find(({ file_name }) => file_name.endsWith('360.jpg'));
      const numbers = Array.from({ length: COPIES }, (_, i) => i + 1);
      const annotated = {
        ...file,
        images: numbers.map((id) => ({ ...image, id, file_name: `photo_${id}.jpg` })),
        annotations: numbers.flatMap((id) =>
          file.annotations
            .filter(({ image_id }) => image_id === image?.id)
            .map((each, i) => ({ ...each, id: 10 * id + i, image_id: id })),
        ),
      };
      await drop(page, [
        { name: 'many.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(annotated)) },
        ...numbers.map((id) => ({ name: `photo_${id}.jpg`, mimeType: 'image/jpeg', buffer: photo })),
      ]);
      await page.getByText(/^Tracked \d+ of 300 pictures, to be scored against many\.json$/).waitFor();
      await expect.poll(() => shownScore(page), { timeout: 120_000 }).not.toBeNull();
      const score = await shownScore(page);
      // All are the same picture: each is found, or none.
      expect(score).toMatchObject({ frames: COPIES, notLookedAt: 0, notAnnotated: 0, mostPeople: 1 });
      expect([0, COPIES]).toContain(score?.accuracy.found);
    }));
});

describe('a corrected recording that is dropped with its video', () => {
  it('is what another recording of the video is scored against, and not the other way round', () =>
    onTracked(
      async (page) => {
        const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
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
        await button(page, 'Compare').click();
        await button(page, 'Track with MediaPipe Pose · lite and score it against this one').click();
        await expect.poll(() => shownScore(page), POLL).not.toBeNull();
        // It is itself, so that everybody is where they were.
        const score = await shownScore(page);
        expect(score).toMatchObject({ truth: 'other', frames: ACTOR_FRAMES, notLookedAt: 0 });
        expect(score?.accuracy).toMatchObject({ found: ACTOR_FRAMES, averagePrecision: expect.closeTo(1) });
        expect(score?.errors.meanPixels).toBeLessThan(0.01);
      },
      { more: '&format=limn-json' },
    ));
});
