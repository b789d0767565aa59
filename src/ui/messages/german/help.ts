import type { helpMessages as english } from '../english/help.ts';
import type { Spoken } from '../spoken.ts';

const KEYS: Readonly<Record<string, string>> = { Ctrl: 'Strg', Shift: 'Umschalt', Space: 'Leertaste' };

/** What the help says, in German. */
export const helpMessages: Spoken<typeof english> = {
  keys: (keys) =>
    keys.length === 1
      ? keys
      : keys
          .split('+')
          .map((key) => KEYS[key] ?? key)
          .join('+'),
  keyDoes: {
    camera: 'Kamera',
    openFile: 'Datei öffnen',
    demo: 'Demo-Figur',
    stop: 'Beenden',
    export: 'Exportieren …',
    repeatExport: 'Ohne Nachfrage noch einmal wie zuletzt exportieren',
    play: 'Wiedergabe oder Pause',
    jumpBack: 'Eine Sekunde zurück',
    jumpOn: 'Eine Sekunde weiter',
    back: 'Ein Bild zurück',
    on: 'Ein Bild weiter',
    loop: 'Endlosschleife',
    hands: 'Hände',
    picture: 'Schwarzer Hintergrund statt des Bildes',
    mark: 'Diesen Moment markieren',
    previousMark: 'Vorige Marke',
    nextMark: 'Nächste Marke',
    mirror: 'Spiegeln',
    copyPicture: 'Bild mit Skeletten kopieren',
    frame: 'Alle Personen im Raum zeigen',
    layout: 'Anordnung: nebeneinander, nur 3D, in der Ecke, nur Bild',
    rotate: 'Raum langsam drehen',
    front: 'Raum von vorn',
    side: 'Raum von der Seite',
    top: 'Raum von oben',
    angled: 'Raum von schräg vorn',
    follow: 'Nur der nächsten Person folgen, oder allen',
    recordings: 'Aufnahmen auf diesem Gerät',
    hold: 'Erfassung anhalten oder fortsetzen',
    correct: 'Von Hand korrigieren, oder damit aufhören',
    inspector: 'Werkzeuge ein- oder ausblenden',
    setIn: 'Bereich bei diesem Bild beginnen',
    setOut: 'Bereich bei diesem Bild beenden',
    swapSides: 'Links und rechts tauschen',
    fillGap: 'Lücke füllen',
    zoomIn: 'Zeitleiste vergrößern',
    zoomOut: 'Zeitleiste verkleinern',
    zoomAll: 'Ganze Zeitleiste',
    undo: 'Korrektur rückgängig machen',
    redo: 'Korrektur wiederholen',
    help: 'Diese Hilfe',
  },
  helpOpening:
    'Videos, Bilder, Keypoints oder Netze können überall auf der Seite abgelegt oder eingefügt werden. Im Raum dreht Ziehen, Scrollen zoomt, und Ziehen mit der rechten Taste oder zwei Fingern verschiebt.',
  helpWorking:
    'Keypoints, die zusammen mit ihrem Video abgelegt werden, erscheinen darauf. In der Zeitleiste zoomt das Rad mit Strg, und Ziehen mit Umschalt wählt einen Bereich. Beim Korrigieren gehen Komma und Punkt durch die Gelenke, wenn das Bild den Fokus hat, und Umschalt mit einer Pfeiltaste verschiebt das gewählte.',
};
