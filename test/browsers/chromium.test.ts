import { openChromium } from './drivers/chromium.ts';
import { tryBrowser } from './try-browser.ts';

tryBrowser({
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
});
