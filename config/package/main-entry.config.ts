import { join } from 'node:path';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { weights } from '../weights/plugin.ts';
import { workerChunks } from '../worker-chunks.ts';

const root = join(import.meta.dirname, '..', '..');

/** What Rolldown writes for a file that was emitted. */
const EMITTED = /new URL\(([`"'])([^`"']+)\1, ?import\.meta\.url\)\.href/g;

/**
 * Emitted files are called by where they lie beside `limn.js`, which makes whole addresses of that where they are used: other
 * bundlers take what is written out as `new URL(…, import.meta.url)` for a file of their own, and move or rewrite it.
 */
function plainAddresses(): Plugin {
  return {
    name: 'limn-plain-addresses',
    generateBundle(_, bundle) {
      const entry = Object.values(bundle).find((each) => each.type === 'chunk' && each.name === 'limn');
      if (entry?.type !== 'chunk') return this.error('There is no limn.js.');
      entry.code = entry.code.replace(EMITTED, (_all, _quote, file: string) => JSON.stringify(file));
    },
  };
}

/** The main entry with its workers, runtimes and networks. */
export default defineConfig({
  root,
  base: './',
  plugins: [workerChunks(), plainAddresses(), weights({ emitsOwn: true })],
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    license: { fileName: 'LICENSES-main.md' },
    rolldownOptions: {
      input: { limn: join(root, 'src', 'index.ts') },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: (chunk) => (chunk.name === 'limn' ? 'limn.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
