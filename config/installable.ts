import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { security } from './security.ts';

/** Weights of the largest model. */
const LARGEST_FILE_BYTES = 2 ** 25;

/** A manifest, and a service worker that keeps the page on the device: it can be installed, and works offline. */
export function installable(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/workers',
    filename: 'service.worker.ts',
    // The page registers it when it has settled.
    injectRegister: false,
    injectManifest: {
      globPatterns: ['**/*.{html,js,css,svg,png,json,wasm,task,tflite,bin}'],
      maximumFileSizeToCacheInBytes: LARGEST_FILE_BYTES,
      // Names with a hash are new when the content is.
      dontCacheBustURLsMatching: /-[\w-]{8}\./,
      sourcemap: false,
      buildPlugins: { vite: [security()] },
    },
    manifest: {
      name: 'Limn – pose tracking in the page',
      short_name: 'Limn',
      description:
        'Tracks people in a camera, a video or a picture and gives their keypoints back as files. Nothing leaves the browser.',
      start_url: './',
      scope: './',
      display: 'standalone',
      theme_color: '#14161c',
      background_color: '#14161c',
      categories: ['productivity', 'utilities'],
      icons: [
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
      ],
    },
  });
}
