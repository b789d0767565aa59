import type { Sentence } from './sentence.ts';

/** Videos, pictures and what else is opened. */
export const fileSentences: readonly Sentence[] = [
  ['{} is empty (0 bytes). Copy it again.', '{1} ist leer (0 Bytes). Noch einmal kopieren.'],
  [
    "{} can't be read as a video: it is damaged, cut off, or of a kind that browsers don't know. {}",
    '{1} lässt sich nicht als Video lesen: beschädigt, abgeschnitten, oder von einer Art, die Browser nicht kennen. {2}',
  ],
  [
    "{} is in a container that browsers can't read: {}. {}",
    '{1} hat einen Container, den Browser nicht lesen: {2}. {3}',
  ],
  [
    "{} is a raw {} stream without a container, which browsers can't read. {}",
    '{1} ist ein roher {2}-Strom ohne Container, den Browser nicht lesen. {3}',
  ],
  [
    '{} is no picture, video or keypoint file that Limn can read. {}',
    '{1} ist weder Bild noch Video noch Keypoint-Datei, die Limn lesen kann. {2}',
  ],
  [
    "{} is coded in {}, which this browser can't decode. {}",
    '{1} ist mit {2} codiert, was dieser Browser nicht decodieren kann. {3}',
  ],
  [
    '{} has neither picture nor sound: it is cut off before its index, or damaged. Copy or record it again.',
    '{1} hat weder Bild noch Ton: vor dem Index abgeschnitten oder beschädigt. Noch einmal kopieren oder aufnehmen.',
  ],
  [
    '{} has sound but no picture. Give Limn a file with a video in it.',
    '{1} hat Ton, aber kein Bild. Limn braucht eine Datei mit einem Video.',
  ],
  ['a codec that Limn has no name for', 'einem Codec, für den Limn keinen Namen hat'],
  [
    '{} is encrypted, and Limn has no key to it. Give it a file without copy protection.',
    '{1} ist verschlüsselt, und Limn hat keinen Schlüssel. Eine Datei ohne Kopierschutz verwenden.',
  ],
  [
    'To convert a video: ffmpeg -i "{}" -c:v libx264 -pix_fmt yuv420p "{}-h264.mp4"',
    'Ein Video umwandeln: ffmpeg -i "{1}" -c:v libx264 -pix_fmt yuv420p "{2}-h264.mp4"',
  ],
  [
    "{} can't be decoded at this place: it is damaged or cut off there.",
    '{1} lässt sich an dieser Stelle nicht decodieren: Die Datei ist dort beschädigt oder abgeschnitten.',
  ],
  [
    '{} can’t be decoded at this place: it is damaged or cut off there.',
    '{1} lässt sich an dieser Stelle nicht decodieren: Die Datei ist dort beschädigt oder abgeschnitten.',
  ],
  ['{} has no frame that can be decoded: {}.', '{1} hat kein Bild, das sich decodieren lässt: {2}.'],
  [
    '{} is cut off: its file ends before its picture does. Copy it again.',
    '{1} ist abgeschnitten: Die Datei endet vor dem Bild. Noch einmal kopieren.',
  ],
  [
    "{} can't be read any more: it was moved, changed or taken away. Open it again.",
    '{1} ist nicht mehr lesbar: verschoben, geändert oder entfernt. Noch einmal öffnen.',
  ],
  [
    "{} can't be read: it was moved, changed or taken away, or this browser may not read it. Open it again.",
    '{1} ist nicht lesbar: verschoben, geändert oder entfernt, oder dieser Browser darf es nicht lesen. Noch einmal öffnen.',
  ],
  [
    '{} has {} × {} pixels, more than a browser can hold. Make it smaller than {} megapixels.',
    '{1} hat {2} × {3} Pixel, mehr als ein Browser fasst. Auf weniger als {4} Megapixel verkleinern.',
  ],
  ["{} is {}, which this browser can't read. {}", '{1} ist {2}, was dieser Browser nicht lesen kann. {3}'],
  [
    "{} is damaged: its picture can't be decoded. Copy or export it again.",
    '{1} ist beschädigt: Das Bild lässt sich nicht decodieren. Noch einmal kopieren oder exportieren.',
  ],
  [
    "{} is damaged: its frame {} can't be decoded.",
    '{1} ist beschädigt: Bild {2} lässt sich nicht decodieren.',
  ],
  [
    'Save it as JPEG: Preview and Photos do that on a Mac, Photos on Windows; an iPhone takes JPEG from the start with Settings › Camera › Formats › Most Compatible. Safari reads HEIC.',
    'Als JPEG speichern: auf dem Mac mit Vorschau oder Fotos, unter Windows mit Fotos; ein iPhone nimmt JPEG auf mit Einstellungen › Kamera › Formate › Maximale Kompatibilität. Safari liest HEIC.',
  ],
  [
    'Open it in the program that it is from, and save it as JPEG or PNG.',
    'Im ursprünglichen Programm öffnen und als JPEG oder PNG speichern.',
  ],
  [
    'Of keypoints, Limn reads Limn JSON, OpenPose JSON, COCO, NPZ, NPY, TRC, CSV and .pose.',
    'Limn liest Keypoints als Limn JSON, OpenPose JSON, COCO, NPZ, NPY, TRC, CSV und .pose.',
  ],
  ['Give Limn a video, pictures or keypoints.', 'Limn braucht ein Video, Bilder oder Keypoints.'],
  ['Unpack it, and drop the folder that comes out.', 'Entpacken und den entstandenen Ordner ablegen.'],
  ['a PDF document', 'ein PDF-Dokument'],
  ['of a kind that Limn doesn’t know', 'von einer Art, die Limn nicht kennt'],
  [
    '{} is {}, no picture, video or keypoint file. {}',
    '{1} ist {2}, weder Bild noch Video noch Keypoint-Datei. {3}',
  ],
  ['Save its pages as JPEG or PNG.', 'Die Seiten als JPEG oder PNG speichern.'],
  ['Left out: {}, with sound but no picture.', 'Ausgelassen: {1}, mit Ton, aber ohne Bild.'],
  [
    'Left out: {}, which the camera made as {} of its videos.',
    'Ausgelassen: {1}, von der Kamera als Vorschau ihrer Videos angelegt.',
  ],
  ['Left out as well: {}, nothing that Limn opens.', 'Ebenfalls ausgelassen: {1}, nichts, was Limn öffnet.'],
  [
    "None of the videos {} is called like {}, so that Limn can't tell which of them the keypoints are of. Drop them with their own video only.",
    'Keines der Videos {1} heißt wie {2}, darum ist nicht zu erkennen, zu welchem die Keypoints gehören. Sie nur mit ihrem eigenen Video ablegen.',
  ],
  [
    'There is nothing but files of the system in what was dropped. Give Limn a video, pictures or keypoints.',
    'Im Abgelegten sind nur Systemdateien. Limn braucht ein Video, Bilder oder Keypoints.',
  ],
  [
    'There is no file in what was dropped. Give Limn a video, pictures or keypoints.',
    'Im Abgelegten ist keine Datei. Limn braucht ein Video, Bilder oder Keypoints.',
  ],
  [
    'There is more than one recording in these files, of several cameras or videos. The first is shown; {} under Recordings.',
    'In diesen Dateien ist mehr als eine Aufnahme, von mehreren Kameras oder Videos. Die erste ist zu sehen; {1} unter Aufnahmen.',
  ],
  [
    'The keypoints reach to {} × {} pixels, beyond the video’s {} × {}: they may be of another copy of it.',
    'Die Keypoints reichen bis {1} × {2} Pixel, über die {3} × {4} des Videos hinaus: Sie sind womöglich von einer anderen Fassung.',
  ],
  [
    '{}: {} pictures, taken for a film of {} a second. Times and speeds follow from that.',
    '{1}: {2} Bilder, als Film mit {3} pro Sekunde verstanden. Zeiten und Geschwindigkeiten folgen daraus.',
  ],
  ['{} of {} pictures were left out.', '{1} von {2} Bildern wurden ausgelassen.'],
  [
    '{} moves. As one of several pictures, only its first frame was read: open it by itself to have them all.',
    '{1} bewegt sich. Als eines von mehreren Bildern wurde nur sein erstes gelesen: für alle einzeln öffnen.',
  ],
  [
    '{} isn’t the video that this recording was made from: {}. Choose {}.',
    '{1} ist nicht das Video, aus dem diese Aufnahme entstand: {2}. Bitte {3} auswählen.',
  ],
  ['it has another size', 'Es hat eine andere Größe'],
  ['what is in it differs', 'Der Inhalt ist ein anderer'],
  [
    'The recording is of {}. Limn can’t tell whether {} is the same video.',
    'Die Aufnahme ist von {1}. Ob {2} dasselbe Video ist, lässt sich nicht sagen.',
  ],
  [
    '{} isn’t the video of this recording: {} has another shape or length.',
    '{1} ist nicht das Video dieser Aufnahme: {2} hat andere Form oder Länge.',
  ],
];
