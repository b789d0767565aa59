import { POINT_STRIDE, posesOf } from '../../core/pose.ts';
import type { RecordingInfo, TrackedFrame } from '../../core/recording.ts';

/** Frames per second, where a file says nothing of times; OpenPose's demo shows files at this rate, too. */
export const ASSUMED_FRAME_RATE = 30;
/** Pictures have no time: each is given a second. */
export const SECONDS_PER_PICTURE = 1;

/** What a recording says of itself whose file says little. */
export function describeForeign({
  name,
  model = 'unknown',
  hands,
  width,
  height,
  isTimed = false,
  frameRate = ASSUMED_FRAME_RATE,
  sizeFrom,
}: {
  readonly name: string;
  readonly model?: string;
  readonly hands: boolean;
  readonly width: number;
  readonly height: number;
  /** The file says when its frames were. */
  readonly isTimed?: boolean;
  /** Frames per second that times were made up with, where it doesn't. */
  readonly frameRate?: number;
  readonly sizeFrom?: RecordingInfo['sizeFrom'];
}): RecordingInfo {
  return {
    limn: 'unknown',
    created: new Date(0).toISOString(),
    source: { kind: 'recording', name },
    width: Math.max(1, width),
    height: Math.max(1, height),
    mirrored: false,
    ...(sizeFrom && { sizeFrom }),
    ...(!isTimed && { assumedFrameRate: frameRate }),
    runs: [{ firstFrame: 0, model, hands, people: 0, engine: 'unknown', device: 'unknown' }],
  };
}

/** What a recording is called: its file's name without folder and the format's ending; `fallback` if nothing is left. */
export function nameWithoutEnding(fileName: string, ending: RegExp, fallback: string): string {
  return fileName.replace(/^.*[/\\]/, '').replace(ending, '') || fallback;
}

/** The smallest picture that holds all keypoints, for files that don't say how large it was. */
export function extentOf(
  frames: readonly TrackedFrame[],
): Required<Pick<RecordingInfo, 'width' | 'height' | 'sizeFrom'>> {
  let width = 1;
  let height = 1;
  for (const { people } of frames) {
    for (const { points } of people.flatMap(posesOf)) {
      for (let at = 0; at < points.length; at += POINT_STRIDE) {
        width = Math.max(width, Math.ceil(points[at] ?? 0) || 1);
        height = Math.max(height, Math.ceil(points[at + 1] ?? 0) || 1);
      }
    }
  }
  return { width, height, sizeFrom: 'keypoints' };
}
