import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { sharedPath } from './shared-data.ts';

/** Who is in ten COCO photos. */
export const ANNOTATIONS = fileURLToPath(new URL('../fixtures/coco-ten/annotations.json', import.meta.url));

/** One of the ten photos. */
export function cocoPhoto(id: string): string {
  return sharedPath(`images/coco_000000000${id}.jpg`);
}

/** The score that the page shows; `null`: none yet. */
export function shownScore(page: Page) {
  return page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    return session?.staged.timeline.score.value ?? null;
  });
}
