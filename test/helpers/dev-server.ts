import { createServer } from 'vite';

/** Serves the sources while the browser's tests run, so that each module can be tried alone. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await createServer({
    server: { port: 4400, host: 'localhost', hmr: false },
    logLevel: 'warn',
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The dev server has no address.');
  process.env.LIMN_TEST_ADDRESS = address;
  return () => server.close();
}
