// npm test: installs what is missing, then lint, types, and all tests but the long ones; closes with a line of counts.
import { parseArgs } from 'node:util';
import { changedFiles, concernedTests, SOURCE_READERS } from './concerns.js';
import { ensureBrowser, ensureOtherBrowsers } from './ensure-browser.js';
import { ensureInstalled, installedProgram } from './ensure-installed.js';
import { buildPage, finish, runCheck, runProject } from './run-tests.js';

const { values } = parseArgs({
  options: {
    changed: { type: 'boolean', default: false },
    since: { type: 'string', default: 'HEAD' },
    install: { type: 'boolean', default: false },
  },
});

ensureInstalled();
process.env.CHROME_PATH = await ensureBrowser();
ensureOtherBrowsers(values.install || Boolean(process.env.CI));

const biome = installedProgram('biome');
const tsc = installedProgram('tsc');
runCheck({ name: 'lint', command: biome, parameters: ['check', '.'] });
runCheck({ name: 'layers', command: process.execPath, parameters: ['config/layers.js'] });
runCheck({ name: 'types', command: tsc, parameters: ['-p', 'tsconfig.json'] });
runCheck({
  name: 'types of the service worker',
  command: tsc,
  parameters: ['-p', 'config/tsconfig.service.json'],
});
runCheck({ name: 'types without a DOM', command: tsc, parameters: ['-p', 'config/tsconfig.pure.json'] });

const changed = values.changed ? changedFiles(values.since) : null;
runProject({ name: 'node', parameters: changed ? [`--changed=${values.since}`, '--passWithNoTests'] : [] });
if (changed?.some((file) => file.startsWith('src/')))
  runProject({ name: 'node', parameters: SOURCE_READERS });
for (const name of ['browser', 'page', 'browsers']) {
  const files = changed && concernedTests(name, changed);
  if (files?.length === 0) {
    console.log(`\n— test/${name}: the change concerns none of it`);
    continue;
  }
  if (name !== 'browser' && !process.env.LIMN_BUILT && !buildPage()) break;
  runProject({ name, parameters: files ?? [] });
}
finish();
