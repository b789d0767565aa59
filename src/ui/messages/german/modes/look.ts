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
  trackWith: 'Erfassen mit …',
  retrackWith: 'Neu erfassen mit …',
  quality: 'Qualität',
  qualities: { fast: 'Schnell', balanced: 'Ausgewogen', best: 'Beste' },
  otherNetwork: (label) => `${label} erfasst, wie unter „Erweitert“ gewählt.`,
  everybodyWanted: 'Alle',
  inRoom: 'In der 3‑D‑Ansicht',
  skeleton: 'Skelette',
  namesShown: 'Namen',
  leastConfidence: 'Konfidenz ≥',
  settingsChanged: 'Einstellungen geändert.',
  crowdMissed: 'In diesem Video sind weitere Personen.',
  trackEverybody: 'Alle erfassen',
  nobodyFound: 'Keine Person gefunden.',
  noHandsFound: 'Keine Hände gefunden.',
  remedies: { quality: 'Beste Qualität versuchen', threshold: 'Schwelle senken' },
};
