import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, openPageIn } from '../../helpers/browser.ts';
import { environmentFor, type OpenBrowser, type OpenOptions, WINDOW } from './driver.ts';

const FAKE_CAMERA = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/** Chromium, by Playwright. */
export async function openChromium({ locale, language, folder }: OpenOptions): Promise<OpenBrowser> {
  const downloads = join(folder, 'downloads');
  mkdirSync(downloads, { recursive: true });
  const browser = await launchBrowser({
    environment: environmentFor(locale),
    extraArguments: [...FAKE_CAMERA, ...(language ? [`--lang=${language}`] : [])],
  });
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: WINDOW,
    ...(language && { locale: language }),
  });
  const { page, faults } = await openPageIn(context, 'about:blank');
  page.on('download', (download) => void download.saveAs(join(downloads, download.suggestedFilename())));
  return {
    version: `Chromium ${browser.version()}`,
    downloads,
    hasFakeCamera: true,
    async goto(address) {
      await page.goto(address);
    },
    // An expression, which the page's security policy doesn't keep from being evaluated.
    run: (perform, ...parameters) => page.evaluate(`(${perform})(...${JSON.stringify(parameters)})`),
    drop: (paths) => page.locator('limn-app input[type=file]').setInputFiles([...paths]),
    resize: (size) => page.setViewportSize(size),
    screenshot: () => page.screenshot(),
    faults: () => Promise.resolve(faults),
    close: () => browser.close(),
  };
}
