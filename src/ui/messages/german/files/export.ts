import type { exportMessages as english } from '../../english/files/export.ts';
import { formatShort } from '../../format.ts';
import type { Spoken } from '../../spoken.ts';

/** What the export sheet says, in German. */
export const exportMessages: Spoken<typeof english> = {
  kindsLabel: 'Was exportiert wird',
  kinds: {
    film: 'Film',
    data: 'Daten',
    animation: 'Animation',
    pictures: 'Bilder',
    everything: 'Alles',
  },
  exportMany: (count) => `${count} Aufnahmen exportieren`,
  counted: (recordings, formats) => {
    const files = recordings * formats;
    if (files === 0) return 'Noch ist kein Format gewählt.';
    if (recordings === 1) return files === 1 ? '1 Datei in einem ZIP' : `${files} Dateien in einem ZIP`;
    return `${recordings} Aufnahmen in ${formats === 1 ? 'einem Format' : `${formats} Formaten`}: ${files} Dateien`;
  },
  countedHint: 'Jede Aufnahme bekommt einen Ordner. Was nicht möglich ist, fehlt und wird genannt.',
  zipName: 'limn-aufnahmen',
  toFolder: 'In Ordner speichern …',
  savedFiles: (count, name, size) =>
    count === 1
      ? `1 Datei in ${name} gespeichert (${size})`
      : `${count} Dateien in ${name} gespeichert (${size})`,
  formatsLabel: 'Format',
  formats: {
    mp4: ['MP4', 'Läuft überall'],
    webm: ['WebM', 'Fürs Web; kann transparent sein'],
    png: ['PNG', 'Jedes Bild einzeln, in einem ZIP'],
    csv: ['CSV, eine Zeile pro Bild', 'Excel, R, Python'],
    'csv-long': ['CSV, eine Zeile pro Keypoint', 'pandas, ggplot'],
    'angles-csv': ['Gelenkwinkel (CSV)', 'Grad im Zeitverlauf'],
    'motion-csv': ['Bewegungsübersicht (CSV)', 'Bewegungsumfänge und Tempo'],
    'limn-json': ['Limn JSON', 'Alles; lässt sich hier wieder öffnen'],
    'openpose-json': ['OpenPose JSON', 'Eine Datei pro Bild, in einem ZIP'],
    'openpose-jsonl': ['OpenPose JSON Lines', 'Alle Bilder in einer Datei'],
    coco: ['COCO-Ergebnisse', 'Das Gefundene, zur Auswertung'],
    'coco-annotations': ['COCO-Annotationen', 'Zum Trainieren'],
    npz: ['NumPy (NPZ)', 'Felder für Python'],
    'detectron-npz': ['VideoPose3D-Eingabe (NPZ)', 'Wie Detectron sie schreibt'],
    'viz-npy': ['Bewegungsvideo-Eingabe (NPY)', 'Wie VideoPose3D sie zeichnet'],
    c3d: ['C3D', 'Mokka, Visual3D, Biomechanik'],
    trc: ['TRC', 'OpenSim'],
    pose: ['.pose', 'Werkzeuge für Gebärdensprache'],
    vtt: ['WebVTT', 'Wer zu sehen ist, als Untertitel'],
    bvh: ['BVH', 'Blender, MotionBuilder, Unity'],
    glb: ['GLB', 'Blender, three.js, Spiele-Engines'],
  },
  who: 'Wer',
  everybody: 'Alle',
  range: 'Bereich',
  whole: 'Alles',
  rangeOf: (from, to) => `${from} – ${to}`,
  noRange: 'Umschalt-Ziehen in der Zeitleiste wählt einen Bereich.',
  fileName: 'Dateiname',
  preview: 'Vorschau',
  reading: 'Wird angesehen …',
  bytesOnly: 'Diese Datei können nur Programme lesen.',
  rig: (people, joints, frames, rate) =>
    `${people === 1 ? 'Ein Skelett' : `${people} Skelette`} mit ${joints} Gelenken, ${frames} Bilder${rate === null ? '' : ` mit ${formatShort(rate, 2)} fps`}.`,
  rigHint: 'Knochen behalten ihre Länge. Für Füße auf dem Boden zuerst „Bereinigen“.',
  rigNames: 'Gelenknamen',
  rigNameChoices: {
    plain: 'Einfach (Hips, LeftArm)',
    mixamo: 'Mixamo',
    vrm: 'VRM 1.0',
    rigify: 'Rigify',
  },
  restPose: 'Ruhepose',
  restPoseChoices: { 't-pose': 'T-Pose', first: 'Erstes Bild' },
  glbUnits: 'GLB ist immer in Metern mit y nach oben. Für exakte Gelenknamen eine Person exportieren.',
  framePreview: 'Ein Bild, wie die Datei es zeigen wird',
  about: (size) => `Etwa ${size}`,
  saved: (name, size) => `${name} gespeichert (${size})`,
  notSaved: 'Nicht gespeichert: Kein Ort wurde gewählt.',
  repeat: 'Wiederholen mit Strg+E',
};
