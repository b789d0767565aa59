import { readFileSync } from 'node:fs';
import type { Connect, Plugin } from 'vite';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
if (!policy) throw new Error('index.html has no content security policy.');

/** What only a header can say: no page of another origin may show this one in a frame. */
const FRAMES = "; frame-ancestors 'self'";

/**
 * Headers of every answer of the dev and preview servers, but for one script.
 *
 * The page's own policy is repeated as a header because a worker is bound by the headers of its script, not
 * by its page's `<meta>`. The other three make the page cross-origin isolated, which WASM threads need.
 */
export const securityHeaders = {
  'Content-Security-Policy': policy + FRAMES,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** The worker that fetches networks somebody has asked for may ask other hosts; nothing else may. */
const FETCH_WORKER = '/fetch\\.worker[.-][^/]*$';
const fetchPolicy = policy.replace(/connect-src [^;]*/, "connect-src 'self' https:");
if (fetchPolicy === policy) throw new Error('The content security policy of index.html has no connect-src.');

/** Headers of scripts in the place of the usual ones, where the path (without the query) fits a regular expression. */
const headersByScript = [{ pattern: FETCH_WORKER, headers: { 'Content-Security-Policy': fetchPolicy } }];

const setHeaders: Connect.NextHandleFunction = (request, response, next) => {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  // Only the path: whatever stands in the query, it can't loosen the policy of another file.
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  for (const { pattern, headers } of headersByScript) {
    if (!new RegExp(pattern).test(pathname)) continue;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  }
  next();
};

const VIRTUAL_ID = 'virtual:limn-security';
const RESOLVED_ID = `\0${VIRTUAL_ID}`;

/** Sends the headers with every answer, and tells the service worker of them, which does so on other hosts. */
export function security(): Plugin {
  return {
    name: 'limn-security',
    resolveId: (id) => (id === VIRTUAL_ID ? RESOLVED_ID : null),
    load: (id) =>
      id === RESOLVED_ID
        ? `export const headers = ${JSON.stringify(securityHeaders)};
           export const headersByScript = ${JSON.stringify(headersByScript)};`
        : null,
    configureServer: (server) => void server.middlewares.use(setHeaders),
    configurePreviewServer: (server) => void server.middlewares.use(setHeaders),
  };
}
