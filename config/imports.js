// Finds imports that a house's rules forbid: upwards, in circles, out of their room, of libraries away from home.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { parseSync } from 'vite';

/**
 * @typedef {object} Rules
 * @property {readonly (readonly string[])[]} layers rooms, from the lowest to the highest; those of the same layer don't
 *   import one another, and those of the highest import everything
 * @property {Readonly<Record<string, readonly (readonly string[])[]>>} inside folders of a room, as `layers`; several
 *   that belong together are joined by `+`, and what lies in the room itself imports and is imported freely
 * @property {Readonly<Record<string, readonly string[]>>} homes where a library may be imported
 * @property {string} pure the room that imports no library
 * @property {readonly GuardedRoom[]} guarded
 */
/**
 * @typedef {object} GuardedRoom
 * @property {string} room
 * @property {readonly string[]} open what everybody may import of it
 * @property {string} by the room that imports all of it
 */
/**
 * @typedef {object} Import
 * @property {string} from below the sources' folder
 * @property {string} to as it is written
 * @property {boolean} isType it is gone when the program runs
 */

/** A worker's script is a program of its own: who starts it doesn't load it. */
const IS_ADDRESS = /\?.*$/;

/**
 * @param {string} source the sources' folder
 * @param {Rules} rules
 * @returns {{ files: number, faults: string[] }} each fault as a sentence
 */
export function checkImports(source, rules) {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.split(sep).join('/'));
  const imports = files.flatMap((file) => importsOf(file, readFileSync(join(source, file), 'utf8')));
  const faults = [
    ...files
      .filter((file) => layerOf(roomOf(file), rules) < 0 && !file.endsWith('.d.ts'))
      .map((file) => `${file}: ${roomOf(file)} belongs to no layer.`),
    ...imports.flatMap((each) =>
      each.to.startsWith('.') ? ownFaults(each, rules) : libraryFaults(each, rules),
    ),
    ...findCycles(imports).map((cycle) => `${cycle.join(' and ')} import one another in a circle.`),
  ];
  return { files: files.length, faults: [...new Set(faults)] };
}

/**
 * All that a file imports: statically, when it runs, or as a type only.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Import[]}
 */
export function importsOf(file, text) {
  const { module, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file} can’t be read: ${errors[0].message}`);
  /** @type {Import[]} */
  const found = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ from: file, to: moduleRequest.value, isType });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ from: file, to: moduleRequest.value, isType });
    }
  }
  const running = new Set(module.dynamicImports.map(({ start }) => start));
  // Types are imported in the same words: `import('./a.ts').A`.
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) {
    found.push({ from: file, to: match[1] ?? '', isType: !running.has(match.index) });
  }
  return found;
}

/**
 * @param {Import} edge
 * @param {Rules} rules
 * @returns {string[]}
 */
function ownFaults({ from: file, to: target, isType }, rules) {
  const path = targetOf(file, target);
  if (path.startsWith('..')) return [];
  const [from, to] = [roomOf(file), roomOf(path)];
  if (from === to) return insideFaults(file, path, rules.inside[from] ?? []);
  /** @type {string[]} */
  const faults = [];
  const fromLayer = layerOf(from, rules);
  // Declarations of what the builder knows belong nowhere.
  if (fromLayer < 0) return [];
  if (layerOf(to, rules) >= fromLayer && fromLayer !== rules.layers.length - 1)
    faults.push(`${file}: ${from} may not import from ${to} (${target}).`);
  const guard = rules.guarded.find(({ room }) => room === to);
  if (guard && from !== guard.by && !isType && !guard.open.includes(path.slice(to.length + 1)))
    faults.push(`${file}: only ${guard.by} may import code of ${to} (${target}).`);
  return faults;
}

/**
 * @param {string} file
 * @param {string} path
 * @param {readonly (readonly string[])[]} layers
 * @returns {string[]}
 */
function insideFaults(file, path, layers) {
  const [from, to] = [file, path].map((each) => {
    const folder = each.split('/').length > 2 ? each.split('/')[1] : undefined;
    const layer = layers.findIndex((folders) => folders.some((name) => isNamed(name, folder)));
    return { folder, layer, group: layers[layer]?.find((name) => isNamed(name, folder)) };
  });
  if (!from || !to || from.layer < 0 || to.layer < 0 || from.group === to.group) return [];
  if (to.layer < from.layer) return [];
  return [`${file}: inside ${roomOf(file)}, ${from.folder} may not import from ${to.folder} (${path}).`];
}

/**
 * @param {string} group
 * @param {string | undefined} folder
 */
function isNamed(group, folder) {
  return folder !== undefined && group.split('+').includes(folder);
}

/**
 * @param {Import} edge
 * @param {Rules} rules
 * @returns {string[]}
 */
function libraryFaults({ from: file, to: target, isType }, { homes, pure }) {
  const faults = Object.entries(homes)
    .filter(([library]) => target === library || target.startsWith(`${library}/`))
    .filter(([, rooms]) => !isType && !rooms.some((home) => file.startsWith(`${home}/`)))
    .map(([library, rooms]) => `${file}: ${library} is imported in ${rooms.join(' and ')} only.`);
  if (roomOf(file) === pure) faults.push(`${file}: ${pure} imports nothing (${target}).`);
  return faults;
}

/**
 * Files that import one another, directly or through others; types count (R. Tarjan, "Depth-first search and linear graph
 * algorithms", 1972).
 *
 * @param {readonly Import[]} imports
 * @returns {string[][]}
 */
function findCycles(imports) {
  /** @type {Map<string, Set<string>>} */
  const targets = new Map();
  for (const { from, to } of imports) {
    if (!to.startsWith('.') || IS_ADDRESS.test(to)) continue;
    targets.set(from, (targets.get(from) ?? new Set()).add(targetOf(from, to)));
  }
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {string[]} */
  const open = [];
  /** @type {string[][]} */
  const cycles = [];
  /** @param {string} file @returns {number} the earliest file still open that it leads to */
  const visit = (file) => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let lowest = own;
    for (const target of targets.get(file) ?? []) {
      const known = order.get(target);
      if (known === undefined) lowest = Math.min(lowest, visit(target));
      else if (open.includes(target)) lowest = Math.min(lowest, known);
    }
    if (lowest === own) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) cycles.push(circle);
    }
    return lowest;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return cycles;
}

/**
 * @param {string} file
 * @param {string} target
 */
function targetOf(file, target) {
  return posix.normalize(posix.join(dirname(file), target.replace(IS_ADDRESS, '')));
}

/** @param {string} path */
function roomOf(path) {
  return path.split('/')[0] ?? '';
}

/**
 * @param {string} room
 * @param {Rules} rules
 */
function layerOf(room, { layers }) {
  return layers.findIndex((rooms) => rooms.includes(room));
}
