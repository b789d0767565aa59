import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { ANNOTATIONS, cocoPhoto, shownScore } from '../../helpers/shown-score.ts';
import { POLL } from '../../helpers/status.ts';
import { button, choose, drop, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

/** Of coco_…241.jpg, coco_…360.jpg and pose.jpg: the order in which they are shown. */
const PICTURE_SIZES = [
  [480, 640],
  [500, 375],
  [1000, 667],
];

/** What is on the stage. */
interface Sight {
  readonly time: number;
  readonly size: readonly number[];
  /** Pixels of the picture; `null`: there is none. */
  readonly picture: readonly number[] | null;
  readonly people: number;
  readonly annotated: number;
}

const look = (page: Page) =>
  page.evaluate((): Sight => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { image, width, height, time, people } = session.state.shown;
    return {
      time,
      size: [width, height],
      picture:
        image &&
        ('displayWidth' in image ? [image.displayWidth, image.displayHeight] : [image.width, image.height]),
      people: people.length,
      annotated: session.staged.comparison.peopleAt(time).length,
    };
  });

const bar = (page: Page) => page.getByRole('group', { name: 'Comparison' });

describe.skipIf(!hasSharedData)('annotations that are dropped with their pictures', () => {
  it('are what the model that is chosen is scored against, on the pictures that are there', () =>
    onPage('?model=movenet-multipose&people=8', async (page) => {
      await drop(page, [ANNOTATIONS, cocoPhoto('360'), cocoPhoto('241'), sharedPath('images/pose.jpg')]);
      await expect.poll(() => shownScore(page), POLL).not.toBeNull();
      // In these two photos, five people and one are annotated; nobody in the third.
      const score = await shownScore(page);
      expect(score).toMatchObject({ truth: 'other', frames: 2, notLookedAt: 0, notAnnotated: 1 });
      expect(score?.accuracy.people).toBe(6);
      expect(score?.accuracy.found).toBeGreaterThanOrEqual(3);
      expect(await bar(page).innerText()).toMatch(
        /This one against “annotations\.json”, 2 pictures: \d of 6 people found; AP 0\.\d\d.*1 tracked, but not annotated.*8 annotated pictures aren’t among those that were opened/s,
      );
      // Both are kept.
      await choose(page, 'File', /^Recordings/);
      const dialog = page.getByRole('dialog', { name: 'Recordings' });
      const listed = async (): Promise<string> => (await dialog.locator('li').allInnerTexts()).join('\n');
      await expect.poll(listed).toMatch(/3 pictures/);
      expect(await listed()).toMatch(/annotations\.json/);
      await page.keyboard.press('Escape');
      // Each picture can be looked at, with whom the model has found and, laid over, who is annotated.
      const seen: Sight[] = [];
      for (const [at, size] of PICTURE_SIZES.entries()) {
        if (at > 0) await button(page, 'Next frame').click();
        await expect.poll(() => look(page)).toMatchObject({ time: at, size, picture: size });
        seen.push(await look(page));
      }
      expect(seen.map(({ annotated }) => annotated)).toEqual([5, 1, 0]);
      for (const { people } of seen) expect(people).toBeGreaterThan(0);
      expect(await page.locator('limn-transport time').innerText()).toBe('3 of 3');
      // As long as the page stays open, its pictures are at hand when it is opened again.
      await choose(page, 'File', /^Recordings/);
      await dialog.getByRole('button', { name: /^Open: 3 pictures/ }).click();
      await expect.poll(() => look(page)).toMatchObject({ time: 0, picture: PICTURE_SIZES[0], annotated: 0 });
    }));
});
