import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LimnError } from '../../core/errors.ts';
import type { Command, Given, Surroundings } from '../command.ts';
import { exitCodeFor, type Failure, toFailure, UsageError } from '../failures.ts';
import { lookForSame, WholeFiles } from '../files/write-whole.ts';
import { textOf } from '../parse.ts';
import { engineChoices, isNeeded, listOf, modelChoices } from './choose.ts';

const MEGABYTE = 1_000_000;

export const assetsCommand: Command = {
  name: 'assets',
  summary: 'workers, runtimes and networks into a folder of a website',
  operands: 'DIR [--models A,B] [--engines A,B]',
  options: {
    models: { type: 'string', value: 'A,B', help: `only these: ${modelChoices.join(', ')}` },
    engines: { type: 'string', value: 'A,B', help: `only these: ${engineChoices.join(', ')}` },
  },
  details: [
    'Bundlers move a module away from the files beside it. Copy those to where your website serves files as they are, and say where they lie: createLimn({ assets: "/limn/" }).',
    'Files that are there already, the same, stay. Those of another version stay, too: empty the folder when Limn is new.',
  ],
  examples: [
    'limn assets public/limn',
    'limn assets public/limn --models mediapipe-pose-lite --engines litert-wasm,litert-webgpu',
  ],
  run,
};

/** Beside the program's folder. */
const assetsFolder = (): string => fileURLToPath(new URL('../assets/', import.meta.url));

async function run(given: Given, { reporter, signal }: Surroundings): Promise<number> {
  const [target, ...others] = given.operands;
  if (target === undefined || others.length > 0) {
    throw new UsageError('Say into which folder: limn assets DIR. limn assets --help says more.');
  }
  const wanted = {
    models: listOf(textOf(given, 'models'), 'models', modelChoices),
    engines: listOf(textOf(given, 'engines'), 'engines', engineChoices),
  };
  const from = assetsFolder();
  const files = await readdir(from).catch(() => []);
  if (files.length === 0) {
    throw new LimnError(`There is nothing in ${from}: this Limn was built without its main entry.`);
  }
  const disk = new WholeFiles(signal);
  const failures: Failure[] = [];
  const counts = { files: 0, bytes: 0, written: 0, leftOut: 0 };
  for (const file of files) {
    if (!isNeeded(file, wanted)) {
      counts.leftOut++;
      continue;
    }
    signal.throwIfAborted();
    const path = join(target, file);
    try {
      const bytes = await readFile(join(from, file));
      if ((await lookForSame(path, bytes)) !== 'same') {
        await disk.write(path, bytes);
        counts.written++;
      }
      counts.files++;
      counts.bytes += bytes.length;
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(path, error);
      failures.push(failure);
      reporter.fail(failure);
    }
  }
  const there = counts.files - counts.written;
  reporter.say(
    { event: 'done', folder: target, ...counts, failed: failures.length },
    `${target}: ${counts.files} files, ${(counts.bytes / MEGABYTE).toFixed(1)} MB${there > 0 ? `, ${there} there already` : ''}${counts.leftOut > 0 ? `, ${counts.leftOut} left out` : ''}.`,
  );
  return exitCodeFor(failures);
}
