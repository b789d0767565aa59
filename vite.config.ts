import { resolve } from 'node:path';
import { defaultClientConditions } from 'vite';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { installable } from './config/installable.ts';
import { LongestFirst } from './config/longest-first.ts';
import { security } from './config/security.ts';
import { weights } from './config/weights/plugin.ts';
import { workerChunks } from './config/worker-chunks.ts';

/** Machines that run tests are slow at times: what is waited for may take this long. */
const POLL_TIMEOUT_MS = 10_000;

/** What hangs is found out by then; a busy machine isn't taken for that. */
const NODE_TIMEOUT_MS = 30_000;
const TEST_TIMEOUT_MS = 180_000;
const HOOK_TIMEOUT_MS = 120_000;
const LONG_TIMEOUT_MS = 600_000;

/**
 * Files of tests in browsers at once. Two use two cores better than one, which waits for pages, pictures and polls a
 * quarter of the time.
 */
const FILES_AT_ONCE = 2;

/** Tests of a folder. @param filesAtOnce one where tests take times, which others would lengthen */
function inBrowser(
  name: string,
  folder: string,
  server: 'harness-server' | 'preview-server',
  testTimeout = TEST_TIMEOUT_MS,
  filesAtOnce = FILES_AT_ONCE,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`${folder}/**/*.test.ts`],
      globalSetup: `test/helpers/${server}.ts`,
      testTimeout,
      expect: { poll: { timeout: POLL_TIMEOUT_MS } },
      hookTimeout: HOOK_TIMEOUT_MS,
      maxWorkers: filesAtOnce,
    },
  };
}

export default defineConfig({
  // Relative, so that the build works in any folder of any host.
  base: './',
  plugins: [workerChunks(), security(), weights(), installable()],
  // ONNX Runtime's loader and program are files of their own, which are asked for only where they are needed.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Those that the page runs in know light-dark(), which would be written out wrongly for styles that scripts bring along.
    cssTarget: ['chrome123', 'firefox132', 'safari17.5'],
    sourcemap: true,
    chunkSizeWarningLimit: 1500,
    // Asset files keep their own bytes: nothing is inlined as data: address.
    assetsInlineLimit: 0,
    // Only the page's own HTML: what workers load would look for a document, too.
    modulePreload: { resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []) },
    rolldownOptions: {
      input: {
        page: resolve(import.meta.dirname, 'index.html'),
        limn: resolve(import.meta.dirname, 'src/index.ts'),
      },
      preserveEntrySignatures: 'exports-only',
      output: {
        // The library has a fixed name for others to import; everything else is named by content.
        codeSplitting: {
          groups: [
            { name: 'three', test: /node_modules.three/, priority: 1 },
            { name: 'mediabunny', test: /node_modules.mediabunny/, priority: 1 },
            // What both the page and its workers need; else it lay in a hundred files.
            {
              name: 'common',
              test: /[\\/]src[\\/](core|skeletons|motion|recording|families)[\\/]/,
              minShareCount: 4,
            },
          ],
        },
        entryFileNames: (chunk) => (chunk.name === 'limn' ? 'limn.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  optimizeDeps: {
    include: [
      '@mediapipe/tasks-vision',
      '@litertjs/core',
      'onnxruntime-web/wasm',
      'onnxruntime-web/webgpu',
      '@tensorflow/tfjs',
      '@tensorflow-models/pose-detection/dist/movenet/detector.js',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      '@scure/base',
      'flatbuffers',
      'three',
      'mediabunny',
      'lit',
      'valibot',
      'fflate',
      'uplot',
    ],
  },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/node/**/*.test.ts', 'test/contracts/**/*.test.ts'],
          testTimeout: NODE_TIMEOUT_MS,
          // Modules are read once a process, and not once a file, which takes a third of the time.
          isolate: false,
        },
      },
      inBrowser('browser', 'test/browser', 'harness-server'),
      inBrowser('page', 'test/page', 'preview-server'),
      inBrowser('browsers', 'test/browsers', 'preview-server'),
      // What takes long by nature: npm run test:long.
      {
        extends: true,
        test: { name: 'long-node', include: ['test/long/node/**/*.test.ts'], testTimeout: LONG_TIMEOUT_MS },
      },
      inBrowser('long-browser', 'test/long/browser', 'harness-server', LONG_TIMEOUT_MS),
      inBrowser('long-page', 'test/long/page', 'preview-server', LONG_TIMEOUT_MS),
      inBrowser('long-timed', 'test/long/timed', 'preview-server', LONG_TIMEOUT_MS, 1),
    ],
  },
});
