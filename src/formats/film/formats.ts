import type { FileKind } from '../file-kind.ts';

export type FilmFormatId = 'mp4' | 'webm';

/** A format that shows a recording instead of listing it. */
export interface PictureFormat extends FileKind {
  readonly id: FilmFormatId | 'png';
  readonly label: string;
}

/** Films, and single pictures, of several a ZIP, in the order in which they are offered. */
export const pictureFormats: readonly PictureFormat[] = [
  { id: 'mp4', label: 'Annotated video (MP4)', extension: '_limn.mp4', mediaType: 'video/mp4' },
  { id: 'webm', label: 'Annotated video (WebM)', extension: '_limn.webm', mediaType: 'video/webm' },
  { id: 'png', label: 'Annotated pictures (PNG)', extension: '_png.zip', mediaType: 'application/zip' },
];
