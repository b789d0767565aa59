import type { correctMessages as english } from '../../english/modes/correct.ts';
import type { Spoken } from '../../spoken.ts';

/** What is said where joints and people are corrected, in German. */
export const correctMessages: Spoken<typeof english> = {
  pictureZoom: 'Zoom des Bildes',
  zoomPictureIn: 'Bild vergrößern (+, Mausrad)',
  zoomPictureOut: 'Bild verkleinern (−, Mausrad)',
  wholePicture: 'Ganzes Bild (Doppelklick)',
  percent: (factor) => `${Math.round(factor * 100)} %`,
  correctedPerson: 'Person',
  jointList: 'Gelenke',
  jointHint: 'Im Bild zeigen. Pfeiltasten verschieben es dann um ein Pixel, mit Umschalt um zehn.',
  jointMissing: 'fehlt',
  jointEdited: 'bearbeitet',
  range: 'Bereich',
  setIn: 'Anfang setzen',
  setOut: 'Ende setzen',
  clearRange: 'Bereich aufheben',
  wholeRange: 'Änderungen an Personen gelten für die ganze Aufnahme.',
  rangeIs: (from, to) => `Änderungen an Personen gelten von ${from} bis ${to}.`,
  mergeWith: 'Vereinen mit …',
  mergeHint: 'Aus zwei Personen wird eine. In Bildern mit beiden bleiben beide.',
  splitHere: 'Hier trennen',
  splitHint: 'Von diesem Bild an ist es eine andere Person.',
  gap: 'Lücke',
  history: 'Verlauf',
  beginning: 'Wie erfasst',
  editWords: {
    move: (joint, who, time) => `${joint} von ${who} verschoben · ${time}`,
    'swap-sides': (who) => `Links und rechts von ${who} getauscht`,
    'swap-people': (who, other) => `${who} und ${other} getauscht`,
    'merge-people': (who, other) => `${other} mit ${who} vereint`,
    'split-person': (who, other) => `${other} von ${who} getrennt`,
    'delete-person': (who) => `${who} gelöscht`,
    fill: (what, who) => `${what} von ${who} gefüllt`,
    'set-marks': (labels, put, removed) =>
      put === 0
        ? `${removed === 1 ? 'Eine Marke' : `${removed} Marken`} entfernt`
        : put > 3
          ? `${put} Marken gesetzt`
          : `Markiert: ${labels}`,
    'name-person': (number, name) =>
      name === '' ? `Name von ${number} entfernt` : `${number} heißt ${name}`,
    process: (steps) => `Bereinigen: ${steps}`,
  },
  missingJoints: 'Fehlendes',
  stepNames: {
    'fill-gaps': 'Lücken füllen',
    smooth: 'Glätten',
    'reject-outliers': 'Ausreißer entfernen',
    resample: 'Bildrate',
    'constant-bones': 'Feste Knochenlängen',
    'foot-lock': 'Füße fixieren',
    convert: 'Andere Keypoints',
    mirror: 'Spiegeln',
    trim: 'Zuschneiden',
    person: 'Eine Person',
    place: 'Auf den Boden stellen',
    lift: '3D schätzen',
  },
  inRange: (words, from, to) => `${words} · ${from}–${to}`,
};
