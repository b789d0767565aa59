// First: what comes after asks for the language while it is loaded.
import './ui/usable-language.ts';
import { hasEnded } from './app/jobs/queue.ts';
import { keepOffline } from './app/offline.ts';
import { Session } from './app/session.ts';
import { parseSettings } from './app/settings.ts';
import { keepStorage } from './browser/keep-storage.ts';
import { stayAwake } from './browser/stay-awake.ts';
import * as limn from './index.ts';
import { ownPlatform } from './platform.ts';
import { startLanguage } from './ui/messages/language.ts';
import './ui/shell/limn-app.ts';
import type { LimnApp } from './ui/shell/limn-app.ts';

declare global {
  interface Window {
    /** The library, for scripts and for the curious. */
    limn: typeof limn;
  }
}

window.limn = limn;

/** Sources that are tracked as long as they run. */
const LIVE: ReadonlySet<string> = new Set(['camera', 'demo']);

const settings = parseSettings(location.search);
const session = new Session(ownPlatform(), settings);
const app = document.createElement('limn-app') as LimnApp;
app.session = session;
const show = (): void => document.body.prepend(app);
const language = startLanguage();
// English is there at once, and the page with it.
if (language) void language.then(show);
else show();
const { queue } = session.videos;
stayAwake(
  () =>
    session.exports.progress.value !== null ||
    queue.jobs.value.some((job) => !hasEnded(job)) ||
    (session.state.isRunning.value && LIVE.has(session.state.source.value?.kind ?? '')),
);
keepStorage(() => queue.jobs.value.length > 0);
if (import.meta.env.MODE === 'production') void keepOffline('./service.worker.js', session.state);
if (settings.source === 'demo') void session.open.demo();
