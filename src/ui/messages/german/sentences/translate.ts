import { checkSentences } from './check.ts';
import { exportSentences } from './exports.ts';
import { fileSentences } from './files.ts';
import { modelSentences } from './models.ts';
import { motionSentences } from './motion.ts';
import { networkSentences } from './networks.ts';
import { readingSentences } from './reading.ts';
import { recordingSentences } from './recordings.ts';
import type { Sentence } from './sentence.ts';
import { sourceSentences } from './sources.ts';
import { typeSentences } from './types.ts';

/** All that is known. */
export const sentences: readonly Sentence[] = [
  ...sourceSentences,
  ...fileSentences,
  ...typeSentences,
  ...readingSentences,
  ...recordingSentences,
  ...exportSentences,
  ...motionSentences,
  ...modelSentences,
  ...networkSentences,
  ...checkSentences,
];

/** Between two sentences. */
const BOUNDARY = /(?<=[.!?”]) (?=[\p{Lu}“])/u;
/** Several sentences may stand at the beginning or at the end; what stands amidst others is no more than one. */
const [ANYTHING, WITHIN] = ['(.*?)', `((?:(?!${BOUNDARY.source}).)*?)`];

interface Pattern {
  readonly pattern: RegExp;
  readonly german: string;
}

const whole = new Map(sentences.filter(([english]) => !english.includes('{}')));
const patterns: readonly Pattern[] = sentences
  .filter(([english]) => english.includes('{}'))
  // The one that says most first: a name may be anything, "a, with sound but no picture" too.
  .sort(([one], [other]) => other.length - one.length)
  .map(([english, german]) => ({
    pattern: toPattern(english),
    german,
  }));
/** Sentences within sentences within sentences are rare, and names that look like sentences don't go on for ever. */
const DEEPEST = 3;

/** Tables say the same again and again: so many texts are remembered. */
const MOST_REMEMBERED = 500;
const remembered = new Map<string, string>();

/**
 * What was written in English where it arose, in German, as far as it is known; the rest of it stays. Several sentences
 * are translated one by one.
 */
export function translateSentence(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const german = translateWithin(text, 0);
  remembered.set(text, german);
  return german;
}

function translateWithin(text: string, depth: number): string {
  const known = translateWhole(text, depth);
  if (known !== null || depth > DEEPEST) return known ?? text;
  const parts = text.split(BOUNDARY);
  const said: string[] = [];
  for (let at = 0; at < parts.length; ) {
    // Some are written together: the longest that is known counts.
    let count = parts.length - at;
    let german: string | null = null;
    while (count > 0) {
      german = translateWhole(parts.slice(at, at + count).join(' '), depth);
      if (german !== null) break;
      count--;
    }
    said.push(german ?? parts[at] ?? '');
    at += Math.max(1, count);
  }
  return said.join(' ');
}

function translateWhole(text: string, depth: number): string | null {
  const known = whole.get(text);
  if (known !== undefined) return known;
  for (const { pattern, german } of patterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    return german.replace(/\{(\d)\}/g, (_, place: string) =>
      translateWithin(found[Number(place)] ?? '', depth + 1),
    );
  }
  return null;
}

function toPattern(english: string): RegExp {
  const [first = '', ...others] = english.split('{}').map(escapePattern);
  const rest = others.map((piece, i) => {
    const isAtEdge = (i === 0 && first === '') || (i === others.length - 1 && piece === '');
    return (isAtEdge ? ANYTHING : WITHIN) + piece;
  });
  return new RegExp(`^${first}${rest.join('')}$`, 'su');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
