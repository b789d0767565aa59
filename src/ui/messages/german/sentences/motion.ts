import type { Sentence } from './sentence.ts';

/** Corrections, and what is worked into motion. */
export const motionSentences: readonly Sentence[] = [
  [
    'Set where the gap begins and ends first: go to the last good frame before it and press I, then to the first good one behind it and press O.',
    'Zuerst Anfang und Ende der Lücke setzen: zum letzten guten Bild davor gehen und I drücken, dann zum ersten guten dahinter und O drücken.',
  ],
  [
    '{} is not in the frame at {} s, so there is nothing to fill from. Begin and end the stretch with frames that show the person.',
    '{1} ist im Bild bei {2} s nicht zu sehen, darum ist nichts da, woraus sich füllen ließe. Der Bereich muss mit Bildern beginnen und enden, die die Person zeigen.',
  ],
  ['{} could not lift to 3-D: {}', '{1} konnte 3D nicht schätzen: {2}'],
  ['Keypoints are not lifted to 3-D any more: {}', '3D wird nicht mehr geschätzt: {1}'],
  [
    'Nobody in this recording can be lifted to 3-D: it takes bodies with the keypoints of COCO, BlazePose or OpenPose.',
    'Für niemanden in dieser Aufnahme lässt sich 3D schätzen: Dazu braucht es Körper mit den Keypoints von COCO, BlazePose oder OpenPose.',
  ],
  [
    "A cut-off of {} Hz can't be had at {} frames a second: it has to be above 0 and below {} Hz.",
    'Eine Grenzfrequenz von {1} Hz ist bei {2} Bildern pro Sekunde nicht möglich: Sie muss über 0 und unter {3} Hz liegen.',
  ],
];
