// Every mode, on a wide screen and on a phone, light and dark; and what else there is to see of a video. One page for all of
// them: tracking is what takes long.
import { ARMS_UP, filmActor, lengthOf, SHORT_TAKES, SLOW_ARMS_UP } from './films.js';
import { goTo, openMode, PATIENCE, PHONE, press, rest, showOn, track, WIDE } from './moves.js';
import { takeMoving } from './moving.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(page: Page, name: string) => Promise<void>} Shoot saves what is seen */

/** Seconds of the film, where the arms are up. */
const SHOWN_AT = 3.4;
/** The slower film isn't far behind there. */
const COMPARED_AT = 0.6;
const SCHEMES = /** @type {const} */ (['light', 'dark']);

/** @type {readonly { mode: string, name: string, prepare?: (page: Page) => Promise<void> }[]} */
const MODES = [
  { mode: 'Look', name: 'look' },
  {
    mode: 'Measure',
    name: 'measure',
    async prepare(page) {
      for (const angle of ['Left shoulder', 'Right shoulder', 'Left elbow']) await press(page, angle);
    },
  },
  { mode: 'Correct', name: 'correct' },
  {
    mode: 'Clean up',
    name: 'clean-up',
    async prepare(page) {
      await page.getByRole('switch', { name: 'Lock feet' }).click();
      await page.getByText('Preview, not applied').waitFor(PATIENCE);
    },
  },
  {
    mode: 'Compare',
    name: 'compare',
    async prepare(page) {
      const others = page.getByRole('list', { name: 'Compare with' });
      await others.getByRole('button', { name: SLOW_ARMS_UP.name }).click();
      await goTo(page, COMPARED_AT);
    },
  },
];

/**
 * @param {Page} page that was just opened, wide and light
 * @param {Shoot} shoot
 * @param {string} moving where README's moving picture goes
 */
export async function takeTour(page, shoot, moving) {
  await inBoth(page, async (scheme) => {
    await rest(page);
    await shoot(page, `start-wide-${scheme}`);
  });
  const films = [];
  for (const take of [ARMS_UP, SLOW_ARMS_UP, ...SHORT_TAKES]) films.push(await filmActor(page, take));
  await track(page, films);
  // The first two are compared, with their pictures: those videos are still needed.
  for (const { name } of films.slice(2))
    await press(page, `Remove from queue (the recording is kept): ${name}`);
  await goTo(page, SHOWN_AT);
  for (const { mode, name, prepare } of MODES) {
    await openMode(page, mode);
    await prepare?.(page);
    await page.mouse.move(0, 0);
    if (name === 'measure') {
      await takeMoving(page, lengthOf(ARMS_UP), moving);
      await goTo(page, SHOWN_AT);
    }
    await inBoth(page, (scheme) => takeMode(page, mode, shoot, name, scheme));
  }
  await press(page, 'End the comparison');
  await openMode(page, 'Measure');
  await goTo(page, SHOWN_AT);
  await takeDialogs(page, shoot);
  await takeGerman(page, films.slice(0, 1), shoot);
}

/** @param {Page} page @param {(scheme: string) => Promise<void>} act */
async function inBoth(page, act) {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await act(colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** @param {Page} page @param {string} mode @param {Shoot} shoot @param {string} name @param {string} scheme */
async function takeMode(page, mode, shoot, name, scheme) {
  await rest(page);
  await shoot(page, `${name}-wide-${scheme}`);
  await showOn(page, PHONE);
  if (name === 'measure') {
    await rest(page);
    await shoot(page, `phone-${scheme}`);
  }
  await openMode(page, mode);
  await rest(page);
  await shoot(page, `${name}-phone-${scheme}`);
  // The next one finds the sheet closed.
  await press(page, mode);
  await page.mouse.move(0, 0);
  await showOn(page, WIDE);
}

/** The export sheet and the library. @param {Page} page @param {Shoot} shoot */
async function takeDialogs(page, shoot) {
  await inBoth(page, async (scheme) => {
    await press(page, 'Export');
    await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Film' }).click();
    await page.mouse.move(0, 0);
    await rest(page);
    await shoot(page, `export-wide-${scheme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('v');
    await rest(page);
    await shoot(page, `library-wide-${scheme}`);
    await page.keyboard.press('Escape');
  });
}

/** The page in German, with the recording that it knows. @param {Page} page @param {Parameters<typeof track>[1]} films @param {Shoot} shoot */
async function takeGerman(page, films, shoot) {
  await page.evaluate(() => localStorage.setItem('limn-language', JSON.stringify('de')));
  await page.reload();
  await page.locator('limn-app input[type=file]').setInputFiles([...films]);
  await openMode(page, 'Messen');
  for (const angle of ['Schulter links', 'Schulter rechts', 'Ellbogen links']) await press(page, angle);
  await page.mouse.move(0, 0);
  await goTo(page, SHOWN_AT);
  await rest(page);
  await shoot(page, 'german-wide-light');
}
