import { openChromium } from '../../browsers/drivers/chromium.ts';
import { tryBrowser } from '../../browsers/try-browser.ts';

// All of `test/page` runs in Chromium, too: what the other browsers are tried with takes its turn here only.
tryBrowser(
  {
    name: 'Chromium',
    missing: null,
    open: openChromium,
    engines: [
      'tasks-webgl',
      'tasks-wasm',
      'litert-webgpu',
      'litert-wasm',
      'tfjs-webgl',
      'tfjs-wasm',
      'tfjs-cpu',
    ],
    hasWebGl: true,
    keepsRecordings: true,
    worksOffline: true,
    films: ['mp4', 'webm'],
  },
  ['usual', 'long'],
);
