import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure-installed.js';
import { buildCommandLine } from './command-line.js';
import { buildMainEntry } from './main-entry.js';
import { buildModules } from './modules.js';
import { buildTypes } from './types.js';

/**
 * @typedef {object} Part what a step adds to package.json
 * @property {Readonly<Record<string, { types: string, default: string }>>} [exports]
 * @property {Readonly<Record<string, string>>} [bin]
 */

/**
 * Each makes a part of the package, and says what of it package.json names.
 *
 * @type {readonly ((folder: string) => Promise<Part>)[]}
 */
const STEPS = [buildMainEntry, buildModules, buildTypes, buildCommandLine];
/** What runs in Node, too: without the main entry and its hundred megabytes. */
export const NODE_STEPS = [buildModules, buildTypes, buildCommandLine];
/** What goes along as it is. */
const COPIED = ['LICENSE', 'README.md', 'CHANGELOG.md'];

/**
 * Makes the package, which needs nothing to be installed beside it.
 *
 * @param {string} folder emptied first
 * @param {typeof STEPS} steps
 */
export async function buildPackage(folder, steps = STEPS) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @type {{ exports: NonNullable<Part['exports']>, bin: NonNullable<Part['bin']> }} */
  const named = { exports: {}, bin: {} };
  for (const step of steps) {
    const part = await step(folder);
    named.exports = { ...named.exports, ...part.exports };
    named.bin = { ...named.bin, ...part.bin };
  }
  for (const file of COPIED) copyFileSync(join(root, file), join(folder, file));
  const { name, version, description, license, type, engines } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const manifest = { name, version, description, license, type, engines, ...named };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
