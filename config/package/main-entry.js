import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../ensure-installed.js';

/**
 * The main entry: `limn.js`, and beside it `assets/` with workers, runtimes and networks.
 *
 * @param {string} folder the package's
 */
export async function buildMainEntry(folder) {
  await build({
    configFile: join(root, 'config', 'package', 'main-entry.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder },
  });
  return { exports: { '.': { types: './types/index.d.ts', default: './limn.js' } } };
}
