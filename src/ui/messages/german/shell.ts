import type { shellMessages as english } from '../english/shell.ts';
import { formatNumber, formatShort } from '../format.ts';
import type { Spoken } from '../spoken.ts';

/** What the parts of the page around picture and room say, in German. */
export const shellMessages: Spoken<typeof english> = {
  name: 'Limn',
  pageTitle: 'Limn – Bewegungen im Browser erfassen',
  fileMenu: 'Datei',
  new: 'Neu',
  openVideo: 'Video oder Foto …',
  modesLabel: 'Modus',
  modes: {
    look: 'Ansehen',
    measure: 'Messen',
    correct: 'Korrigieren',
    clean: 'Bereinigen',
    compare: 'Vergleichen',
  },
  modeHints: {
    look: 'Wie Personen erfasst und gezeigt werden',
    measure: 'Gelenkwinkel, Abstände und Zeiten',
    correct: 'Gelenke und Personen von Hand korrigieren (G)',
    clean: 'Glätten, Lücken füllen, 3D schätzen, auf den Boden stellen',
    compare: 'Mit einer anderen Aufnahme vergleichen',
  },
  inspector: 'Werkzeuge',
  closeInspector: 'Werkzeuge ausblenden',
  splitter: 'Breite des Bildes',
  splitterHint: 'Ziehen ändert die Breite; Doppelklick: automatisch',
  swapViews: 'Bild und 3D-Ansicht tauschen',
  addPlotMenu: 'Kurve',
  dock: 'Zeit',
  dockGrip: 'Höhe der Zeitleiste',
  noCorrections: 'Noch ist nichts korrigiert.',
  recent: 'Letzte Aufnahmen',
  dropZone: 'Video, Fotos oder Posen-Dateien hier ablegen',
  interrupted: 'Unterbrochen',
  interruptedAt: (frames, total) => `${frames} von ${total} Bildern`,
  videoMissing: 'Das Video selbst ist nicht gespeichert.',
  chooseVideo: (name) => `${name} auswählen`,
  frameOf: (frame, total, rate) =>
    `Bild ${frame}${total === null ? '' : ` / ${total}`}${rate === null ? '' : ` · ${formatShort(rate, 2)} fps`}`,
  save: 'Speichern',
  runsHere: 'Läuft ganz im Browser. Nichts wird hochgeladen.',
  ratesShown: (tracked, shown) => `${formatNumber(tracked)} fps erfasst · ${formatNumber(shown)} gezeigt`,
  perFrameOf: (median, p95) =>
    `${formatNumber(median, 1)} ms pro Bild · 95. Perzentil ${formatNumber(p95, 1)} ms`,
  dropped: (count) => `${count} ausgelassen`,
  outgoing: 'ausgehende Anfragen',
  angleNames: {
    'left-knee': 'Knie links',
    'right-knee': 'Knie rechts',
    'left-hip': 'Hüfte links',
    'right-hip': 'Hüfte rechts',
    'left-elbow': 'Ellbogen links',
    'right-elbow': 'Ellbogen rechts',
    'left-shoulder': 'Schulter links',
    'right-shoulder': 'Schulter rechts',
    'left-ankle': 'Knöchel links',
    'right-ankle': 'Knöchel rechts',
    neck: 'Hals',
  },
};
