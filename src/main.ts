// First: what comes after asks for the language while it is loaded.
import './ui/usable-language.ts';
import * as limn from './index.ts';
import { platform } from './platform.ts';
import { keepOffline } from './session/offline.ts';
import { Session } from './session/session.ts';
import { parseSettings } from './session/settings.ts';
import './ui/limn-app.ts';
import type { LimnApp } from './ui/limn-app.ts';

declare global {
  interface Window {
    /** The library, for scripts and for the curious. */
    limn: typeof limn;
  }
}

window.limn = limn;

const settings = parseSettings(location.search);
const session = new Session(platform, settings);
const app = document.querySelector<LimnApp>('limn-app');
if (app) app.session = session;
if (import.meta.env.MODE === 'production') void keepOffline('./service.worker.js', session.state);
if (settings.source === 'demo') void session.startDemo();
