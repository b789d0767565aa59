import type { lookMessages as english } from '../../english/modes/look.ts';
import type { Spoken } from '../../spoken.ts';

/** What the Look mode says, in German. */
export const lookMessages: Spoken<typeof english> = {
  peopleHere: 'Personen',
  nameOfPerson: (name) => `Name von ${name}`,
  renameHint: 'Namen eingeben; leer gilt die Nummer',
  seenIn: (percent) => `In ${percent} der Bilder`,
  hidePerson: (name) => `${name} ausblenden`,
  onlyPerson: (name) => `Nur ${name} zeigen`,
  roomFollows: (name) => `Die 3‑D‑Ansicht folgt ${name}`,
};
