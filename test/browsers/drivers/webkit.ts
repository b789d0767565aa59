import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findWebKit } from '../../../config/find-browser.js';
import { openDisplay } from './display.ts';
import { environmentFor, type OpenBrowser, type OpenOptions, SCRIPT_TIMEOUT_MS } from './driver.ts';
import { ELEMENT_KEY, WebDriverSession } from './web-driver.ts';

const START_MS = 30_000;

/** WebKitGTK's own small browser, by its WebDriver. */
export async function openWebKit({ locale, folder }: OpenOptions): Promise<OpenBrowser> {
  const found = findWebKit();
  if (!found) throw new Error('WebKitGTK’s driver is missing.');
  const downloads = join(folder, 'downloads');
  for (const path of [downloads, join(folder, 'config')]) mkdirSync(path, { recursive: true });
  // Where GTK programs save files (xdg-user-dirs).
  writeFileSync(join(folder, 'config', 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const display = await openDisplay();
  const port = await freePort();
  const driver = spawn(found.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environmentFor(locale),
      DISPLAY: display.name,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  const faults = gatherFaults(driver.stdout, driver.stderr);
  const session = await WebDriverSession.open(
    `http://127.0.0.1:${port}`,
    {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        binary: found.browser,
        args: [
          '--automation',
          '--enable-write-console-messages-to-stdout=true',
          '--enable-media-stream=true',
          '--enable-mock-capture-devices=true',
        ],
      },
      timeouts: { script: SCRIPT_TIMEOUT_MS },
    },
    START_MS,
  ).catch((error: unknown) => {
    driver.kill();
    display.close();
    throw error;
  });
  const runInPage = async (source: string, parameters: readonly unknown[]): Promise<unknown> => {
    const answer = (await session.ask('POST', '/execute/async', {
      script: `const [given, done] = arguments;
        Promise.resolve()
          .then(() => (${source})(...given))
          .then((value) => done({ value: value === undefined ? null : value }),
            (error) => done({ failure: String(error?.message ?? error) }));`,
      args: [parameters],
    })) as { readonly value?: unknown; readonly failure?: string };
    if (answer.failure !== undefined) throw new Error(answer.failure);
    return answer.value;
  };
  const version = (await runInPage('() => navigator.userAgent', [])) as string;
  return {
    version: `WebKitGTK (${version})`,
    downloads,
    hasFakeCamera: true,
    async goto(url) {
      await session.ask('POST', '/url', { url });
    },
    run: (perform, ...parameters) => runInPage(perform.toString(), parameters) as never,
    async drop(paths) {
      const input = (await session.ask('POST', '/execute/sync', {
        script: `return document.querySelector('limn-app').shadowRoot.querySelector('input[type=file]')`,
        args: [],
      })) as Readonly<Record<string, string>>;
      await session.ask('POST', `/element/${input[ELEMENT_KEY]}/value`, { text: paths.join('\n') });
    },
    async resize(size) {
      await session.ask('POST', '/window/rect', size);
    },
    screenshot: async () => Buffer.from((await session.ask('GET', '/screenshot')) as string, 'base64'),
    faults: () => Promise.resolve(faults),
    async close() {
      await session.ask('DELETE', '').catch(() => undefined);
      driver.kill();
      display.close();
    },
  };
}

/** Errors among what the browser's console says on its output: `CONSOLE JS ERROR …`, `CONSOLE SECURITY ERROR …`. */
function gatherFaults(...outputs: readonly NodeJS.ReadableStream[]): readonly string[] {
  const faults: string[] = [];
  for (const output of outputs) {
    let rest = '';
    output.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      faults.push(...lines.filter((line) => /CONSOLE [\w-]+ ERROR/.test(line)));
    });
  }
  return faults;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
