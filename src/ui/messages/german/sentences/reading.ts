import type { Sentence } from './sentence.ts';

/** Files of keypoints, and ZIPs. */
export const readingSentences: readonly Sentence[] = [
  [
    '{} is not valid JSON ({}). It may be cut off: copy it again.',
    '{1} ist kein gültiges JSON ({2}). Womöglich ist es abgeschnitten: noch einmal kopieren.',
  ],
  [
    '{} is not valid JSON ({}). It may be cut off or damaged: copy it again.',
    '{1} ist kein gültiges JSON ({2}). Womöglich ist es abgeschnitten oder beschädigt: noch einmal kopieren.',
  ],
  ['it ends in the middle', 'es endet mittendrin'],
  ['byte {} fits nowhere', 'Byte {1} passt nirgends'],
  ['{} holds no keypoints that Limn can read. {}', '{1} enthält keine Keypoints, die Limn lesen kann. {2}'],
  [
    'Pictures and videos are not read out of ZIPs: unpack {}, and drop them.',
    'Bilder und Videos werden nicht aus ZIPs gelesen: {1} entpacken und sie ablegen.',
  ],
  ['{} holds {}, which Limn doesn’t read. {}', '{1} enthält {2}, was Limn nicht liest. {3}'],
  [
    'Left out, for no keypoints that Limn can read are in it: {}{}.',
    'Ausgelassen, weil keine Keypoints darin sind, die Limn lesen kann: {1}{2}.',
  ],
  [' and {} more', ' und {1} weitere'],
  ['{} unpacks to over 1 GB.', '{1} wird entpackt größer als 1 GB.'],
  [
    "{} is a damaged ZIP: it can't be unpacked. Copy it, or download or export it, again.",
    '{1} ist ein beschädigtes ZIP und lässt sich nicht entpacken. Noch einmal kopieren, herunterladen oder exportieren.',
  ],
  [
    '{} is protected with a password: unpack it, and open the files that were in it.',
    '{1} ist mit einem Passwort geschützt: entpacken und die Dateien darin öffnen.',
  ],
  [
    "{} is packed with {}, which Limn can't unpack: unpack it, and open the files that were in it.",
    '{1} ist mit {2} gepackt, was Limn nicht entpacken kann: entpacken und die Dateien darin öffnen.',
  ],
  ["{} is not COCO's keypoints, at {}: {}.", '{1} hat nicht die Keypoints von COCO, bei {2}: {3}.'],
  ['it is no list', 'es ist keine Liste'],
  ['these are no numbers', 'das sind keine Zahlen'],
  [
    'Nobody has keypoints in the file: its entries are boxes or outlines only.',
    'Niemand in der Datei hat Keypoints: Sie enthält nur Rahmen oder Umrisse.',
  ],
  ['Of the keypoints of {}, {} are left out.', 'Von den Keypoints aus {1} fehlen {2}.'],
  [
    'Coordinates are shares of the pictures’ sizes: they were brought to their pixels.',
    'Koordinaten sind Anteile der Bildgröße: Sie wurden in Pixel umgerechnet.',
  ],
  [
    '{} images are taken for single pictures, a second each: neither names nor ids show them to be frames of a video.',
    '{1} Bilder gelten als einzelne Fotos, je eine Sekunde: Weder Namen noch Ids weisen sie als Bilder eines Videos aus.',
  ],
  [
    'Images are numbered from 1: number 1 is taken for the first frame of the video.',
    'Bilder sind ab 1 nummeriert: Nummer 1 gilt als erstes Bild des Videos.',
  ],
  [
    'The {} files are taken for single pictures, a second each, for their names have no numbers of frames of one video.',
    'Die {1} Dateien gelten als einzelne Fotos, je eine Sekunde, denn ihre Namen enthalten keine Bildnummern eines Videos.',
  ],
  ['{} is not OpenPose JSON, at {}: {}.', '{1} ist kein OpenPose JSON, bei {2}: {3}.'],
  ['it has no "people"', 'es hat kein "people"'],
  ['Animals are left out: Limn knows people only.', 'Tiere sind ausgelassen: Limn kennt nur Menschen.'],
  [
    'People of whom there is only a face are left out: Limn needs a body or a hand.',
    'Personen, von denen es nur ein Gesicht gibt, sind ausgelassen: Limn braucht Körper oder Hand.',
  ],
  ['{}: they are numbered as they come.', '{1}: Sie werden der Reihe nach nummeriert.'],
  [
    'The files’ names have no usable numbers of frames in them',
    'Die Dateinamen enthalten keine brauchbaren Bildnummern',
  ],
  ['{} is not a Limn recording of version {}{}: {}.', '{1} ist keine Limn-Aufnahme der Version {2}{3}: {4}.'],
  ['{} has {} keypoints. Limn knows {}.', '{1} hat {2} Keypoints. Limn kennt {3}.'],
  ['{} has no frames: it may be cut off.', '{1} hat keine Bilder: womöglich abgeschnitten.'],
  [
    'Keypoints have no scores: those that are there have 1, and 0, 0 stands for a missing one.',
    'Keypoints haben keine Werte: Vorhandene bekommen 1, und 0, 0 steht für einen fehlenden.',
  ],
  ['Scores go up to {}: those over 1 count as 1.', 'Werte reichen bis {1}: Solche über 1 zählen als 1.'],
  ['Places are taken for {}.', 'Orte gelten als {1}.'],
  ['Markers that are left out: {}.', 'Ausgelassene Marker: {1}.'],
  [
    '{} is cut off or damaged: its length is not the one that it states.',
    '{1} ist abgeschnitten oder beschädigt: Die Länge ist nicht die angegebene.',
  ],
  [
    '{} holds no keypoints: nobody was found when it was made.',
    '{1} enthält keine Keypoints: Beim Erstellen wurde niemand gefunden.',
  ],
  [
    '{} left out: the video, of {} frames, has none of its own for {}.',
    '{1} ausgelassen: Das Video mit {2} Bildern hat dafür keines.',
  ],
  ['{} frames of the keypoints are', '{1} Bilder der Keypoints sind'],
  ['One frame of the keypoints is', 'Ein Bild der Keypoints ist'],
  ['Beside the video, the picture’s size is {} × {}.', 'Neben dem Video ist das Bild {1} × {2} groß.'],
  [
    'The keypoints are of a picture of {} pixels: they were scaled to the video’s {} × {}.',
    'Die Keypoints sind von einem Bild mit {1} Pixeln: Sie wurden auf die {2} × {3} des Videos skaliert.',
  ],
];
