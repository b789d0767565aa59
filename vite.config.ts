import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { installable } from './config/installable.ts';
import { security } from './config/security.ts';
import { weights } from './config/weights/plugin.ts';

/** Machines that run tests are slow at times: what is waited for may take this long. */
const POLL_TIMEOUT_MS = 10_000;

export default defineConfig({
  // Relative, so that the build works in any folder of any host.
  base: './',
  plugins: [security(), weights(), installable()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 1500,
    // Asset files keep their own bytes: nothing is inlined as data: address.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        page: resolve(import.meta.dirname, 'index.html'),
        limn: resolve(import.meta.dirname, 'src/index.ts'),
      },
      preserveEntrySignatures: 'exports-only',
      output: {
        // The library has a fixed name for others to import; everything else is named by content.
        entryFileNames: (chunk) => (chunk.name === 'limn' ? 'limn.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  optimizeDeps: {
    include: [
      '@mediapipe/tasks-vision',
      '@litertjs/core',
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
    projects: [
      { extends: true, test: { name: 'node', include: ['test/node/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/helpers/dev-server.ts',
          testTimeout: 120_000,
          expect: { poll: { timeout: POLL_TIMEOUT_MS } },
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['test/page/**/*.test.ts'],
          globalSetup: 'test/helpers/preview-server.ts',
          testTimeout: 180_000,
          expect: { poll: { timeout: POLL_TIMEOUT_MS } },
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          globalSetup: 'test/helpers/preview-server.ts',
          testTimeout: 600_000,
          expect: { poll: { timeout: POLL_TIMEOUT_MS } },
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
