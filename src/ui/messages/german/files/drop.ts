import type { dropMessages as english } from '../../english/files/drop.ts';
import type { Spoken } from '../../spoken.ts';

/** What is said of a drop that can't be read, in German. */
export const dropMessages: Spoken<typeof english> = {
  noFileIn: (folders) => `In ${folders} ist keine Datei. Limn braucht ein Video, Bilder oder Keypoints.`,
  noFileDropped:
    'Im Abgelegten ist keine Datei. Sie muss zuerst auf diesem Gerät gespeichert und dann abgelegt werden.',
  onlyFirstFiles: (maximum) => `Nur die ersten ${maximum} abgelegten Dateien wurden angesehen.`,
  unreadFiles: (names) =>
    `Nicht lesbar: ${names}. Verschoben, entfernt, oder dieser Browser darf es nicht lesen.`,
  droppedAddress:
    'Das ist eine Adresse, keine Datei, und Limn lädt von selbst nichts herunter. Das Video oder Bild zuerst auf diesem Gerät speichern und dann die Datei ablegen.',
  droppedText: 'Das ist Text, keine Datei. Limn braucht ein Video, Bilder oder Keypoints.',
};
