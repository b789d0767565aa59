// Runs checks and test projects one after the other, and adds up what came of them.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
/** @type {string[]} */
const failures = [];

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
    if (status !== 0) failures.push(name);
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
    else failures.push('build');
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
    const added = readReport(report);
    rmSync(folder, { recursive: true });
    counts.passed += added.passed;
    counts.skipped += added.skipped;
    failures.push(...added.failures);
    counts.failed += added.failures.length;
    // A run that broke before or between its tests counts as a failure, too.
    if (status !== 0 && added.failures.length === 0) {
      counts.failed++;
      failures.push(`test/${name}: the run itself`);
    }
  });
}

/**
 * Closes with what failed and a line of counts, and ends this process: with 0 if nothing failed. What failed goes to the
 * end of the file `LIMN_FAILURES`, too, for who runs several of these and says it all at the end.
 */
export function finish() {
  console.log(`\n${times.join(' · ')}`);
  for (const failure of failures) console.log(`failed: ${failure}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  const { LIMN_FAILURES } = process.env;
  if (LIMN_FAILURES)
    appendFileSync(LIMN_FAILURES, failures.map((failure) => `failed: ${failure}\n`).join(''));
  process.exit(counts.failed === 0 ? 0 : 1);
}

/**
 * @typedef {object} Report of vitest's JSON reporter, as far as it is read
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {readonly { name: string, status: string, message: string, assertionResults: readonly { fullName: string, status: string, failureMessages: readonly string[] }[] }[]} testResults
 */

/** The first line of a message is enough to know it again. @param {string} [message] */
const firstLine = (message = '') => message.split('\n', 1)[0];

/** @param {string} path */
function readReport(path) {
  try {
    /** @type {Report} */
    const { numPassedTests, numPendingTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
    const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter((test) => test.status === 'failed');
      // A file can fail without a test: in what it does before or after all of them.
      if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`];
      return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
    });
    return { passed: numPassedTests, skipped: numPendingTests, failures };
  } catch {
    return { passed: 0, skipped: 0, failures: [] };
  }
}
