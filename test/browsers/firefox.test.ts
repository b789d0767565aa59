import { findDisplayServer, findFirefox } from '../../config/find-browser.js';
import { openFirefox } from './drivers/firefox.ts';
import { tryBrowser } from './try-browser.ts';

tryBrowser({
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
});
