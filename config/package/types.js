import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { installedProgram, runOrExit } from '../ensure-installed.js';
import { PURE_MODULES } from './modules.js';

/** Of what a declaration imports from beside it: `from './a.ts'`, `import('./a.ts')`. */
const RELATIVE = /((?:\bfrom |\bimport\(|\bimport )['"])(\.[^'"]+?)\.ts(?=['"])/g;

/**
 * Declarations of the modules, and of what these name; nothing else.
 *
 * @param {string} folder the package's
 */
export async function buildTypes(folder) {
  const emitted = mkdtempSync(join(tmpdir(), 'limn-types-'));
  runOrExit(installedProgram('tsc'), ['-p', 'config/tsconfig.package.json', '--outDir', emitted]);
  /** @type {Set<string>} */
  const copied = new Set();
  const waiting = ['index', ...PURE_MODULES.map((name) => join('entries', name))].map((name) =>
    join(emitted, `${name}.d.ts`),
  );
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (copied.has(file)) continue;
    copied.add(file);
    const from = dirname(file);
    const text = readFileSync(file, 'utf8').replace(RELATIVE, (_, before, path) => {
      waiting.push(join(from, `${path}.d.ts`));
      // Whatever way a project finds modules: what is beside the declaration is called as if it were built.
      return `${before}${path}.js`;
    });
    const target = join(folder, 'types', relative(emitted, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  rmSync(emitted, { recursive: true });
  return {};
}
