import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../ensure-installed.js';

/**
 * The program `limn`, with all that it needs inside but what Node has.
 *
 * @param {string} folder the package's
 */
export async function buildCommandLine(folder) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: join(folder, 'bin'),
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      ssr: join(root, 'src', 'command-line', 'main.ts'),
      license: { fileName: 'LICENSES.md' },
      rolldownOptions: {
        output: {
          banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
          entryFileNames: 'limn.js',
          chunkFileNames: 'parts/[name]-[hash].js',
        },
      },
    },
    ssr: { noExternal: true },
  });
  chmodSync(join(folder, 'bin', 'limn.js'), 0o755);
  return { bin: { limn: './bin/limn.js' } };
}
