import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { KeptFile } from './kept-files.ts';
import { keptFrames, POLL, waitForEnd } from './status.ts';
import { drop, type PageOptions, type Pages } from './use-pages.ts';

/** A film of the demo actor: 320×240, 30 fps. */
export const ACTOR = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));
export const ACTOR_FRAMES = 45;
/** The video is over then, in seconds. */
const NEAR_ITS_END = 1.4;

/**
 * A page that has the film on it, all tracked and played. It is tracked once for all tests of a file: for each after the
 * first, an earlier visit has tracked it.
 *
 * @param query the settings that it is tracked with, after which more may be said for a test
 */
export function useTrackedActor(pages: Pages, query: string) {
  let tracked: Promise<readonly KeptFile[]> | null = null;
  return async (
    act: (page: Page) => Promise<void>,
    { more = '', ...options }: PageOptions & { readonly more?: string } = {},
  ): Promise<void> => {
    tracked ??= pages.keepFrom(query, trackActor);
    const kept = await tracked;
    await pages.onPage(
      query + more,
      async (page) => {
        await trackActor(page);
        await act(page);
      },
      { kept, ...options },
    );
  };
}

/** Drops the film on the page, and waits until all of it is tracked and has been played. */
async function trackActor(page: Page): Promise<void> {
  await drop(page, ACTOR);
  await expect.poll(() => keptFrames(page), POLL).toBe(ACTOR_FRAMES);
  await waitForEnd(page, NEAR_ITS_END);
}
