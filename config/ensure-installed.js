import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const MINIMUM_NODE = [20, 19];

/**
 * Runs a command in the project's folder with its output shown; ends this process if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} parameters
 */
export function runOrExit(command, parameters) {
  const { status } = spawnSync(command, parameters, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The path of a program of an installed package. @param {string} name */
export function installedProgram(name) {
  return join(root, 'node_modules', '.bin', name);
}

/** Installs the packages of the lock file where they are missing or older than it. */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < (MINIMUM_NODE[0] ?? 0) || (major === MINIMUM_NODE[0] && minor < (MINIMUM_NODE[1] ?? 0))) {
    console.error(`Limn needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  const marker = join(root, 'node_modules', '.package-lock.json');
  const isFresh =
    existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  if (!isFresh) runOrExit('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
