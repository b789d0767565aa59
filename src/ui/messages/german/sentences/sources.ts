import type { Sentence } from './sentence.ts';

/** Camera, microphone and demo. */
export const sourceSentences: readonly Sentence[] = [
  [
    'The camera is gone: unplugged or taken away. Plug it in and press Camera again.',
    'Die Kamera ist weg: ausgesteckt oder entzogen. Einstecken und noch einmal „Kamera“ wählen.',
  ],
  ['The camera gives no picture. Choose another one.', 'Die Kamera liefert kein Bild. Eine andere wählen.'],
  [
    'Browsers give a camera only to safe pages: open this one over https or from localhost.',
    'Browser geben eine Kamera nur sicheren Seiten: diese über https oder von localhost öffnen.',
  ],
  [
    'The camera was refused. Allow it for this page (the camera sign in the address bar), then press Camera again.',
    'Die Kamera wurde verweigert. Für diese Seite erlauben (Kamerasymbol in der Adressleiste), dann noch einmal „Kamera“ wählen.',
  ],
  [
    'There is no camera. Plug one in and press Camera again, or try the demo actor.',
    'Keine Kamera gefunden. Eine anschließen und noch einmal „Kamera“ wählen, oder die Demo ansehen.',
  ],
  [
    'The camera is busy: another program uses it. Close that program and press Camera again.',
    'Die Kamera ist belegt: Ein anderes Programm benutzt sie. Das Programm schließen und noch einmal „Kamera“ wählen.',
  ],
  [
    'The camera could not be started ({}). Press Camera to try again.',
    'Die Kamera ließ sich nicht starten ({1}). „Kamera“ versucht es noch einmal.',
  ],
  ['The microphone was refused.', 'Das Mikrofon wurde verweigert.'],
  ['The microphone can’t be used ({}).', 'Das Mikrofon lässt sich nicht verwenden ({1}).'],
  ['No microphone was found.', 'Kein Mikrofon gefunden.'],
  ['{} The take has no sound.', '{1} Die Aufnahme hat keinen Ton.'],
  [
    'The camera has given no picture yet. Record again when it does.',
    'Die Kamera hat noch kein Bild geliefert. Noch einmal aufnehmen, sobald eines da ist.',
  ],
  [
    'This browser can’t record video. Review what was tracked instead, or use Chrome, Edge or Firefox.',
    'Dieser Browser kann kein Video aufnehmen. Stattdessen das Erfasste ansehen, oder Chrome, Edge oder Firefox verwenden.',
  ],
  ['Recording has stopped: {}', 'Die Aufnahme wurde beendet: {1}'],
  [
    'Nothing was recorded: the take ended before its first frame was tracked.',
    'Nichts wurde aufgenommen: Die Aufnahme endete, bevor ihr erstes Bild erfasst war.',
  ],
  [
    "The demo actor can't be drawn: {} It needs WebGL 2; switch hardware acceleration on.",
    'Die Demo-Figur lässt sich nicht zeichnen: {1} Sie braucht WebGL 2; Hardwarebeschleunigung einschalten.',
  ],
  ['What the camera gives is in memory only: {}', 'Was die Kamera liefert, ist nur im Arbeitsspeicher: {1}'],
  [
    "{} can't go on ({}). The next engine takes over; nothing is lost.",
    '{1} kann nicht weiter ({2}). Die nächste Engine übernimmt; nichts geht verloren.',
  ],
  [
    "What faces do can't be read ({}). They are tracked without blendshapes.",
    'Mimik lässt sich nicht lesen ({1}). Gesichter werden ohne Blendshapes erfasst.',
  ],
  [
    '{} Tracking goes on with the next frame; what was tracked is kept.',
    '{1} Mit dem nächsten Bild geht es weiter; das Erfasste bleibt.',
  ],
  ['Something unexpected went wrong: {}', 'Etwas Unerwartetes ging schief: {1}'],
  [
    'one of Limn’s files could not be loaded; reload the page. In an app of your own, npx limn assets public/limn copies them, and createLimn({ assets: "/limn/" }) says where they are',
    'eine Datei von Limn ließ sich nicht laden; die Seite neu laden. In einer eigenen App kopiert npx limn assets public/limn die Dateien, und createLimn({ assets: "/limn/" }) sagt, wo sie liegen',
  ],
  ['{} and {} more', '{1} und {2} weitere'],
];
