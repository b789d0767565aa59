import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { ANNOTATIONS, cocoPhoto, shownScore } from '../helpers/shown-score.ts';
import { POLL } from '../helpers/status.ts';
import { button, drop, usePages } from '../helpers/use-pages.ts';

const { onPage } = usePages();

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
      await button(page, 'Recordings').click();
      const dialog = page.getByRole('dialog', { name: 'Recordings' });
      await expect.poll(() => dialog.innerText()).toMatch(/3 pictures[\s\S]*annotations\.json/);
    }));
});
