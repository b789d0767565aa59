import { readFileSync } from 'node:fs';
import type { Connect, Plugin } from 'vite';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
if (!policy) throw new Error('index.html has no content security policy.');

/**
 * Headers of every answer of the dev and preview servers, but for one script.
 *
 * The page's own policy is repeated as a header because a worker is bound by the headers of its script, not
 * by its page's `<meta>`. The other three make the page cross-origin isolated, which WASM threads need.
 */
export const securityHeaders = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** The worker that fetches networks somebody has asked for may ask other hosts; nothing else may. */
const FETCH_WORKER = /\/fetch\.worker[.-]/;
const fetchPolicy = policy.replace(/connect-src [^;]*/, "connect-src 'self' https:");
if (fetchPolicy === policy) throw new Error('The content security policy of index.html has no connect-src.');

const setHeaders: Connect.NextHandleFunction = (request, response, next) => {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  if (FETCH_WORKER.test(request.url ?? '')) response.setHeader('Content-Security-Policy', fetchPolicy);
  next();
};

/** Sends the headers with every answer. */
export function security(): Plugin {
  return {
    name: 'limn-security',
    configureServer: (server) => void server.middlewares.use(setHeaders),
    configurePreviewServer: (server) => void server.middlewares.use(setHeaders),
  };
}
