// Runs checks and test projects one after the other, and adds up what came of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedProgram, root } from './ensure-installed.js';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} command
 * @property {readonly string[]} parameters
 *
 * @typedef {object} Project
 * @property {string} name of vite.config.ts
 * @property {readonly string[]} [parameters] more for vitest: files, or `--changed`
 */

const counts = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const times = [];

/**
 * @param {string} name
 * @param {() => void} run
 */
function timed(name, run) {
  console.log(`\n— ${name}`);
  const began = performance.now();
  run();
  times.push(`${name} ${Math.round((performance.now() - began) / 1000)} s`);
}

/** @param {Check} check */
export function runCheck({ name, command, parameters }) {
  timed(name, () => {
    const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
    counts[status === 0 ? 'passed' : 'failed']++;
  });
}

/** Builds the page once for all that use the built one. @returns whether that went well */
export function buildPage() {
  timed('build', () => {
    const { status } = spawnSync(installedProgram('vite'), ['build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: 'inherit',
    });
    counts[status === 0 ? 'passed' : 'failed']++;
    if (status === 0) process.env.LIMN_BUILT = '1';
  });
  return process.env.LIMN_BUILT === '1';
}

/** @param {Project} project */
export function runProject({ name, parameters = [] }) {
  timed(`test/${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'limn-test-'));
    const report = join(folder, 'report.json');
    const { status } = spawnSync(
      installedProgram('vitest'),
      [
        'run',
        ...['--project', name, '--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`],
        ...parameters,
      ],
      { cwd: root, stdio: 'inherit' },
    );
    const added = readCounts(report);
    rmSync(folder, { recursive: true });
    counts.passed += added.passed;
    counts.skipped += added.skipped;
    // A run that broke before or between its tests counts as a failure, too.
    counts.failed += status === 0 ? added.failed : Math.max(1, added.failed);
  });
}

/** Closes with a line of counts, and ends this process: with 0 if nothing failed. */
export function finish() {
  console.log(`\n${times.join(' · ')}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

/** @param {string} report */
function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
