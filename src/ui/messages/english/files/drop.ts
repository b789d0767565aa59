/** What is said of a drop that can't be read, or only in part. */
export const dropMessages = {
  noFileIn: (folders: string) => `There is no file in ${folders}. Give Limn a video, pictures or keypoints.`,
  noFileDropped: 'What was dropped has no file in it. Save it on this device first, and drop that file.',
  onlyFirstFiles: (maximum: number) => `Only the first ${maximum} files of what was dropped were looked at.`,
  unreadFiles: (names: string) =>
    `${names} can't be read: it was moved or taken away, or this browser may not read it.`,
  droppedAddress:
    'That is an address, not a file, and Limn fetches nothing by itself. Save the video or picture on this device first, and drop that file.',
  droppedText: 'That is text, not a file. Give Limn a video, pictures or keypoints.',
} as const;
