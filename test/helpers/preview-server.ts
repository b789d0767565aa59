import { build } from 'vite';
import { serveBuilt } from './serve-built.ts';

/** Builds the page, unless that was just done (`config/run-tests.js`), and serves it while tests of the page run. */
export default async function setup(): Promise<() => Promise<void>> {
  if (!process.env.LIMN_BUILT) await build({ logLevel: 'warn' });
  return serveBuilt(4300);
}
