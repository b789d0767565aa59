/**
 * An error whose message is a sentence for the person at the page: what happened, why, and what to do.
 * Anything else that is thrown is a defect of the program.
 */
export class LimnError extends Error {
  override readonly name = 'LimnError';
}

/** The error of something that was cancelled on purpose, as `DOMException` has it under that name. */
export class AbortError extends Error {
  override readonly name = 'AbortError';
}

/** The sentence to show for anything thrown. */
export function toSentence(error: unknown): string {
  if (error instanceof LimnError) return error.message;
  return `Something unexpected went wrong: ${toReason(error)}`;
}

/** Why something failed, for the middle of a sentence: only the message of anything thrown. */
export function toReason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Is this the error of something that was cancelled on purpose? */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What helps where a file isn't found: in an app, most often a bundler has moved the library away from its files. */
const NOT_FOUND =
  'one of Limn’s files could not be loaded; reload the page. In an app of your own, npx limn assets public/limn copies them, and createLimn({ assets: "/limn/" }) says where they are';

/** Why a worker stopped, for the end of a sentence. Of a script that can't be had, browsers give no message at all. */
export function describeFault({ message }: { readonly message?: string }): string {
  return message || NOT_FOUND;
}
