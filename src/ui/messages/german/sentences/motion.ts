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
  [
    'Nobody in this recording has keypoints in 3-D to be placed. Track with a model that gives them, or lift them first.',
    'Niemand in dieser Aufnahme hat Keypoints in 3D, die sich aufstellen ließen. Mit einem Modell erfassen, das sie liefert, oder zuerst 3D schätzen.',
  ],
  [
    'Nobody in this recording can be placed: too few of their keypoints are seen in the picture. Track it with a larger model.',
    'Niemand in dieser Aufnahme lässt sich aufstellen: Zu wenige Keypoints sind im Bild zu sehen. Mit einem größeren Modell erfassen.',
  ],
  [
    'Nobody is {} m tall: give a height from {} to {} metres.',
    'Niemand ist {1} m groß: eine Größe von {2} bis {3} Metern angeben.',
  ],
  [
    "A field of view of {}° can't be: it has to be from 1 to 179 degrees.",
    'Ein Bildwinkel von {1}° ist nicht möglich: Er muss zwischen 1 und 179 Grad liegen.',
  ],
  [
    'Feet can be held only in a room: place people in it first.',
    'Füße lassen sich nur im Raum fixieren: Personen zuerst auf den Boden stellen.',
  ],
  [
    "A recording can't have {} frames a second. Ask for more than 0, and at most {}.",
    'Eine Aufnahme kann nicht {1} Bilder pro Sekunde haben. Mehr als 0 und höchstens {2} angeben.',
  ],
  ['Nothing is on the stage that could be corrected.', 'Nichts ist zu sehen, was sich korrigieren ließe.'],
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
