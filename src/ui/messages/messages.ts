import { english } from './english/english.ts';
import type { Spoken } from './spoken.ts';

/** All that the page says, in one language. */
export type Language = Spoken<typeof english>;

/**
 * What the page says, in the language that was chosen before it is drawn. To be read when something is drawn or done, and
 * not while a module is loaded: the language may still be on its way then.
 */
export let {
  messages,
  exportMessages,
  libraryMessages,
  markNames,
  describeJob,
  describeState,
  translate,
}: Language = english;

/** From now on the page speaks this language. */
export function speak(language: Language): void {
  ({ messages, exportMessages, libraryMessages, markNames, describeJob, describeState, translate } =
    language);
}
