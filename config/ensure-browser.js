import { spawnSync } from 'node:child_process';
import { installedProgram } from './ensure-installed.js';
import { findBrowser } from './find-browser.js';

/** Makes sure that there is a Chrome or Chromium for the tests, and ends this process if none can be had. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (isRoot && hasApt) {
    console.log('Installing Chromium from Debian’s packages …');
    install('apt-get', ['update', '-qq']);
    install('apt-get', ['install', '-y', '-qq', 'chromium']);
  } else {
    console.log('Installing Chromium for the tests …');
    install(installedProgram('playwright-core'), ['install', 'chromium']);
  }
  const installed = await findBrowser();
  if (installed) return installed;
  console.error('No browser could be installed: install Chrome or Chromium, or set CHROME_PATH to one.');
  process.exit(1);
}

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 */
function install(command, parameters) {
  spawnSync(command, parameters, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
