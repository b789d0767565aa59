import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
if (!policy) throw new Error('index.html has no content security policy.');

/**
 * Headers of every answer of the dev and preview servers.
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
