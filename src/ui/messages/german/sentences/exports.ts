import type { Sentence } from './sentence.ts';

/** Files that are written. */
export const exportSentences: readonly Sentence[] = [
  [
    'A skeleton is posed by hips and shoulders, and nobody in this recording has them in 3-D. Choose C3D or TRC, which hold each keypoint by itself.',
    'Ein Skelett wird nach Hüften und Schultern gestellt, und niemand in dieser Aufnahme hat sie in 3D. C3D oder TRC wählen, die jeden Keypoint für sich enthalten.',
  ],
  [
    'This format holds people in space, and this recording has no keypoints in 3-D. Track with a model that gives them (MediaPipe Pose), or choose a format for 2-D.',
    'Dieses Format enthält Personen im Raum, und diese Aufnahme hat keine Keypoints in 3D. Mit einem Modell erfassen, das sie liefert (MediaPipe Pose), oder ein Format für 2D wählen.',
  ],
  [
    'VideoPose3D needs the 17 keypoints of COCO, and this recording has no bodies that give them.',
    'VideoPose3D braucht die 17 Keypoints von COCO, und diese Aufnahme hat keine Körper, die sie liefern.',
  ],
  [
    'A GLB file holds 4 GB at most, and this is more. Export a shorter part of the video.',
    'Eine GLB-Datei fasst höchstens 4 GB, und dies ist mehr. Einen kürzeren Teil des Videos exportieren.',
  ],
  [
    'The film has no sound: this browser can’t turn that of the video into the format. Choose MP4, which takes more as it is.',
    'Der Film hat keinen Ton: Dieser Browser kann den des Videos nicht ins Format umwandeln. MP4 wählen, das mehr unverändert aufnimmt.',
  ],
  [
    '{} keeps a place for everybody in every frame, which would be {} GB here. Export one person at a time (click one), a shorter part, or Limn JSON.',
    '{1} hält in jedem Bild Platz für alle, das wären hier {2} GB. Eine Person nach der anderen exportieren (anklicken), einen kürzeren Teil, oder Limn JSON.',
  ],
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
