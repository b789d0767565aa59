import type { filmMessages as english } from '../../english/files/film.ts';
import type { Spoken } from '../../spoken.ts';

/** What the page says of films, in German. */
export const filmMessages: Spoken<typeof english> = {
  filmView: '3D-Raum von',
  filmViews: {
    front: 'Vorn',
    angled: 'Schräg vorn',
    side: 'Der Seite',
    top: 'Oben',
    seen: 'Wie gerade gezeigt',
  },
  filmStyle: 'Aufbau',
  filmStyles: {
    overlay: 'Skelette auf dem Bild',
    black: 'Skelette auf Schwarz',
    room: 'Bild und 3D-Raum',
  },
  background: 'Hintergrund',
  backgrounds: {
    kept: 'Unverändert',
    blurred: 'Unscharf',
    black: 'Schwarz',
    none: 'Weggelassen (transparent)',
  },
  backgroundHint:
    'Personen werden entlang ihrer Masken ausgeschnitten, die in der Aufnahme sein müssen: „Personenmaske“ vor dem Erfassen einschalten. Nur PNG und WebM können transparent sein.',
  cover: 'Gesichter',
  covers: {
    shown: 'Gezeigt',
    pixelated: 'Grobe Blöcke',
    blurred: 'Unscharf',
    filled: 'Grau verdeckt',
  },
  coverWho: 'Wessen',
  coverPeople: {
    everybody: 'Von allen',
    followed: 'Nur der verfolgten Person',
    others: 'Aller außer der verfolgten',
  },
  coverLimits:
    'Wer nie gefunden wird, wird nicht verdeckt, und Stimmen bleiben: den Film vor dem Weitergeben durchsehen.',
};
