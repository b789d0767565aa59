import type { RecordingInfo } from '../../core/recording.ts';
import type { VideoInfo } from '../../sources/video/video-decoder.ts';
import { type AnalysisOptions, toSelection } from './options.ts';

const UNORDERED =
  'The times in the video jump back: frames that have the time of an earlier one, or one before it, are left out.';

/** A video file. */
export interface VideoBlob {
  readonly blob: Blob;
  readonly name: string;
}

/** What a recording says of the video that it is made from, before anything has run. */
export function describeVideo(
  { width, height }: VideoInfo,
  { blob, name }: VideoBlob,
  options: AnalysisOptions,
  version: string,
  isOrdered: boolean,
): RecordingInfo {
  const selection = toSelection(options);
  return {
    limn: version,
    created: new Date().toISOString(),
    source: { kind: 'video', name, byteLength: blob.size },
    width,
    height,
    mirrored: false,
    ...(selection && { selection }),
    ...(!isOrdered && { incomplete: UNORDERED }),
    runs: [],
  };
}
