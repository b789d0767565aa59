import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedProgram } from '../../../config/ensure-installed.js';
import { buildPackage, NODE_STEPS } from '../../../config/package/package.js';
import { version } from '../../../package.json';
import type { ExportRequest } from '../../../src/app/jobs/export-file.ts';
import { toPlainRecording } from '../../../src/core/plain-recording.ts';
import { exporters } from '../../../src/formats/exporters.ts';
import { DEFAULT_RIG_STYLE } from '../../../src/motion/kinematics/rig-style.ts';
import { DEFAULT_LOOK } from '../../../src/views/film/painter.ts';
import { writeExport } from '../../../src/workers/export/write-export.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';
import { readRecording } from '../../helpers/read-recording.ts';
import { writeWith } from '../../helpers/write-with.ts';

/*
 * The package as people get it: built, packed, installed in a fresh folder, without anything beside it.
 */

const BUILD_TIMEOUT_MS = 240_000;
const MOST_BYTES = 500_000;
const FRAMES = 8;
/** Enough that a program is ended before it is done. */
const INPUTS = 24;

const fresh = mkdtempSync(join(tmpdir(), 'limn-package-'));
const installed = join(fresh, 'node_modules', 'limn');
const walk = writeWith('limn-json', actorRecording(FRAMES, { source: { kind: 'video', name: 'walk.mp4' } }));

beforeAll(async () => {
  const folder = join(fresh, 'built');
  await buildPackage(folder, NODE_STEPS);
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', fresh], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
  writeFileSync(join(fresh, 'package.json'), '{ "name": "fresh", "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', `./${packed}`], {
    cwd: fresh,
  });
  writeFileSync(join(fresh, 'walk.limn.json'), walk);
}, BUILD_TIMEOUT_MS);
afterAll(() => rmSync(fresh, { recursive: true }));

/** Runs a module in the fresh folder. @returns what it prints, which is JSON */
function runFresh(text: string): unknown {
  const file = join(fresh, 'check.js');
  writeFileSync(file, text);
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: fresh, encoding: 'utf8' }));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** As the page's worker writes it. */
async function writtenByThePage(
  request: Partial<ExportRequest> & Pick<ExportRequest, 'format'>,
): Promise<string> {
  const { info, frames } = readRecording([{ name: 'walk.limn.json', bytes: walk }]);
  const { blob } = await writeExport(
    {
      smooth: false,
      name: info.source.name,
      info,
      frames,
      edits: [],
      spatial: 'auto',
      convention: null,
      rig: DEFAULT_RIG_STYLE,
      personId: null,
      range: {},
      film: { style: 'overlay', look: DEFAULT_LOOK, background: 'kept', faces: null, video: null },
      target: null,
      ...request,
    },
    () => undefined,
  );
  if (!blob) throw new Error('The file is given back.');
  return sha256(new Uint8Array(await blob.arrayBuffer()));
}

describe('limn/formats', () => {
  it('writes every format as the page does, to the byte', async () => {
    const written = runFresh(`
      import { createHash } from 'node:crypto';
      import { readFileSync } from 'node:fs';
      import { formats, read, write } from 'limn/formats';
      if (globalThis.document) throw new Error('There is a document.');
      const [walk] = await read({ name: 'walk.limn.json', bytes: readFileSync('walk.limn.json') });
      const sums = {};
      for (const { id } of formats) {
        const { bytes } = await write(walk, id);
        sums[id] = createHash('sha256').update(bytes).digest('hex');
      }
      console.log(JSON.stringify(sums));
    `);
    const expected: Record<string, string> = {};
    for (const { id } of exporters) expected[id] = await writtenByThePage({ format: id });
    expect(written).toEqual(expected);
  });

  it('takes the options of the page’s exports', async () => {
    const written = runFresh(`
      import { createHash } from 'node:crypto';
      import { readFileSync } from 'node:fs';
      import { read, write } from 'limn/formats';
      const [walk] = await read([{ name: 'walk.limn.json', bytes: new Blob([readFileSync('walk.limn.json')]) }]);
      const sum = async (...given) => createHash('sha256').update((await write(walk, ...given)).bytes).digest('hex');
      console.log(JSON.stringify([
        await sum('trc', { convention: 'mm-z-up', person: 1 }),
        await sum('bvh', { rig: { names: 'mixamo', rest: 'first' }, person: 0 }),
        await sum('csv', { smooth: true, range: { from: 0.05, to: 0.2 } }),
      ]));
    `);
    expect(written).toEqual([
      await writtenByThePage({ format: 'trc', convention: 'mm-z-up', personId: 1 }),
      await writtenByThePage({ format: 'bvh', rig: { names: 'mixamo', rest: 'first' }, personId: 0 }),
      await writtenByThePage({ format: 'csv', smooth: 0.5, range: { from: 0.05, to: 0.2 } }),
    ]);
  });

  it('reads what it writes', () => {
    const read = runFresh(`
      import { readFileSync } from 'node:fs';
      import { read, write } from 'limn/formats';
      const [walk] = await read({ name: 'walk.limn.json', bytes: readFileSync('walk.limn.json') });
      const { name, bytes, type } = await write(walk, 'limn-json');
      console.log(JSON.stringify({ name, type, again: await read({ name, bytes }) }));
    `);
    const recording = toPlainRecording(readRecording([{ name: 'walk.limn.json', bytes: walk }]));
    expect(read).toEqual({
      name: 'walk.limn.json',
      type: 'application/json',
      // As JSON has it: what is no number is null.
      again: [JSON.parse(JSON.stringify(recording))],
    });
  });

  it('says in a sentence what it can’t do', () => {
    const said = runFresh(`
      import { readFileSync } from 'node:fs';
      import { LimnError, read, write } from 'limn/formats';
      const [walk] = await read({ name: 'walk.limn.json', bytes: readFileSync('walk.limn.json') });
      const reason = (work) => work.then(() => null, (error) => error instanceof LimnError && error.message);
      console.log(JSON.stringify([
        await reason(write(walk, 'mp4')),
        await reason(write(walk, 'fbx')),
        await reason(write(walk, 'csv', { person: 7 })),
        await reason(read({ name: 'a.json', bytes: new Uint8Array([123]) })),
        await reason(read([])),
      ]));
    `);
    expect(said).toEqual([
      expect.stringContaining('"mp4" is made of pictures, which only a browser draws'),
      expect.stringContaining('There is no export format "fbx". The formats are openpose-json,'),
      "Person 7 isn't in the recording. In it are 0, 1.",
      expect.stringContaining('a.json'),
      'There is no file to be read.',
    ]);
  });
});

describe('limn/motion', () => {
  it('does steps and measures angles, and says that lifting takes a network', () => {
    const said = runFresh(`
      import { readFileSync } from 'node:fs';
      import { read } from 'limn/formats';
      import { angles, fillGaps, lift, mirror, person, place, resample, smooth, transform, trim } from 'limn/motion';
      const [walk] = await read({ name: 'walk.limn.json', bytes: readFileSync('walk.limn.json') });
      const shares = [];
      const moved = await transform(
        walk, person({ choose: 1 }), fillGaps(), smooth({ cutoff: 5 }), resample({ rate: 60 }), place(), mirror(), trim({ from: 0.05 }),
        { onProgress: (share) => shares.push(share) },
      );
      console.log(JSON.stringify({
        people: moved.frames.every(({ people }) => people.length === 1 && people[0].place),
        frames: moved.frames.length > 8,
        processing: moved.info.processing.length,
        done: shares.at(-1),
        angles: angles(moved).some(({ maximum, minimum }) => maximum > minimum),
        lift: await transform(walk, lift()).catch(({ name, message }) => [name, message]),
      }));
    `);
    expect(said).toEqual({
      people: true,
      frames: true,
      processing: 7,
      done: 1,
      angles: true,
      lift: ['LimnError', expect.stringContaining('transform of the main entry ("limn") has it')],
    });
  });
});

it('the recipe of the docs works', () => {
  const docs = readFileSync(new URL('../../../docs/library.md', import.meta.url), 'utf8');
  const [, recipe = ''] = /^## In Node$[\s\S]*?^```js\n([\s\S]*?)^```$/m.exec(docs) ?? [];
  writeFileSync(join(fresh, 'recipe.js'), recipe);
  const said = execFileSync(process.execPath, ['recipe.js'], { cwd: fresh, encoding: 'utf8' });
  expect(said).toContain('walk.c3d');
  expect(said).toMatch(/The left knee bends by \d+ degrees\./);
  expect(readFileSync(join(fresh, 'walk.c3d')).length).toBeGreaterThan(1000);
});

describe('the package', () => {
  it('is small, and needs nothing that isn’t in it', () => {
    const {
      dependencies,
      license,
      version: own,
    } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect([dependencies, license, own]).toEqual([undefined, 'Apache-2.0', version]);
    for (const name of [
      'formats.js',
      'motion.js',
      ...readdirSync(join(installed, 'shared')).map((each) => `shared/${each}`),
    ]) {
      expect(statSync(join(installed, name)).size, name).toBeLessThan(MOST_BYTES);
      const imported = [...readFileSync(join(installed, name), 'utf8').matchAll(/\bfrom\s?"([^"]+)"/g)];
      expect(
        imported.map(([, from]) => from).filter((from) => !from?.startsWith('.')),
        name,
      ).toEqual([]);
    }
  });

  it('has types that a strict project without a DOM takes', () => {
    writeFileSync(
      join(fresh, 'fresh.ts'),
      `import { type DataFormatId, formats, LimnError, type Recording, read, write } from 'limn/formats';
      import { angles, fillGaps, type MotionStep, transform } from 'limn/motion';
      const steps: readonly MotionStep[] = [fillGaps({ maximumFrames: 3 })];
      export async function convert(bytes: Uint8Array, format: DataFormatId): Promise<Uint8Array> {
        const [first]: Recording[] = await read({ name: 'walk.csv', bytes });
        if (!first) throw new LimnError('Nothing.');
        const moved = await transform(first, ...steps, { onProgress: (share: number) => share });
        const file = await write(moved, format, { convention: 'mm-z-up', range: { from: 1 }, rig: { names: 'vrm' } });
        return angles(moved).length + formats.length > 0 ? file.bytes : new Uint8Array();
      }
      // @ts-expect-error there is no such format
      await convert(new Uint8Array(), 'fbx');
      `,
    );
    const options = {
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2024'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(
      join(fresh, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['fresh.ts'] }),
    );
    execFileSync(installedProgram('tsc'), ['-p', fresh], { encoding: 'utf8' });
  });

  it('can be bundled for a browser', async () => {
    const entry = join(fresh, 'bundled.js');
    writeFileSync(entry, `import { formats } from 'limn/formats';\nexport const count = formats.length;\n`);
    const outDir = join(fresh, 'bundle');
    await build({
      configFile: false,
      root: fresh,
      logLevel: 'error',
      build: { outDir, lib: { entry, formats: ['es'], fileName: 'bundle' } },
    });
    const [name = ''] = readdirSync(outDir);
    expect(runFresh(`import { count } from './bundle/${name}'; console.log(count);`)).toBe(exporters.length);
  });
});

describe('the program', () => {
  const program = join(fresh, 'node_modules', '.bin', 'limn');

  it('says its version', () => {
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no half file when it is ended by %s', async (signal) => {
    const many = join(fresh, `many-${signal}`);
    mkdirSync(many);
    for (let i = 0; i < INPUTS; i++) writeFileSync(join(many, `walk ${i}.limn.json`), walk);
    const out = join(fresh, `out-${signal}`);
    const formats = 'csv,npz,trc,glb';
    const child = spawn(program, ['convert', many, '--format', formats, '--out', out, '--json']);
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code, by] = await once(child, 'exit');
    expect(signal === 'SIGTERM' ? code : by).toBe(signal === 'SIGTERM' ? 143 : 'SIGKILL');

    const made = readdirSync(out);
    const whole = made.filter((name) => !name.startsWith('.'));
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.length).toBeLessThan(INPUTS * 4);
    if (signal === 'SIGTERM') expect(made).toEqual(whole);
    const before = new Map(whole.map((name) => [name, sha256(readFileSync(join(out, name)))]));
    execFileSync(program, ['convert', many, '--format', formats, '--out', out, '--quiet']);
    for (const [name, sum] of before) expect(sha256(readFileSync(join(out, name))), name).toBe(sum);
    expect(readdirSync(out).filter((name) => !name.startsWith('.'))).toHaveLength(INPUTS * 4);
  });
});
