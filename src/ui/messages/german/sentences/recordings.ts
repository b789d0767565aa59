import type { Sentence } from './sentence.ts';

/** Recordings on this device, and the queue of videos. */
export const recordingSentences: readonly Sentence[] = [
  [
    'The page was closed while a camera was tracked: {} s of it are kept under Recordings.',
    'Die Seite wurde geschlossen, während eine Kamera erfasst wurde: {1} s davon liegen unter Aufnahmen.',
  ],
  [
    '{} was tracked up to frame {} of {} when the page was closed{}. Open the same file to go on from there.',
    '{1} war bis Bild {2} von {3} erfasst, als die Seite geschlossen wurde{4}. Dieselbe Datei öffnen, um dort weiterzumachen.',
  ],
  [' (and {} more under Recordings)', ' (und {1} weitere unter Aufnahmen)'],
  [
    '{} is what is shown already. Choose another video.',
    '{1} ist schon zu sehen. Ein anderes Video auswählen.',
  ],
  ['This recording can’t be deleted: {}', 'Diese Aufnahme lässt sich nicht löschen: {1}'],
  [
    'it is what the camera gives. Begin something else first.',
    'Sie ist, was die Kamera liefert. Zuerst etwas anderes beginnen.',
  ],
  ['it is being opened.', 'Sie wird gerade geöffnet.'],
  [
    'the one on the stage is compared with it. End the comparison first.',
    'Die gezeigte wird mit ihr verglichen. Zuerst den Vergleich beenden.',
  ],
  [
    'it is being written to a file. Cancel that first, or wait until it is done.',
    'Sie wird gerade exportiert. Zuerst abbrechen, oder warten, bis es fertig ist.',
  ],
  ['its video is being tracked. Stop that first.', 'Ihr Video wird gerade erfasst. Zuerst anhalten.'],
  ['it is being kept. Wait until that is done.', 'Sie wird gerade gespeichert. Warten, bis es fertig ist.'],
  [
    '{} is not whole: {}. What is before that is tracked and kept.',
    '{1} ist unvollständig: {2}. Was davor liegt, ist erfasst und gespeichert.',
  ],
  ['{} is not whole: {}.', '{1} ist unvollständig: {2}.'],
  ['the file is damaged or breaks off', 'die Datei ist beschädigt oder bricht ab'],
  ['the file breaks off', 'die Datei bricht ab'],
  ['{} after {} seconds', '{1} nach {2} Sekunden'],
  ['The recording was closed.', 'Die Aufnahme wurde geschlossen.'],
  ['The recording can’t be corrected here. {}', 'Die Aufnahme lässt sich hier nicht korrigieren. {1}'],
  ['It is in use in another tab of Limn.', 'Sie ist in einem anderen Tab von Limn in Gebrauch.'],
  [
    'It is being tracked in another tab of Limn, since {}.',
    'Sie wird in einem anderen Tab von Limn erfasst, seit {1}.',
  ],
  [
    'It is open in another tab of Limn, since {}.',
    'Sie ist in einem anderen Tab von Limn geöffnet, seit {1}.',
  ],
  [
    '{} can only be looked at here, as it was when you opened it. {} To correct it, or to have what came since, close it there and open it here again.',
    '{1} lässt sich hier nur ansehen, wie beim Öffnen. {2} Zum Korrigieren, oder um das Spätere zu haben, dort schließen und hier noch einmal öffnen.',
  ],
  [
    'The recording is not there any more: it was deleted.',
    'Die Aufnahme ist nicht mehr da: Sie wurde gelöscht.',
  ],
  [
    'It is no recording of Limn, or its beginning is damaged.',
    'Es ist keine Aufnahme von Limn, oder ihr Anfang ist beschädigt.',
  ],
  [
    'A part of the recording is damaged on the disk: its frames are left out. Track the video again to have them.',
    'Ein Teil der Aufnahme ist auf der Platte beschädigt: Seine Bilder fehlen. Das Video neu erfassen, um sie zu haben.',
  ],
  [
    '{}: recordings are kept in memory, and are gone when the page is closed. Export what you want to keep.',
    '{1}: Aufnahmen liegen im Arbeitsspeicher und sind weg, wenn die Seite geschlossen wird. Was bleiben soll, exportieren.',
  ],
  [
    'This browser can’t write files in place',
    'Dieser Browser kann Dateien nicht an Ort und Stelle schreiben',
  ],
  [
    'This browser gives the page no storage for files',
    'Dieser Browser gibt der Seite keinen Speicher für Dateien',
  ],
  ['The storage of this page is full', 'Der Speicher dieser Seite ist voll'],
  [
    '{}: the analysis goes on in memory. Export it before you close the page{}.',
    '{1}: Die Erfassung geht im Arbeitsspeicher weiter. Vor dem Schließen der Seite exportieren{2}.',
  ],
  [', or delete old recordings', ', oder alte Aufnahmen löschen'],
  ['The disk can’t be written to ({})', 'Auf die Platte lässt sich nicht schreiben ({1})'],
  [
    '{} Look at it under Recordings, or track it again here.',
    '{1} Unter Aufnahmen ansehen, oder hier neu erfassen.',
  ],
  ['The analysis {}: {} of {} frames are tracked.', 'Die Erfassung {1}: {2} von {3} Bildern sind erfasst.'],
  ['was ended before its time', 'wurde vorzeitig beendet'],
];
