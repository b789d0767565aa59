// npm run test:long: what takes long by nature. Kills of the page, long runs, training.
import { parseArgs } from 'node:util';
import { ensureBrowser, ensureOtherBrowsers } from './ensure-browser.js';
import { ensureInstalled } from './ensure-installed.js';
import { ensureTorch } from './ensure-torch.js';
import { buildPage, finish, runProject } from './run-tests.js';

const { values } = parseArgs({ options: { install: { type: 'boolean', default: false } } });

ensureInstalled();
process.env.CHROME_PATH = await ensureBrowser();
const mayInstall = values.install || Boolean(process.env.CI);
ensureOtherBrowsers(mayInstall);
ensureTorch(mayInstall);
runProject({ name: 'long-node' });
runProject({ name: 'long-browser' });
if (buildPage()) {
  runProject({ name: 'long-page' });
  // One after the other: they take times.
  runProject({ name: 'long-timed' });
}
finish();
