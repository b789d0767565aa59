import { build, preview } from 'vite';

/** Builds the page and serves the build while the page's tests run. */
export default async function setup(): Promise<() => Promise<void>> {
  await build({ logLevel: 'warn' });
  const server = await preview({ preview: { port: 4300, host: 'localhost' }, logLevel: 'warn' });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The preview server has no address.');
  process.env.LIMN_TEST_ADDRESS = address;
  return () => server.close();
}
