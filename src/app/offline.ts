import { toSentence } from '../core/errors.ts';
import type { State } from './state.ts';

/** The page tracks its first frames before the network and the disk are busy with anything else. */
const SETTLED_AFTER_MS = 4000;

/**
 * Keeps the page, its weights and runtimes on this device by a service worker, which also makes it cross-origin isolated
 * on hosts that can't. A page that nobody uses yet is opened anew where that changes something.
 *
 * @param script address of the service worker
 */
export async function keepOffline(script: string, state: State): Promise<void> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container) return;
  const isUpdate = container.controller !== null;
  const isUnused = (): boolean =>
    state.source.peek() === null && !state.isOpening.peek() && state.document.peek() === null;
  container.addEventListener('controllerchange', () => {
    if (isUnused() && (isUpdate || !crossOriginIsolated)) location.reload();
  });
  try {
    // Built into one file that imports nothing: not every browser takes modules for it.
    const registration = await container.register(script);
    // A version that waits since the last visit; what is at work goes on with the files it began with.
    if (isUnused()) registration.waiting?.postMessage('take-over');
    const { active } = await container.ready;
    await new Promise((resolve) => setTimeout(resolve, SETTLED_AFTER_MS));
    if (active && !savesData()) await keepAll(active, state);
  } catch (error) {
    // Browsers that forbid it (in private windows, say) run the page all the same.
    state.kept.value = { how: 'no', reason: toSentence(error) };
  }
}

async function keepAll(worker: ServiceWorker, state: State): Promise<void> {
  state.kept.value = { how: 'keeping', reason: null };
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  worker.postMessage('keep-all', [port2]);
  const said = await answer;
  port1.close();
  state.kept.value = said === 'kept' ? { how: 'yes', reason: null } : { how: 'no', reason: String(said) };
}

/** Has the user asked for few downloads? */
function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
