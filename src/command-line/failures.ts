import { LimnError, toSentence } from '../core/errors.ts';
import { EXIT } from './exit-codes.ts';

/** The command was written wrongly: a sentence that says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that couldn't be done, while all else was. */
export interface Failure {
  /** The file as it was named. */
  readonly file: string;
  /** Why, and what to do: sentences. */
  readonly reason: string;
  /** It may work the next time. */
  readonly mayTryAgain: boolean;
}

/** Errors of the system: what happened and what to do, behind the file's name. */
const SYSTEM_ERRORS: Readonly<Record<string, readonly [sentence: string, mayTryAgain: boolean]>> = {
  ENOENT: ['isn’t there. Check how its name is written.', false],
  EISDIR: ['is a folder, and a file is needed.', false],
  ENOTDIR: ['isn’t there: a part of its path is a file, not a folder.', false],
  EEXIST: ['is a file, and a folder is needed.', false],
  ENAMETOOLONG: ['has a longer name than this disk takes. Choose a shorter one with --out.', false],
  EROFS: ['is on a disk that can’t be written. Choose another place with --out.', false],
  EACCES: ['can’t be opened: you have no permission for it. Change that, and run this again.', true],
  EPERM: ['can’t be opened: you have no permission for it. Change that, and run this again.', true],
  EBUSY: ['is in use by another program. Close that, and run this again.', true],
  ENOSPC: ['can’t be written: the disk is full. Free some space, and run this again.', true],
  EDQUOT: ['can’t be written: your share of the disk is used up. Free some space, and run this again.', true],
  EMFILE: ['can’t be opened: too many files are open. Run this again.', true],
  ENFILE: ['can’t be opened: too many files are open. Run this again.', true],
  EIO: ['can’t be read or written: the disk or the network reports a fault. Run this again.', true],
};

/** @param file as it was named */
export function toFailure(file: string, error: unknown): Failure {
  if (error instanceof LimnError) {
    const { message } = error;
    return { file, reason: message.includes(file) ? message : `${file}: ${message}`, mayTryAgain: false };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = SYSTEM_ERRORS[code];
  if (known) return { file, reason: `${file} ${known[0]}`, mayTryAgain: known[1] };
  // Whatever else the system says may be otherwise next time; a defect of the program won't.
  return { file, reason: `${file}: ${toSentence(error)}`, mayTryAgain: code !== '' };
}

/** What a process ends with that has done all else. */
export function exitCodeFor(failures: readonly Failure[]): number {
  if (failures.length === 0) return EXIT.done;
  return failures.some(({ mayTryAgain }) => mayTryAgain) ? EXIT.tryAgain : EXIT.never;
}
