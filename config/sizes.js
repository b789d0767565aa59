// Finds folders and files of the sources that have grown too large to be looked through.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/** Lying flat in a folder. */
export const MOST_FILES = 15;
export const MOST_LINES = 400;

/**
 * @param {string} source the sources' folder
 * @returns {string[]} each fault as a sentence
 */
export function checkSizes(source) {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.split(sep).join('/'));
  /** @type {Map<string, number>} */
  const folders = new Map();
  for (const file of files) folders.set(posix.dirname(file), (folders.get(posix.dirname(file)) ?? 0) + 1);
  const crowded = [...folders].filter(([, count]) => count > MOST_FILES);
  const long = files
    .map((file) => ({ file, lines: readFileSync(join(source, file), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MOST_LINES);
  return [
    ...crowded.map(
      ([folder, count]) => `${folder} has ${count} files lying flat; ${MOST_FILES} are allowed.`,
    ),
    ...long.map(({ file, lines }) => `${file} has ${lines} lines; ${MOST_LINES} are allowed.`),
  ];
}
