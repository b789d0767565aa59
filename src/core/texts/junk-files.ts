/*
 * What lies beside data without being data: passed over without a word, in ZIPs, folders and drops.
 */

/** Folders that systems and programs make for themselves. */
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set([
  // macOS: Apple's archiver puts resource forks there; volumes.
  '__macosx',
  '.spotlight-v100',
  '.trashes',
  '.fseventsd',
  // Windows.
  '$recycle.bin',
  'system volume information',
  // NAS of Synology: thumbnails.
  '@eadir',
  // Versions and editors.
  '.git',
  '.svn',
  '.ipynb_checkpoints',
]);
/** Files that systems make for themselves, beside all whose names begin with a point (`.DS_Store`, `._walk.json`). */
const SYSTEM_FILES: ReadonlySet<string> = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r']);
/** Texts for people: README, README.md, LICENSE-2.0.txt, COPYING, … */
const TEXT_NAME =
  /^(read[-_ ]?me|licen[cs]es?|copying|notice|changelog|changes|authors|citation)([-_. ].*)?$/i;
const TEXT_ENDING = /\.(txt|md|markdown|rst|rtf|pdf|html?|docx?|bib|cff)$/i;
/** What else a name may end in is data: `notice.mp4`, `changes_keypoints.json`. */
const OTHER_ENDING = /\.[a-z][a-z0-9]*$/i;

/** Is it a file of the system, in a system's folder, or a text that goes with data? @param path with `/` or `\` between folders */
export function isJunkFile(path: string): boolean {
  return isSystemFile(path) || isTextFile(path);
}

/** Is it a file that a system made for itself, or in a folder of that kind? @param path as above */
export function isSystemFile(path: string): boolean {
  const parts = path.split(/[/\\]/);
  const name = parts.pop() ?? '';
  return (
    name.startsWith('.') ||
    parts.some((folder) => SYSTEM_FOLDERS.has(folder.toLowerCase())) ||
    SYSTEM_FILES.has(name.toLowerCase())
  );
}

function isTextFile(path: string): boolean {
  const name = path.replace(/^.*[/\\]/, '');
  return TEXT_ENDING.test(name) || (TEXT_NAME.test(name) && !OTHER_ENDING.test(name));
}
