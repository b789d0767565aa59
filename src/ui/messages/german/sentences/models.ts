import type { Sentence } from './sentence.ts';

/** What models are good for, in a few words, and where they are from. */
export const modelSentences: readonly Sentence[] = [
  [
    'Bodies with 33 keypoints in 2-D and 3-D; fastest',
    'Körper mit 33 Keypoints in 2D und 3D; am schnellsten',
  ],
  ['Bodies with 33 keypoints in 2-D and 3-D; balanced', 'Körper mit 33 Keypoints in 2D und 3D; ausgewogen'],
  [
    'Bodies with 33 keypoints in 2-D and 3-D; most exact, slow without a GPU',
    'Körper mit 33 Keypoints in 2D und 3D; am genauesten, ohne GPU langsam',
  ],
  [
    'Hands with 21 keypoints each in 2-D and 3-D, without bodies',
    'Hände mit je 21 Keypoints in 2D und 3D, ohne Körper',
  ],
  ['Everybody in the picture at once, 18 keypoints in 2-D', 'Alle im Bild auf einmal, 18 Keypoints in 2D'],
  [
    'Everybody in the picture, small people too, with 17 keypoints in 2-D; fast',
    'Alle im Bild, auch kleine Personen, mit 17 Keypoints in 2D; schnell',
  ],
  ['One body with 17 keypoints in 2-D; fastest', 'Ein Körper mit 17 Keypoints in 2D; am schnellsten'],
  ['One body with 17 keypoints; more exact', 'Ein Körper mit 17 Keypoints; genauer'],
  ['Everybody at once, 18 keypoints; a middle way', 'Alle auf einmal, 18 Keypoints; ein Mittelweg'],
  ['Everybody at once, 18 keypoints; more exact', 'Alle auf einmal, 18 Keypoints; genauer'],
  ['Everybody at once, 18 keypoints; fastest', 'Alle auf einmal, 18 Keypoints; am schnellsten'],
  [
    'Everybody at once, 25 keypoints with feet; needs a GPU to be quick',
    'Alle auf einmal, 25 Keypoints mit Füßen; nur mit GPU schnell',
  ],
  ['Everybody at once, 18 keypoints; slow', 'Alle auf einmal, 18 Keypoints; langsam'],
  ['Everybody at once, 15 keypoints; slow', 'Alle auf einmal, 15 Keypoints; langsam'],
  [
    'The hands of bodies that another network of this kind finds',
    'Die Hände der Körper, die ein anderes Netz dieser Art findet',
  ],
  [
    'The faces of bodies that another network of this kind finds',
    'Die Gesichter der Körper, die ein anderes Netz dieser Art findet',
  ],
  [
    'Everybody at once, 17 keypoints; older and less exact than MoveNet',
    'Alle auf einmal, 17 Keypoints; älter und ungenauer als MoveNet',
  ],
  ['Everybody at once, 17 keypoints; exact', 'Alle auf einmal, 17 Keypoints; genau'],
  [
    'Finds people, without keypoints, for networks that are told where somebody is',
    'Findet Personen, ohne Keypoints, für Netze, denen gesagt wird, wo jemand ist',
  ],
  [
    'The body of everybody whom another network finds, 17 keypoints; most exact',
    'Der Körper aller, die ein anderes Netz findet, 17 Keypoints; am genauesten',
  ],
  [
    'The body of everybody whom another network finds, 26 keypoints with feet',
    'Der Körper aller, die ein anderes Netz findet, 26 Keypoints mit Füßen',
  ],
  [
    'Body, feet, hands and face of everybody whom another network finds, 133 keypoints',
    'Körper, Füße, Hände und Gesicht aller, die ein anderes Netz findet, 133 Keypoints',
  ],
  [
    'What faces do that were found: 52 scores each, such as jawOpen; 3.8 MB',
    'Mimik gefundener Gesichter: je 52 Werte, etwa jawOpen; 3,8 MB',
  ],
  [
    'Lifts 17 keypoints in 2-D to 17 joints in 3-D, for every model; comes with the page',
    'Schätzt aus 17 Keypoints in 2D 17 Gelenke in 3D, für jedes Modell; mitgeliefert',
  ],
  ['Everybody in the picture at once, {} keypoints in 2-D', 'Alle im Bild auf einmal, {1} Keypoints in 2D'],
  ['{}; brought from a file', '{1}; aus einer Datei'],
  ['OpenPose’s own: non-commercial research only', 'Die von OpenPose: nur nichtkommerzielle Forschung'],
];
