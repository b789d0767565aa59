import type {
  libraryMessages as english,
  describeState as englishState,
} from '../../english/files/library.ts';
import type { Spoken } from '../../spoken.ts';

/** What the library says, in German. */
export const libraryMessages: Spoken<typeof english> = {
  title: 'Aufnahmen',
  search: 'Aufnahmen durchsuchen',
  searchHint: 'Suchen',
  selectAll: 'Alle auswählen',
  selectNone: 'Keine auswählen',
  select: (name) => `${name} auswählen`,
  selected: (count) => `${count} ausgewählt`,
  exportSelected: (count) => `${count} exportieren …`,
  deleteSelected: (count) => `${count} löschen`,
  noneFound: (text) => `Keine Aufnahme heißt „${text}“.`,
  takenOff: (name) => `${name} aus der Warteschlange entfernt`,
  deleted: (name, count) => (count === 1 ? `${name} gelöscht` : `${count} Aufnahmen gelöscht`),
  undo: 'Rückgängig',
  unreadable: 'Nicht lesbar',
  all: 'Alle Aufnahmen …',
};

/** How far the making of a recording got, in German. */
export const describeState: typeof englishState = ({ info, frames }) => {
  if (!info) return libraryMessages.unreadable;
  const { state, total } = info;
  switch (state) {
    case 'running':
    case 'cancelled':
      return total > 0
        ? `Angehalten bei Bild ${frames} von ${total}`
        : `Angehalten nach ${frames === 1 ? '1 Bild' : `${frames} Bildern`}`;
    case 'broken':
      return `Bricht nach ${frames === 1 ? '1 Bild' : `${frames} Bildern`} ab`;
    case 'live':
    case 'finished':
      return frames === 1 ? '1 Bild' : `${frames} Bilder`;
  }
};
