import type { BrowserContext, Page } from 'playwright-core';

/** Ends a page's process in the middle of whatever it does. */
export async function crash(page: Page, context: BrowserContext): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  // No answer comes from a page that is gone.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}
