import { type InlineConfig, preview } from 'vite';

/** Serves what was built to tests, which find the address in `LIMN_TEST_ADDRESS`. @returns ends it */
export async function serveBuilt(port: number, config: InlineConfig = {}): Promise<() => Promise<void>> {
  const server = await preview({ ...config, preview: { port, host: 'localhost' }, logLevel: 'warn' });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The server of the tests has no address.');
  process.env.LIMN_TEST_ADDRESS = address;
  return () => server.close();
}
