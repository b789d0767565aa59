// What is done on the page before a picture is taken of it.

/** @typedef {import('playwright-core').Page} Page */

export const WIDE = { width: 1360, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** Tracking on software alone takes its time. */
export const PATIENCE = { timeout: 240_000 };
/** Seconds that a frame may be away from where it is looked for. */
const NEAR_S = 0.02;
/** After these milliseconds the room is drawn finely, and curves are there. */
const REST_MS = 2500;

/** @param {Page} page @param {string | RegExp} name */
export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** @param {Page} page */
export const rest = (page) => page.waitForTimeout(REST_MS);

/**
 * Drops films on the page and waits until all of them are tracked.
 *
 * @param {Page} page
 * @param {readonly { name: string, mimeType: string, buffer: Buffer }[]} films the first one is on the stage
 */
export async function track(page, films) {
  await page.locator('limn-app input[type=file]').setInputFiles([...films]);
  await page.waitForFunction(
    (count) => {
      /** @type {import('../../src/ui/shell/limn-app.ts').LimnApp | null} */
      const app = document.querySelector('limn-app');
      const jobs = app?.session.videos.queue.jobs.value ?? [];
      return jobs.filter(({ status }) => status === 'finished').length === count;
    },
    films.length,
    PATIENCE,
  );
}

/** Stops the film at a time in seconds, and waits for its frame. @param {Page} page @param {number} time */
export async function goTo(page, time) {
  await page.evaluate((seconds) => {
    /** @type {import('../../src/ui/shell/limn-app.ts').LimnApp | null} */
    const app = document.querySelector('limn-app');
    app?.session.transport?.pause();
    app?.session.goTo(seconds);
  }, time);
  await page.waitForFunction(
    ({ seconds, near }) => {
      /** @type {import('../../src/ui/shell/limn-app.ts').LimnApp | null} */
      const app = document.querySelector('limn-app');
      const shown = app?.session.state.shown;
      return shown !== undefined && Math.abs(shown.time - seconds) < near && shown.people.length > 0;
    },
    { seconds: time, near: NEAR_S },
    PATIENCE,
  );
}

/** @type {WeakMap<Page, import('playwright-core').CDPSession>} */
const sessions = new WeakMap();

/**
 * Has the page on another screen: of that size, with a finger or a mouse.
 *
 * @param {Page} page
 * @param {{ width: number, height: number }} size
 */
export async function showOn(page, size) {
  // What a session has switched on, no other one switches off.
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: size === PHONE });
  await page.setViewportSize(size);
}

/** Opens the tools of a mode, on a phone as a sheet. @param {Page} page @param {string} mode as it is called */
export async function openMode(page, mode) {
  const button = page.getByRole('button', { name: mode, exact: true });
  const inspector = page.locator('limn-inspector');
  await button.click();
  // A click on the mode that is open closes its sheet.
  if ((await inspector.count()) === 0) await button.click();
  await inspector.waitFor();
  // Nothing is to look as if the mouse lay on it.
  await page.mouse.move(0, 0);
}
