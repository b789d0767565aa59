import type { Feature, SupportData } from './support-data.ts';

/** Properties, functions, selectors and rules that a style sheet uses, as far as MDN's data knows them. */
export function cssFeatures(styles: string, support: SupportData): readonly Feature[] {
  const text = styles.replace(/\/\*.*?\*\//gs, ' ');
  return [
    ...namesIn(text, /(?:^|[;{}\s])([a-z-]+)\s*:/g).map((name) => support.at(`css.properties.${name}`)),
    ...namesIn(text, /([a-z-]+)\(/g).map((name) => support.cssFunction(name)),
    ...namesIn(text, /::?([a-z-]+)/g).map((name) => support.at(`css.selectors.${name}`)),
    ...namesIn(text, /@([a-z-]+)/g).map((name) => support.at(`css.at-rules.${name}`)),
  ].filter((feature) => feature !== null);
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}
