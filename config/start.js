// npm start: installs what is missing, builds, serves, opens the browser.
import { parseArgs } from 'node:util';
import { ensureInstalled, installedProgram, root, runOrExit } from './ensure-installed.js';

const DEFAULT_PORT = 4173;

const { values } = parseArgs({
  options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
});
const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`--port ${values.port} is no port: give a number from 1 to 65535.`);
  process.exit(1);
}

ensureInstalled();
runOrExit(installedProgram('vite'), ['build', '--logLevel', 'warn']);

const { preview } = await import('vite');
const server = await preview({
  root,
  logLevel: 'warn',
  preview: { port, host: 'localhost', open: !values['no-open'] && canShowBrowser() },
});
const address = server.resolvedUrls?.local[0];
if (!address) throw new Error('The server has no address.');
console.log(`Limn is at ${address}\nPress Ctrl-C to stop it.`);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => void server.close().finally(() => process.exit(0)));
}

/** Is there a screen to open a browser on? */
function canShowBrowser() {
  if (process.env.CI) return false;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}
