import { fileType } from '../../files/file-types.ts';
import { readExif } from './exif.ts';
import { avifOrientation, type Orientation } from './turn.ts';

/*
 * Browsers turn some pictures as they say, and others not, and none of them obeys `imageOrientation: 'none'`. What each
 * does is measured with a tiny picture of the same format.
 *
 * | 2026-11 | JPEG | PNG | WebP | AVIF |
 * | --- | --- | --- | --- | --- |
 * | Chromium 156, Firefox 153 | turned | turned | not | turned |
 * | WebKitGTK 2.50 | turned | not | not | not |
 */

/** Pictures of 2 × 1 pixels that say they are to be turned by a quarter. */
const PROBES = {
  JPEG: '/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAB//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AQH//2Q==',
  PNG: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAALSURBVHjaY/zPAAACBAEBVJig8gAAAABJRU5ErkJggg==',
  WebP: 'UklGRlIAAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TBEAAAAvAQAAAAfQ//73v/+BiOh/AABFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA',
  AVIF: 'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAEDbWV0YQAAAAAAAAAvaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAFBpY3R1cmVIYW5kbGVyAAAAAA5waXRtAAAAAAABAAAAHmlsb2MAAAAARAAAAQABAAAAAQAAASsAAAATAAAAKGlpbmYAAAAAAAEAAAAaaW5mZQIAAAAAAQAAYXYwMUNvbG9yAAAAAHRpcHJwAAAAVGlwY28AAAAUaXNwZQAAAAAAAAACAAAAAQAAABBwaXhpAAAAAAMICAgAAAAMYXYxQ4EgAAAAAAATY29scm5jbHgAAgACAAIAAAAACWlyb3QDAAAAGGlwbWEAAAAAAAAAAQABBQECgwSFAAAAG21kYXQKBDgAJsEyCx8AAABYAAAAAK/2',
} as const;

const measured = new Map<keyof typeof PROBES, Promise<boolean>>();

/** How a decoded picture has still to be turned. @param bytes the whole file */
export async function turnLeft(bytes: Uint8Array): Promise<Orientation> {
  const { label } = fileType(bytes.subarray(0, 64), '');
  if (!isProbed(label)) return 1;
  const orientation = label === 'AVIF' ? avifOrientation(bytes) : readExif(bytes).orientation;
  if (orientation === 1) return 1;
  let turns = measured.get(label);
  if (!turns) {
    turns = isTurned(PROBES[label]);
    measured.set(label, turns);
  }
  return (await turns) ? 1 : orientation;
}

function isProbed(label: string): label is keyof typeof PROBES {
  return Object.hasOwn(PROBES, label);
}

async function isTurned(base64: string): Promise<boolean> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
  const isUpright = bitmap.height > bitmap.width;
  bitmap.close();
  return isUpright;
}
