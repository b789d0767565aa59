import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../ensure-installed.js';

/** Modules that run anywhere, by their names in `exports`. */
export const PURE_MODULES = ['formats', 'motion'];

/**
 * Modules without a DOM, a worker or a network, with all that they need inside.
 *
 * @param {string} folder the package's
 */
export async function buildModules(folder) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2023',
      license: { fileName: 'LICENSES.md' },
      lib: {
        entry: Object.fromEntries(
          PURE_MODULES.map((name) => [name, join(root, 'src', 'entries', `${name}.ts`)]),
        ),
        formats: ['es'],
      },
      rolldownOptions: {
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
      },
    },
  });
  return {
    exports: Object.fromEntries(
      PURE_MODULES.map((name) => [
        `./${name}`,
        { types: `./types/entries/${name}.d.ts`, default: `./${name}.js` },
      ]),
    ),
  };
}
