import type { Sentence } from './sentence.ts';

/** Networks that are fetched, read and run. */
export const networkSentences: readonly Sentence[] = [
  ['{} could not be loaded: the answer was empty.', '{1} ließ sich nicht laden: Die Antwort war leer.'],
  [
    "{} could not be loaded: {} doesn't answer{}, or there is no network.",
    '{1} ließ sich nicht laden: {2} antwortet nicht{3}, oder es gibt kein Netzwerk.',
  ],
  [", doesn't let this page have it", ', gibt es dieser Seite nicht'],
  ['{} could not be loaded: {} answered {}.', '{1} ließ sich nicht laden: {2} antwortete {3}.'],
  [
    '{} could not be loaded: the connection to {} broke off after {} bytes.',
    '{1} ließ sich nicht laden: Die Verbindung zu {2} brach nach {3} Bytes ab.',
  ],
  ['{} It was tried {} times.', '{1} Versucht wurde es {2} Mal.'],
  [
    'No engine of this browser can run the model ({}). Use a current browser with WebAssembly SIMD.',
    'Keine Engine dieses Browsers kann das Modell ausführen ({1}). Einen aktuellen Browser mit WebAssembly SIMD verwenden.',
  ],
  [
    'This browser has no WebAssembly SIMD, which the networks need. Use a current Chrome, Edge, Firefox or Safari.',
    'Dieser Browser hat kein WebAssembly SIMD, das die Netze brauchen. Aktuelles Chrome, Edge, Firefox oder Safari verwenden.',
  ],
  ['{} is no longer on this device.{}', '{1} ist nicht mehr auf diesem Gerät.{2}'],
  [' It can be fetched again.', ' Es lässt sich noch einmal laden.'],
  ['This browser can’t keep networks.', 'Dieser Browser kann keine Netze speichern.'],
  [
    "The network {} can't be read from this device. Drop its file again.",
    'Das Netz {1} lässt sich nicht von diesem Gerät lesen. Seine Datei noch einmal ablegen.',
  ],
  [
    'Tried {} ways to scale pictures: {} found {} keypoints of {} and is used. Change it under All networks.',
    '{1} Arten, Bilder zu skalieren, probiert: {2} fand {3} Keypoints von {4} und wird verwendet. Ändern unter „Alle Netze“.',
  ],
  [
    'Tried {} ways to scale pictures, and none found anybody: {} is a guess. Open a picture with people and try again under All networks.',
    '{1} Arten, Bilder zu skalieren, probiert, und keine fand jemanden: {2} ist geraten. Ein Bild mit Personen öffnen und unter „Alle Netze“ noch einmal probieren.',
  ],
  ['{} is read. {}. {}{}', '{1} ist gelesen. {2}. {3}{4}'],
  ['It is now the model.', 'Es ist jetzt das Modell.'],
  [
    ' It can’t be kept on this device: it is gone when the page is closed.',
    ' Es lässt sich auf diesem Gerät nicht speichern: Nach dem Schließen der Seite ist es weg.',
  ],
  ['It is used beside a network for bodies.', 'Es wird neben einem Netz für Körper verwendet.'],
  [
    'It is used beside a network that is told where somebody is.',
    'Es wird neben einem Netz verwendet, dem gesagt wird, wo jemand ist.',
  ],
  [
    'It is used beside a network for bodies, under Motion.',
    'Es wird neben einem Netz für Körper verwendet, unter „Bereinigen“.',
  ],
  [
    '{} more networks in it are not of a kind that Limn runs.',
    '{1} weitere Netze darin sind von keiner Art, die Limn ausführt.',
  ],
  ['{} is no MoveNet.', '{1} ist kein MoveNet.'],
  ['{} is no PoseNet.', '{1} ist kein PoseNet.'],
  ["{} is no network of OpenPose's kind.", '{1} ist kein Netz von der Art von OpenPose.'],
  ['Another engine took its place.', 'Eine andere Engine übernahm.'],
  ['It gave up while it ran.', 'Sie gab unterwegs auf.'],
  ['The GPU was lost.', 'Die GPU ging verloren.'],
  ['The WebGL context was lost.', 'Der WebGL-Kontext ging verloren.'],
  ['This browser has no WebGL 2 here.', 'Dieser Browser hat hier kein WebGL 2.'],
  ['This browser gives no WebGPU adapter.', 'Dieser Browser bietet keinen WebGPU-Adapter.'],
];
