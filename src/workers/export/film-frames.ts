import { toSentence } from '../../core/errors.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { type FrameTimes, firstAtOrAfter, SAME_TIME } from '../../core/time/frame-times.ts';
import type { FilmFrame } from '../../formats/film/film.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import type { Theatre } from '../../sources/actor/theatre.ts';
import type { SourceFrame } from '../../sources/source.ts';
import { FrameReader } from '../../sources/video/frame-reader.ts';
import type { VideoFile } from '../../sources/video/video-decoder.ts';

/** What ends at a frame has that frame, in seconds; so little after it that no other is. */
const RANGE_END = 2 * SAME_TIME;
/** The rate at which a recording's last frame, or its only one, is shown. */
const USUAL_FRAME_RATE = 30;

/** From where to where a film shows a video, in seconds; the end is not in it, and may be infinite. */
export interface FilmStretch {
  readonly start: number;
  readonly end: number;
}

/** A range as films take it, whose last frame is in it. */
export function stretchOf({ from = 0, to }: TimeRange): FilmStretch {
  return { start: Math.max(0, from), end: to === undefined ? Number.POSITIVE_INFINITY : to + RANGE_END };
}

/**
 * The frames of a part of a video, from 0 on.
 *
 * @param onFault told, as part of a sentence, why they end where they shouldn't
 */
export async function* videoFrames(
  file: VideoFile,
  times: FrameTimes,
  { start, end }: FilmStretch,
  onFault: (reason: string) => void,
): AsyncGenerator<FilmFrame> {
  const reader = new FrameReader(file, times);
  const toFilm = ({ image, time, index }: SourceFrame, until: number): FilmFrame => ({
    image,
    // The reader numbers all frames.
    index: index ?? 0,
    // A frame that is taken for the first may lie a hair before it.
    time: Math.max(0, time - start),
    duration: Math.max(0, until - time),
  });
  // How long a frame lasts, only the next one says.
  let waiting: SourceFrame | null = null;
  const take = (next: SourceFrame | null): SourceFrame | null => {
    const previous = waiting;
    waiting = next;
    return previous;
  };
  try {
    try {
      for await (const frame of reader.stretch(start, end)) {
        const previous = take(frame);
        if (previous) yield toFilm(previous, frame.time);
      }
    } catch (error) {
      onFault(toSentence(error));
    }
    const last = take(null);
    if (last) yield toFilm(last, times.times[firstAtOrAfter(times.times, end)] ?? file.info.duration);
  } finally {
    // Whoever writes the film may have given up.
    take(null)?.close();
    await reader.close();
  }
}

/** The frames of a recording without a video, or with the demo drawn again. @param start seconds of the first one */
export async function* drawnFrames(
  frames: readonly TrackedFrame[],
  start: number,
  theatre: Theatre | null,
): AsyncGenerator<FilmFrame> {
  for (const [i, { time, index, name }] of frames.entries()) {
    const next = frames[i + 1]?.time;
    const before = frames[i - 1]?.time;
    const usual = before === undefined ? 1 / USUAL_FRAME_RATE : time - before;
    const image = theatre?.draw(index).image ?? null;
    const named = { index, ...(name !== undefined && { name }) };
    yield { ...named, image, time: time - start, duration: next === undefined ? usual : next - time };
  }
}
