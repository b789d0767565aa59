import { effect } from '@preact/signals-core';
import { writeSettings } from './settings.ts';
import type { State } from './state.ts';

/** The page's address always says what is set. @returns ends that */
export function keepAddress({ settings }: Pick<State, 'settings'>): () => void {
  return effect(() => {
    const address = `${location.pathname}${writeSettings(settings.value)}${location.hash}`;
    if (address === `${location.pathname}${location.search}${location.hash}`) return;
    history.replaceState(null, '', address);
  });
}
