import { readableNumber } from '../../../core/texts/readable.ts';
import type { roomMessages as english } from '../english/room.ts';
import { formatNumber } from '../format.ts';
import type { Spoken } from '../spoken.ts';

/** What is said in and of the 3-D room, in German. */
export const roomMessages: Spoken<typeof english> = {
  views: { front: 'Vorn', angled: '¾', side: 'Seite', top: 'Oben' },
  viewsAlong: {
    front: 'Von vorn',
    angled: 'Schräg von vorn',
    side: 'Von der Seite',
    top: 'Von oben',
    back: 'Von hinten',
    left: 'Von der anderen Seite',
    below: 'Von unten',
  },
  axes: 'Achsen des Raums',
  length: (metres) =>
    metres >= 1
      ? `${readableNumber(metres)} m`
      : metres >= 0.01
        ? `${Math.round(metres * 100)} cm`
        : `${Math.round(metres * 1000)} mm`,
  roomHint: 'Ziehen oder Pfeiltasten: drehen. Doppelklick: eine Person zeigen. F: alle zeigen.',
  frame: 'Alle',
  frameEverybody: 'Alle Personen zeigen (F)',
  spatialShown: (choice, lifter) =>
    ({
      auto: '3D des Modells, wo es eigenes hat',
      lifted: `3D geschätzt von ${lifter}`,
      both: `3D des Modells, und blasser das von ${lifter} geschätzte`,
    })[choice],
  spatialLive: (lifter, seconds) =>
    seconds < 0.05
      ? `3D geschätzt von ${lifter}`
      : `3D geschätzt von ${lifter}, ${formatNumber(seconds, 1)} s verzögert`,
  liftNow: '3D schätzen',
  flat: 'Diese Aufnahme hat nur 2D.',
  bones: 'Figur',
  boneStyles: { tubes: 'Knochen', body: 'Körper' },
  ghosts: 'Geisterbilder',
  followInRoom: 'Kamera folgt',
  emptyRoom: 'Die 3D-Ansicht erscheint, sobald jemand erfasst ist.',
  noRoom:
    'Der 3D-Raum braucht WebGL 2, das dieser Browser hier nicht hat. Hardwarebeschleunigung in den Einstellungen des Browsers einschalten; erfasst wird auch ohne sie.',
  roomLabel: 'Personen in 3D; Ziehen dreht, Scrollen zoomt',
  snapshot: 'Schnappschuss',
  cameraInRoom: 'Kamera und Wege',
};
