import { findDisplayServer, findWebKit } from '../../config/find-browser.js';
import { openWebKit } from './drivers/webkit.ts';
import type { Browser } from './try-browser.ts';

export const webkit: Browser = {
  name: 'WebKit',
  missing:
    findWebKit() && findDisplayServer()
      ? null
      : 'WebKitGTK’s driver or Xvfb is missing: nothing is tried in WebKit. npm test -- --install installs them.',
  open: openWebKit,
  engines: ['tasks-wasm', 'litert-wasm', 'tfjs-wasm', 'tfjs-cpu'],
  hasWebGl: false,
  keepsRecordings: false,
  worksOffline: true,
  films: ['mp4', 'webm'],
};
