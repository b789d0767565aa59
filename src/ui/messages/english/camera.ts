const SECONDS_A_MINUTE = 60;

/** What the camera's controls and those of the picture as a whole say. */
export const cameraMessages = {
  cameraBar: 'Camera',
  record: 'Record',
  endTake: 'Stop recording',
  cancelTake: 'Cancel',
  takeSound: 'Sound',
  takeHasSound: 'Sound is recorded',
  takeIsSilent: 'No sound is recorded',
  nextCamera: 'Switch camera',
  takeKept: (duration: string) => `Saved to Recordings · ${duration}`,
  reviewTake: 'Review',
  liveTake: (rate: string) => `Tracked live at ${rate} frames per second.`,
  trackEveryFrame: 'Track every frame',
  fullScreen: 'Full screen',
  ownWindow: 'Picture in picture',
  savePicture: 'Save this picture with its skeletons',
  /** Minutes and whole seconds. */
  clock: (seconds: number) =>
    `${Math.floor(seconds / SECONDS_A_MINUTE)}:${String(Math.floor(seconds % SECONDS_A_MINUTE)).padStart(2, '0')}`,
};
