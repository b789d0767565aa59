import { spawn } from 'node:child_process';
import { WINDOW } from './driver.ts';

export interface Display {
  /** For the environment variable `DISPLAY`. */
  readonly name: string;
  close(): void;
}

/** Opens a screen that nobody sees. Firefox without one has no WebGL 2, WebKitGTK doesn't start. */
export async function openDisplay(): Promise<Display> {
  const screen = `${WINDOW.width}x${WINDOW.height}x24`;
  // The server chooses a free number, and says it.
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    server.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return { name: `:${number}`, close: () => void server.kill() };
}
