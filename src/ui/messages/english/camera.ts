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
  pictureCopied: 'The picture is copied.',
  savePicture: 'Save this picture with its skeletons',
} as const;
