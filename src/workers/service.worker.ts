import { headers, headersByScript } from 'virtual:limn-security';
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';

/**
 * Keeps the page on this device, and answers with the headers that a static host can't send: cross-origin isolation,
 * which WASM threads need, and the content security policy, which workers take from their own script's answer.
 */

declare const self: ServiceWorkerGlobalScope;

/** Weights and runtimes: kept when the page has nothing else to do, for they are a hundred megabytes. */
const LARGE = /\.(?:wasm|task|tflite|bin)$/;

const LARGE_CACHE = 'limn-weights';

/** ONNX Runtime's programs, forty megabytes that most people never need: kept when they were used, and not before. */
const WHEN_USED = /\/ort-[^/]*\.wasm$/;

const USED_CACHE = 'limn-runtimes';

function withHeaders(request: Request, response: Response): Response {
  const own = new Headers(response.headers);
  const { pathname } = new URL(request.url);
  const script = headersByScript.find(({ pattern }) => new RegExp(pattern).test(pathname));
  for (const [name, value] of Object.entries({ ...headers, ...script?.headers })) own.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: own });
}

const sendHeaders: WorkboxPlugin = {
  handlerWillRespond: ({ request, response }) => Promise.resolve(withHeaders(request, response)),
};

const plugins = [sendHeaders];
const page = new PrecacheController({ cacheName: 'limn-page', plugins });
const large = new PrecacheController({ cacheName: LARGE_CACHE, plugins });
const whenUsed = new PrecacheController({ cacheName: USED_CACHE, plugins });
for (const entry of self.__WB_MANIFEST) {
  const url = typeof entry === 'string' ? entry : entry.url;
  (WHEN_USED.test(url) ? whenUsed : LARGE.test(url) ? large : page).addToCacheList([entry]);
}
// A file that isn't the one that was built is asked for past caches, and past this one (families/files/download.ts).
for (const [controller, cacheName] of [
  [large, LARGE_CACHE],
  [whenUsed, USED_CACHE],
] as const) {
  registerRoute(
    ({ request, url }) => request.cache === 'reload' && controller.getCacheKeyForURL(url.href) !== undefined,
    async ({ request }) => withHeaders(request, await renew(request, controller, cacheName)),
  );
}
registerRoute(
  ({ url }) => whenUsed.getCacheKeyForURL(url.href) !== undefined,
  async ({ request, event }) => withHeaders(request, await useAndKeep(request, event)),
);
for (const controller of [page, large]) {
  // What the page is to do stands in the address behind the question mark; the file is the same.
  registerRoute(new PrecacheRoute(controller, { ignoreURLParametersMatching: [/.*/] }));
}

self.addEventListener('install', (event) => event.waitUntil(page.install(event)));
self.addEventListener('activate', (event) => {
  event.waitUntil(
    Promise.all([page.activate(event), large.activate(event), whenUsed.activate(event)]).then(() =>
      self.clients.claim(),
    ),
  );
});
self.addEventListener('message', (event) => {
  switch (event.data) {
    case 'keep-all': {
      const kept = keepLarge().then(
        () => event.ports[0]?.postMessage('kept'),
        (error: unknown) => event.ports[0]?.postMessage(String(error)),
      );
      event.waitUntil(kept);
      return;
    }
    case 'take-over':
      event.waitUntil(self.skipWaiting());
  }
});

/** Fetches what isn't here yet, one file after the other. (Workbox would only do so while the worker is installed.) */
async function keepLarge(): Promise<void> {
  const cache = await caches.open(LARGE_CACHE);
  for (const [url, key] of large.getURLsToCacheKeys()) {
    if (await cache.match(key)) continue;
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    await cache.put(key, response);
  }
}

/** What is kept; else it is fetched, and kept from now on. */
async function useAndKeep(request: Request, event: ExtendableEvent): Promise<Response> {
  const key = whenUsed.getCacheKeyForURL(request.url);
  const cache = await caches.open(USED_CACHE);
  const kept = key === undefined ? undefined : await cache.match(key);
  if (kept) return kept;
  const response = await fetch(request);
  // Where there is no room, it serves all the same.
  if (key !== undefined && response.status === 200)
    event.waitUntil(cache.put(key, response.clone()).catch(() => undefined));
  return response;
}

/** Fetches a large file anew, and keeps it in the place of what was kept. */
async function renew(request: Request, controller: PrecacheController, cacheName: string): Promise<Response> {
  const response = await fetch(request);
  const key = controller.getCacheKeyForURL(request.url);
  const cache = await caches.open(cacheName);
  if (key && response.status === 200 && (await cache.match(key))) await cache.put(key, response.clone());
  return response;
}
