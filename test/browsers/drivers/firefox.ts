import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFirefox } from '../../../config/find-browser.js';
import { BidiConnection } from './bidi.ts';
import { openDisplay } from './display.ts';
import { environmentFor, type OpenBrowser, type OpenOptions, WINDOW } from './driver.ts';

const START_MS = 60_000;

/**
 * Under remote control, Firefox 153 listens for workers as its developer tools do, and then a worker that starts another one
 * waits for two things on one condition, which wakes one waiter only: about one of twenty such starts hangs for ever.
 * Nobody's own Firefox listens, and nothing here needs to.
 */
const FORGET_WORKERS = "ChromeUtils.unregisterProcessActor('WebDriverWorkerListener')";

/** Firefox, by WebDriver BiDi. It has a display, for without one it has no WebGL 2. */
export async function openFirefox({ locale, language, folder }: OpenOptions): Promise<OpenBrowser> {
  const program = findFirefox();
  if (!program) throw new Error('Firefox is missing.');
  const [downloads, profile] = [join(folder, 'downloads'), join(folder, 'profile')];
  for (const path of [downloads, profile]) mkdirSync(path, { recursive: true });
  writeFileSync(join(profile, 'user.js'), preferences(downloads, language));
  const display = await openDisplay();
  const browser = spawn(
    program,
    [
      '--profile',
      profile,
      '--no-remote',
      '--remote-debugging-port',
      '0',
      '--remote-allow-system-access',
      '--width',
      `${WINDOW.width}`,
      '--height',
      `${WINDOW.height}`,
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...environmentFor(locale),
        DISPLAY: display.name,
        HOME: folder,
        MOZ_DISABLE_CONTENT_SANDBOX: '1',
      },
    },
  );
  const end = (): void => {
    browser.kill();
    display.close();
  };
  try {
    const faults: string[] = [];
    const connection = await BidiConnection.open(
      `${await addressOf(browser.stderr)}/session`,
      (method, parameters) => {
        const { level, text } = parameters as { readonly level: string; readonly text: string };
        if (method === 'log.entryAdded' && level === 'error') faults.push(text);
      },
    );
    const { capabilities } = (await connection.send('session.new', { capabilities: {} })) as {
      readonly capabilities: { readonly browserVersion: string };
    };
    await connection.send('session.subscribe', { events: ['log.entryAdded'] });
    const firstContext = async (scope: 'content' | 'chrome'): Promise<string> => {
      const { contexts } = (await connection.send('browsingContext.getTree', { 'moz:scope': scope })) as {
        readonly contexts: readonly { readonly context: string }[];
      };
      const context = contexts[0]?.context;
      if (context === undefined) throw new Error('Firefox has opened no page.');
      return context;
    };
    const context = await firstContext('content');
    const evaluate = async (expression: string, where = context): Promise<RemoteValue> => {
      const answer = (await connection.send('script.evaluate', {
        expression,
        target: { context: where },
        awaitPromise: true,
        userActivation: true,
      })) as Evaluated;
      if (answer.type === 'success') return answer.result;
      throw new Error(answer.exceptionDetails.text.replace(/^\w*Error: /, ''));
    };
    await evaluate(FORGET_WORKERS, await firstContext('chrome'));
    return {
      version: `Firefox ${capabilities.browserVersion}`,
      downloads,
      hasFakeCamera: true,
      async goto(url) {
        await connection.send('browsingContext.navigate', { context, url, wait: 'complete' });
      },
      async run(perform, ...parameters) {
        const { value } = await evaluate(
          `Promise.resolve((${perform})(...${JSON.stringify(parameters)})).then((value) => JSON.stringify(value ?? null))`,
        );
        return JSON.parse(String(value)) as never;
      },
      async drop(files) {
        const { sharedId } = await evaluate(
          `document.querySelector('limn-app').shadowRoot.querySelector('input[type=file]')`,
        );
        await connection.send('input.setFiles', { context, element: { sharedId }, files });
      },
      async resize(viewport) {
        await connection.send('browsingContext.setViewport', { context, viewport });
      },
      async screenshot() {
        const { data } = (await connection.send('browsingContext.captureScreenshot', { context })) as {
          readonly data: string;
        };
        return Buffer.from(data, 'base64');
      },
      faults: () => Promise.resolve(faults),
      async close() {
        await connection.send('browser.close', {}).catch(() => undefined);
        connection.close();
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

interface RemoteValue {
  readonly value?: unknown;
  /** Of an element. */
  readonly sharedId?: string;
}

type Evaluated =
  | { readonly type: 'success'; readonly result: RemoteValue }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** Firefox says on its error output where it listens. */
function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Firefox doesn’t start.')), START_MS);
    let text = '';
    output.on('data', (data: Buffer) => {
      text += data.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(text)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

function preferences(downloads: string, language: string | null): string {
  const wanted = {
    // A camera of Firefox' own making, which nobody has to allow.
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    // Files are saved without asking.
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    // A software GPU is one, too.
    'webgl.force-enabled': true,
    'webgl.disabled': false,
    // It asks nobody for anything.
    'app.update.disabledForTesting': true,
    'browser.aboutwelcome.enabled': false,
    'browser.region.network.url': '',
    'browser.safebrowsing.downloads.enabled': false,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.getAddons.cache.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'data:,',
    'toolkit.telemetry.server': 'data:,',
    ...(language && { 'intl.accept_languages': language, 'intl.regional_prefs.use_os_locales': true }),
  };
  return Object.entries(wanted)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
