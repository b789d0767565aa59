import { bareName } from '../../core/texts/file-name.ts';

/** What files that belong together are matched by: a name in small letters, without its folders and the last ending. */
export function matchingStem(path: string): string {
  return bareName(path)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
}

/** Does a name begin with another as a whole: `walk_2` and `walk`, but not `walk10` and `walk1`? */
export function beginsWithStem(stem: string, beginning: string): boolean {
  return stem.startsWith(beginning) && !/^[\p{L}\p{M}\p{N}]/u.test(stem.slice(beginning.length));
}
