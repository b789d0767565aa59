import type { Sentence } from './sentence.ts';

/** Files that are written. */
export const exportSentences: readonly Sentence[] = [
  ['There is nothing to be written yet.', 'Noch ist nichts zu schreiben.'],
  ['Left out: {}.', 'Ausgelassen: {1}.'],
  ['Left out: {} files, the first of them {}.', 'Ausgelassen: {1} Dateien, die erste davon {2}.'],
  ['{} is not whole: {}. The film ends there.', '{1} ist unvollständig: {2}. Der Film endet dort.'],
  [
    'MP4 can’t be transparent. Choose WebM or PNG, or another background.',
    'MP4 kann nicht transparent sein. WebM oder PNG wählen, oder einen anderen Hintergrund.',
  ],
  [
    'The recording has no person masks, by which people are told from the background. Track it again with “Person mask” (options.masks), or leave the background as it is.',
    'Die Aufnahme hat keine Personenmasken, die Personen vom Hintergrund trennen. Mit „Personenmaske“ neu erfassen, oder den Hintergrund lassen, wie er ist.',
  ],
  [
    'Faces are covered where the tracker found people, and for a moment around that. It may have missed somebody, and voices stay: look through the film before you share it.',
    'Gesichter sind verdeckt, wo Personen gefunden wurden, und kurz davor und danach. Jemand kann fehlen, und Stimmen bleiben: den Film vor dem Weitergeben durchsehen.',
  ],
  [
    'The film is {}×{}: larger ones, this browser can’t encode in this format.',
    'Der Film hat {1}×{2}: Größere kann dieser Browser in diesem Format nicht codieren.',
  ],
  [
    'This browser can’t encode transparent WebM (VP9 or VP8). Choose PNG, or another background.',
    'Dieser Browser kann transparentes WebM (VP9 oder VP8) nicht codieren. PNG wählen, oder einen anderen Hintergrund.',
  ],
  [
    "This browser can't encode {}. Choose {}.",
    'Dieser Browser kann {1} nicht codieren. Stattdessen {2} wählen.',
  ],
];
