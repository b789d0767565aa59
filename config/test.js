// npm test: installs what is missing, then lint, types, and all tests; closes with a line of counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './ensure-browser.js';
import { ensureInstalled, installedProgram, root } from './ensure-installed.js';
import { ensureTorch } from './ensure-torch.js';

ensureInstalled();
process.env.CHROME_PATH = await ensureBrowser();
ensureTorch();

const CHECKS = /** @type {const} */ ([
  ['lint', installedProgram('biome'), ['check', '.']],
  ['layers', process.execPath, ['config/layers.js']],
  ['types', installedProgram('tsc'), ['-p', 'tsconfig.json']],
  ['types of the service worker', installedProgram('tsc'), ['-p', 'config/tsconfig.service.json']],
  ['types without a DOM', installedProgram('tsc'), ['-p', 'config/tsconfig.pure.json']],
]);

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, command, parameters] of CHECKS) {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  counts[status === 0 ? 'passed' : 'failed']++;
}

const folder = mkdtempSync(join(tmpdir(), 'limn-test-'));
for (const project of ['node', 'browser', 'page']) {
  console.log(`\n— test/${project}`);
  const report = join(folder, `${project}.json`);
  const { status } = spawnSync(
    installedProgram('vitest'),
    ['run', '--project', project, '--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, stdio: 'inherit' },
  );
  const added = readCounts(report);
  counts.passed += added.passed;
  counts.skipped += added.skipped;
  // A run that broke before or between its tests counts as a failure, too.
  counts.failed += status === 0 ? added.failed : Math.max(1, added.failed);
}
rmSync(folder, { recursive: true });

console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

/** @param {string} report */
function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
