import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, it } from 'vitest';

/** The recording itself, twice for a moment, and what is worked with. */
const MOST_BYTES = 400e6;

it('ten minutes of a hundred people, ten at once, go through the default plan in less than 400 MB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'limn-memory-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: { ssr: 'test/helpers/motion-memory.ts', outDir: folder, emptyOutDir: true },
    });
    // What is garbage is collected before more is asked for.
    const run = (task: string) =>
      promisify(execFile)(process.execPath, [
        '--max-old-space-size=128',
        join(folder, 'motion-memory.js'),
        task,
        join(folder, 'frames'),
      ]);
    await run('make');
    const { stdout } = await run('work');
    const { peak, given, taken, people, processing } = JSON.parse(stdout);
    console.info(`${(given / 1e6).toFixed()} MB of frames: ${(peak / 1e6).toFixed()} MB of memory.`);
    expect(people).toBe(100);
    expect(processing).toHaveLength(5);
    expect(Math.min(given, taken)).toBeGreaterThan(160e6);
    expect(peak).toBeLessThan(MOST_BYTES);
  } finally {
    await rm(folder, { recursive: true });
  }
});
