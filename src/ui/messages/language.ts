import * as v from 'valibot';
import { recall, remember } from '../../browser/local-memory.ts';
import { type Language, messages, speak } from './messages.ts';

/** Those that the page speaks. */
export const languageIds = ['en', 'de'] as const;
export type LanguageId = (typeof languageIds)[number];
/** `auto`: the first of the browser's languages that the page speaks. */
export const languageChoices = ['auto', ...languageIds] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** What they call themselves, so that whoever has strayed into a foreign one finds back. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageId, string>> = { en: 'English', de: 'Deutsch' };

/** Fetched only where they are spoken; English is always there. */
const LOADERS: Readonly<Record<Exclude<LanguageId, 'en'>, () => Promise<Language>>> = {
  de: () => import('./german/german.ts').then(({ german }) => german),
};

const KEY = 'limn-language';
const choiceSchema = v.picklist(languageChoices);

/** What was chosen in the settings, on this visit or an earlier one. */
export function chosenLanguage(): LanguageChoice {
  return recall(KEY, choiceSchema) ?? 'auto';
}

/** The page speaks it from the next time on that it is loaded. */
export function chooseLanguage(choice: LanguageChoice): void {
  remember(KEY, choice);
}

/** @param wished by the browser, the dearest one first; as BCP 47 has them */
export function findLanguage(choice: LanguageChoice, wished: readonly string[]): LanguageId {
  if (choice !== 'auto') return choice;
  for (const tag of wished) {
    const known = languageIds.find((id) => id === tag.toLowerCase().split('-')[0]);
    if (known) return known;
  }
  return 'en';
}

/**
 * Has the page speak its language. It is English where another one can't be had.
 *
 * @returns when it is there; `null`: it is there already
 */
export function startLanguage(): Promise<void> | null {
  const id = findLanguage(chosenLanguage(), navigator.languages);
  if (id === 'en') return null;
  return LOADERS[id]().then(
    (language) => {
      speak(language);
      document.documentElement.lang = id;
      document.title = messages.pageTitle;
    },
    // Offline, perhaps, and never heard before.
    () => undefined,
  );
}
