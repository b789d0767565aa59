import type { modelMessages as english } from '../english/model.ts';
import type { Spoken } from '../spoken.ts';

/** What the page says of how good a model is, in German. */
export const modelMessages: Spoken<typeof english> = {
  findsHands: 'Findet Hände, ohne Körper.',
  findsOne: 'Findet eine Person.',
  findsNear: 'Findet Personen in der Nähe; kleine in einer Menge fehlen.',
  findsAtMost: (model, people) =>
    `${model} findet ${people === 1 ? 'eine Person' : `höchstens ${people} Personen`}.`,
  findsAll: 'Findet alle auf einmal.',
  findsSmall: 'Findet alle, auch kleine Personen.',
  findsWith: (finder) => `Sieht sich jede Person genau an, die ${finder} findet, auch kleine.`,
  needsFinder: 'Sieht sich jede Person genau an, die ein anderes Netz findet.',
  exactness: {
    good: 'Gut in Mengen',
    fair: 'Brauchbar in Mengen',
    poor: 'Nicht für Mengen',
  },
  foundInPhotos: (exactness, found, people, precision) =>
    `${exactness}: Auf zehn Fotos voller kleiner Personen fand es ${found} von ${people}, AP ${precision}.`,
  speeds: { fast: 'Schnell', middling: 'Ohne GPU gemächlich', slow: 'Ohne GPU langsam' },
  speedElsewhere: (speed, milliseconds) =>
    `${speed}: ${milliseconds} ms für ein solches Foto auf zwei CPU-Kernen.`,
  speedHere: (milliseconds, engine) => `Auf diesem Gerät ${milliseconds} pro Bild (${engine}).`,
  engineChosen: (engine, milliseconds, before) =>
    `Alle Engines wurden gemessen: ${engine} ist hier die schnellste, mit ${milliseconds} ms pro Bild${before === null ? '' : ` statt ${before}`}. Sie übernimmt und bleibt gemerkt.`,
  engineWithoutFinder: (engine) => `${engine}, ohne diesen Sucher`,
};
