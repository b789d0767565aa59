import { build, preview } from 'vite';

/** Builds the page, unless that was just done (`config/run-tests.js`), and serves it while tests of the page run. */
export default async function setup(): Promise<() => Promise<void>> {
  if (!process.env.LIMN_BUILT) await build({ logLevel: 'warn' });
  const server = await preview({ preview: { port: 4300, host: 'localhost' }, logLevel: 'warn' });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The preview server has no address.');
  process.env.LIMN_TEST_ADDRESS = address;
  return () => server.close();
}
