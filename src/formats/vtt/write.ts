import type { PersonNames } from '../../core/person-name.ts';
import { keypointsMarked, MARKS, type Pose, posesOf } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import type { Exporter } from '../exporter.ts';
import { describeMaking } from '../writing/making.ts';
import { encodeTexts, withProgress } from '../writing/text.ts';

/** How long the last frame lasts, in seconds, where there is no other to tell. */
const USUAL_FRAME = 1 / 30;
const DIGITS = 6;

/**
 * A metadata track for `<track kind="metadata">`: a cue a frame, lasting until the next, with JSON in it:
 * `{"frame", "people": [{"id", "name", "poses": [{"set", "keypoints": [x, y, score, …]}]}]}`. A missing keypoint is
 * `null, null, 0`; times are the video's, also in slow motion, for the track lies beside it. `corrected` and `filled` are keypoints that are not as measured. A note says how all was made.
 *
 * Format: W3C WebVTT. What a cue says may not hold "-->" or an empty line; JSON on one line has neither once ">"
 * is escaped.
 */
export const vtt: Exporter = {
  id: 'vtt',
  label: 'WebVTT metadata track',
  extension: '.vtt',
  mediaType: 'text/vtt',
  clock: 'video',
  write(recording, report) {
    const { frames } = recording;
    function* texts(): Generator<string> {
      yield `WEBVTT\n\nNOTE ${toLine(describeMaking(recording))}\n`;
      for (const [i, frame] of withProgress(frames, report)) {
        const next = frames[i + 1]?.time ?? frame.time + usualStep(frames);
        yield `\n${timestamp(frame.time)} --> ${timestamp(next)}\n${writeFrame(frame, recording.info.names)}\n`;
      }
    }
    return encodeTexts(texts());
  },
};

function writeFrame({ index, people }: TrackedFrame, names: PersonNames = {}): string {
  return toLine({
    frame: index,
    people: people.map((person) => ({
      id: person.id,
      ...(names[person.id] !== undefined && { name: names[person.id] }),
      poses: posesOf(person).map((pose) => {
        const [corrected, filled] = [MARKS.corrected, MARKS.filled].map((mark) =>
          keypointsMarked(pose, mark),
        );
        return {
          set: pose.set,
          keypoints: numbersOf(pose.points),
          ...(corrected?.length && { corrected }),
          ...(filled?.length && { filled }),
        };
      }),
    })),
  });
}

function numbersOf(points: Pose['points']): (number | null)[] {
  return Array.from(points, (value) => (Number.isNaN(value) ? null : Number(value.toPrecision(DIGITS))));
}

function toLine(value: unknown): string {
  return JSON.stringify(value).replaceAll('>', '\\u003e');
}

/** The time between the last two frames. */
function usualStep(frames: readonly TrackedFrame[]): number {
  const [before, last] = frames.slice(-2);
  return before && last ? last.time - before.time : USUAL_FRAME;
}

/** hh:mm:ss.ttt; a time is shown from the millisecond that it falls in. */
function timestamp(seconds: number): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000));
  const part = (divisor: number, modulus: number, length: number): string =>
    String(Math.floor(milliseconds / divisor) % modulus).padStart(length, '0');
  const hours = String(Math.floor(milliseconds / 3_600_000)).padStart(2, '0');
  return `${hours}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
}
