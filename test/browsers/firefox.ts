import { findDisplayServer, findFirefox } from '../../config/find-browser.js';
import { openFirefox } from './drivers/firefox.ts';
import type { Browser } from './try-browser.ts';

export const firefox: Browser = {
  name: 'Firefox',
  missing:
    findFirefox() && findDisplayServer()
      ? null
      : 'Firefox or Xvfb is missing: nothing is tried in Firefox. npm test -- --install installs them.',
  open: openFirefox,
  engines: ['tasks-wasm', 'litert-wasm', 'tfjs-wasm', 'tfjs-cpu'],
  hasWebGl: true,
  keepsRecordings: true,
  worksOffline: true,
  films: ['mp4', 'webm'],
};
