export type FilmFormatId = 'mp4' | 'webm';

/** A format that shows a recording instead of listing it. */
export interface PictureFormat {
  readonly id: FilmFormatId | 'png';
  readonly label: string;
  /** Ending of the file's name, with its dot. */
  readonly extension: string;
  readonly mediaType: string;
}

/** Films, and single pictures in a ZIP, in the order in which they are offered. */
export const pictureFormats: readonly PictureFormat[] = [
  { id: 'mp4', label: 'Annotated video (MP4)', extension: '_limn.mp4', mediaType: 'video/mp4' },
  { id: 'webm', label: 'Annotated video (WebM)', extension: '_limn.webm', mediaType: 'video/webm' },
  { id: 'png', label: 'Annotated pictures (PNG, ZIP)', extension: '_png.zip', mediaType: 'application/zip' },
];
