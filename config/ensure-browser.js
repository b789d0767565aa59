import { spawnSync } from 'node:child_process';
import { installedProgram } from './ensure-installed.js';
import { findBrowser, findDisplayServer, findFirefox, findWebKit } from './find-browser.js';

/** Makes sure that there is a Chrome or Chromium for the tests, and ends this process if none can be had. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  if (mayUseApt()) {
    console.log('Installing Chromium from Debian’s packages …');
    installPackages(['chromium']);
  } else {
    console.log('Installing Chromium for the tests …');
    install(installedProgram('playwright-core'), ['install', 'chromium']);
  }
  const installed = await findBrowser();
  if (installed) return installed;
  console.error('No browser could be installed: install Chrome or Chromium, or set CHROME_PATH to one.');
  process.exit(1);
}

/** What the tests in other browsers need, as Debian calls it, and how to tell that it is there. */
const OTHERS = [
  { name: 'firefox-esr', isThere: () => findFirefox() !== null },
  { name: 'webkit2gtk-driver', isThere: () => findWebKit() !== null },
  { name: 'xvfb', isThere: () => findDisplayServer() !== null },
  { name: 'locales-all', isThere: () => hasGermanLocale() },
];

/**
 * Makes sure that there are Firefox, WebKitGTK and a German locale for the tests in other browsers, or says that those are
 * skipped.
 *
 * @param {boolean} mayInstall from Debian's packages: nobody wants two more browsers unasked
 */
export function ensureOtherBrowsers(mayInstall) {
  const missing = () => OTHERS.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  const before = missing();
  if (before.length === 0) return;
  if (mayInstall && mayUseApt()) {
    console.log(`Installing ${before.join(', ')} from Debian’s packages …`);
    installPackages(before);
  }
  const after = missing();
  if (after.length === 0) return;
  console.warn(
    `Of Debian’s packages, ${after.join(', ')} ${after.length === 1 ? 'is' : 'are'} missing: tests in Firefox and WebKit that need them are skipped. npm test -- --install installs them (as root).`,
  );
}

/** Browsers take the locale's own way of writing numbers only where the system has it. */
export function hasGermanLocale() {
  const { stdout } = spawnSync('locale', ['-a'], { encoding: 'utf8' });
  return /^de_DE\.utf-?8$/im.test(stdout ?? '');
}

function mayUseApt() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** @param {readonly string[]} names */
function installPackages(names) {
  install('apt-get', ['update', '-qq']);
  install('apt-get', ['install', '-y', '-qq', ...names]);
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
