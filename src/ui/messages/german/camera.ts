import type { cameraMessages as english } from '../english/camera.ts';
import type { Spoken } from '../spoken.ts';

/** What the camera's controls and those of the picture as a whole say, in German. */
export const cameraMessages: Spoken<typeof english> = {
  cameraBar: 'Kamera',
  record: 'Aufnehmen',
  endTake: 'Aufnahme beenden',
  cancelTake: 'Abbrechen',
  takeSound: 'Ton',
  takeHasSound: 'Ton wird aufgenommen',
  takeIsSilent: 'Es wird kein Ton aufgenommen',
  nextCamera: 'Kamera wechseln',
  takeName: (moment) => `Kamera, ${moment}`,
  takeKept: (duration) => `Unter Aufnahmen gespeichert · ${duration}`,
  reviewTake: 'Ansehen',
  liveTake: (rate) => `Live mit ${rate} Bildern pro Sekunde erfasst.`,
  trackEveryFrame: 'Jedes Bild erfassen',
  fullScreen: 'Vollbild',
  ownWindow: 'Bild im Bild',
  pictureCopied: 'Das Bild ist kopiert.',
  saveStagePicture: 'Dieses Bild mit Skeletten speichern',
};
