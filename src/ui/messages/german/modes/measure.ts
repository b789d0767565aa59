import type { measureMessages as english } from '../../english/modes/measure.ts';
import type { Spoken } from '../../spoken.ts';

/** What the measuring tools say, in German. */
export const measureMessages: Spoken<typeof english> = {
  jointAngles: 'Gelenkwinkel',
  measuredPerson: 'Person',
  now: 'jetzt',
  minimum: 'min',
  maximum: 'max',
  rangeOfMotion: 'ROM',
  rangeOfMotionLong: 'Bewegungsumfang',
  frameNumber: (index) => `Bild ${index + 1}`,
  wholeRecording: 'Minimum, Maximum und Bewegungsumfang (ROM) gelten für die ganze Aufnahme.',
  ofRange: (from, to) => `Minimum, Maximum und Bewegungsumfang (ROM) gelten von ${from} bis ${to}.`,
  angleHint: 'Auf dem Bild und als Kurve zeigen',
  exportAngles: 'CSV',
  exportAnglesHint: 'Winkel aller Bilder als Tabelle speichern',
  exportFilm: 'Film',
  exportFilmHint: 'Das Video mit Skeletten und allem, was darauf gemessen ist, speichern',
  ruler: 'Lineal',
  measureKinds: { distance: 'Abstand', angle: 'Winkel' },
  measureHints: {
    distance: 'Zwei Punkte auf dem Bild anklicken.',
    angle: 'Drei Punkte auf dem Bild anklicken. Der Winkel liegt am zweiten.',
  },
  removeMeasure: (label) => `${label} entfernen`,
  knownLength: 'Länge (m)',
  knownLengthHint: 'Ist die Länge dieser Linie bekannt, wird sie zum Maßstab für alle Abstände.',
  scaleIs: (pixels) =>
    `1 m = ${pixels} px. Das gilt nur in der Ebene der Linie oder Person, deren Länge angegeben wurde.`,
  heightOf: (name) => `Größe von ${name} (m)`,
  heightHint:
    'Als Maßstab für alle Strecken. Ein Bild wählen, in dem die Person gerade steht, seitlich oder von vorn.',
  heightUnseen: 'Rumpf, Ober- und Unterschenkel müssen zu sehen sein. Ein anderes Bild wählen.',
  saveMeasures: 'CSV',
  saveMeasuresHint: 'Gemessenes als Tabelle speichern',
  plots: 'Kurven',
  savePlotsHint: 'Kurven als Bild speichern',
  plotTime: 'Zeit (min:s)',
  noPlotCanvas:
    'Dieser Browser bietet keine Zeichenfläche für die Kurven. Sie lassen sich als SVG speichern.',
  noPlots: 'Ein Klick auf einen Winkel zeigt seine Kurve.',
  onPicture: 'Auf dem Bild',
  arcs: 'Winkelbögen',
  jointNames: {
    knee: 'Knie',
    hip: 'Hüfte',
    elbow: 'Ellbogen',
    shoulder: 'Schulter',
    ankle: 'Knöchel',
    neck: 'Hals',
  },
  sideNames: { left: 'Links', right: 'Rechts', middle: '' },
  sideLetters: { left: 'L', right: 'R', middle: '' },
  romOf: (span) => `ROM ${span}`,
  laneOf: (name, person) => `${name} · ${person}`,
};
