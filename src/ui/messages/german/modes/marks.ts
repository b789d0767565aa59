import type { markMessages as english, markNames as englishNames } from '../../english/modes/marks.ts';
import type { Spoken } from '../../spoken.ts';

const KINDS = { 'foot-strike': 'Fußaufsatz', 'toe-off': 'Zehenablösung' } as const;
const SIDES = { left: 'links', right: 'rechts' } as const;

/** How marks are called that are made by themselves, in German. */
export const markNames: Spoken<typeof englishNames> = {
  mark: (number) => `Marke ${number}`,
  found: ({ kind, side }, number) =>
    kind === 'foot-strike' || kind === 'toe-off'
      ? `${KINDS[kind]}${side ? ` ${SIDES[side]}` : ''}`
      : `Wiederholung ${number}`,
};

/** What the page says of marks, in German. */
export const markMessages: Spoken<typeof english> = {
  marks: 'Marken',
  setMark: 'Marke setzen',
  setMarkHint: 'Dem gezeigten Moment einen Namen geben (M)',
  previousMark: 'Vorige Marke (,)',
  nextMark: 'Nächste Marke (.)',
  noMarks: 'M markiert den gezeigten Moment.',
  markName: ({ label }) => `Name von ${label}`,
  goToMark: ({ label }, time) => `Zu ${label} gehen, ${time}`,
  moveMarkHere: ({ label }) => `${label} zum gezeigten Moment verschieben`,
  deleteMark: ({ label }) => `${label} löschen`,
  findEvents: 'Ereignisse finden …',
  findSteps: 'Fußaufsatz und Zehenablösung',
  findRepetitions: (angle) => `Wiederholungen: ${angle}`,
  foundMarks: (count) => (count === 1 ? '1 Ereignis gefunden.' : `${count} Ereignisse gefunden.`),
  foundNoMarks: 'Nichts Neues gefunden.',
  saveMarks: 'CSV',
  saveMarksHint: 'Marken als Tabelle speichern',
  clearFound: 'Alle gefundenen löschen',
};
