// Which tests a change concerns: for `npm test -- --changed`.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from './ensure-installed.js';

/**
 * Tests in a browser load the whole page, so imports don't tell what they are about: this does. Rooms below `src/` and
 * what of `test/` tries them; the longest room that fits counts. What isn't here concerns all of them.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const CONCERNS = {
  'formats/': ['browser/formats', 'page/corrections', 'page/page'],
  'formats/film/': ['browser/films', 'page/corrections'],
  'views/film/': ['browser/films', 'page/corrections'],
  'importers/': ['browser/networks', 'browser/lifter', 'page/networks'],
  'importers/pytorch/': ['browser/lifter', 'page/motion'],
  'families/lifter/': ['browser/lifter', 'browser/motion', 'page/motion'],
  'families/maps/': ['browser/networks', 'page/networks'],
  'families/movenet/': ['page/networks'],
  'families/finding/': ['browser/bundled-networks'],
  'families/multipose/': ['browser/real-networks'],
  'families/posenet/': ['browser/real-networks'],
  'families/mediapipe/': ['browser/graph', 'browser/faces', 'browser/track', 'page/running'],
  'motion/': ['browser/motion', 'page/motion', 'page/corrections'],
  'motion/covering/': ['browser/films'],
  'app/motion/': ['browser/motion', 'page/motion'],
  'tracking/analysis/': ['browser/analysis', 'page/videos'],
  'recording/': ['page/videos', 'page/corrections', 'page/motion'],
  'evaluation/': [],
  'app/timeline/': ['page/corrections'],
  'app/device-check/': [],
  'app/engine-choice/': ['page/running'],
  'app/networks/': ['page/networks'],
  'tracking/networks/': ['page/networks'],
  'sources/actor/': ['browser/analysis', 'page/page', 'browser/track'],
  'views/scene3d/': ['browser/room', 'browser/motion', 'page/motion', 'browser/films', 'page/page'],
  'library/': ['browser/two-limns', 'browser/track', 'browser/formats'],
  'workers/service.worker.ts': ['page/policy'],
};
/** Tests in Node that read the sources as text: imports don't tell that any change there concerns them. */
export const SOURCE_READERS = ['test/node/config/browser-support.test.ts', 'test/node/core/readable.test.ts'];
/** Projects whose tests run in a browser, and their folders. */
const IN_BROWSERS = ['browser', 'page', 'browsers'];
/** Tests that import the one have the other in their page, built by `test/helpers/harness-server.ts`. */
const HARNESS = { usedBy: 'test/helpers/use-harness.ts', script: 'test/helpers/harness.ts' };
/** These change nothing that a test sees. */
const OF_NO_CONCERN = /^(docs\/|README|LICENSE|training\/|\.ci\/|test\/(bench|pictures)\/)/;

/**
 * Files that differ from a revision, in the work tree too, and those that git doesn't know yet.
 *
 * @param {string} revision
 * @returns {string[]} paths below the project's folder
 */
export function changedFiles(revision) {
  const list = (/** @type {readonly string[]} */ parameters) => {
    const { status, stdout, stderr } = spawnSync('git', parameters, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${parameters.join(' ')}: ${stderr.trim()}`);
    return stdout.split('\n').filter((line) => line !== '');
  };
  return [
    ...list(['diff', '--name-only', '--relative', revision]),
    ...list(['ls-files', '--others', '--exclude-standard']),
  ];
}

/**
 * The test files of a project in browsers that changes concern.
 *
 * @param {string} project
 * @param {readonly string[]} changed paths below the project's folder
 * @returns {string[] | null} `null`: all of them
 */
export function concernedTests(project, changed) {
  const tests = testFiles(project);
  /** @type {Set<string>} */
  const concerned = new Set();
  for (const file of changed) {
    if (OF_NO_CONCERN.test(file)) continue;
    if (file.startsWith('test/')) {
      for (const test of tests) if (test === file || reaches(test, file)) concerned.add(test);
      continue;
    }
    if (!file.startsWith('src/')) return null;
    // Other browsers may stumble over anything.
    const wanted = project === 'browsers' ? null : concernOf(file.slice('src/'.length));
    if (!wanted) return null;
    for (const test of tests) if (wanted.some((part) => test.startsWith(`test/${part}`))) concerned.add(test);
  }
  return [...concerned];
}

/** @param {string} file below `src/` */
function concernOf(file) {
  const room = Object.keys(CONCERNS)
    .filter((candidate) => file.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  return room === undefined ? null : CONCERNS[room];
}

/** @param {string} project */
function testFiles(project) {
  if (!IN_BROWSERS.includes(project))
    throw new Error(`${project} is no project whose tests run in a browser.`);
  const folder = join(root, 'test', project);
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `test/${project}/${name.replaceAll('\\', '/')}`);
  } catch {
    return [];
  }
}

/**
 * Does a test file import a helper, itself or through others, or by the harness?
 *
 * @param {string} from
 * @param {string} to
 * @param {Set<string>} seen
 * @returns {boolean}
 */
function reaches(from, to, seen = new Set()) {
  if (seen.has(from)) return false;
  seen.add(from);
  let text = '';
  try {
    text = readFileSync(join(root, from), 'utf8');
  } catch {
    return false;
  }
  const targets = [...text.matchAll(/from '(\.[^']+)'|new URL\('(\.[^']+)'/g)].map(([, imported, file]) =>
    normalize(join(dirname(from), imported ?? file ?? '')).replaceAll('\\', '/'),
  );
  if (from === HARNESS.usedBy) targets.push(HARNESS.script);
  return targets.some((target) => target === to || (target.startsWith('test/') && reaches(target, to, seen)));
}
