import { Recording, type RecordingInfo } from '../recording.ts';

interface TimedFrame {
  readonly time: number;
  readonly videoTime?: number;
}

/** Frames, and what is known of their times: a `Recording`, or one as plain objects. */
interface Timed<Frame extends TimedFrame> {
  readonly info: RecordingInfo;
  readonly frames: readonly Frame[];
}

/**
 * How many seconds of a recording's times are one second of what happened: 1, but for a video in slow motion, e.g. 8 of one
 * with 240 frames a second stored as 30. Speeds, frequencies and durations go by `time / slownessOf(info)`.
 */
export function slownessOf({ selection, written }: Pick<RecordingInfo, 'selection' | 'written'>): number {
  return (selection?.slowMotion ?? 1) / (written?.timesDividedBy ?? 1);
}

/**
 * As files hold it: times are seconds of what happened, `videoTime` those of the video, and `written.timesDividedBy` says so.
 * What is in no slow motion comes back as it is.
 */
export function toRealTimes(recording: Recording): Recording {
  const { info, frames } = recording;
  const slowness = slownessOf(info);
  if (slowness === 1) return recording;
  const timesDividedBy = slowness * (info.written?.timesDividedBy ?? 1);
  return new Recording(
    { ...withMarksAt(info, (time) => time / slowness), written: { ...info.written, timesDividedBy } },
    frames.map((frame) => ({
      ...frame,
      time: frame.time / slowness,
      videoTime: frame.videoTime ?? frame.time,
    })),
  );
}

/** The inverse: times are seconds of the video, as everywhere but in files. */
export function toVideoTimes(recording: Recording): Recording {
  const timed = withVideoTimes(recording);
  return timed === recording ? recording : new Recording(timed.info, timed.frames);
}

/** As `toVideoTimes`, of plain objects, too. */
export function withVideoTimes<Frame extends TimedFrame>(timed: Timed<Frame>): Timed<Frame> {
  const { timesDividedBy } = timed.info.written ?? {};
  if (timesDividedBy === undefined) return timed;
  return {
    info: withMarksAt(withoutDivisor(timed.info), (time) => time * timesDividedBy),
    frames: timed.frames.map(({ videoTime, ...frame }) => ({
      ...(frame as Frame),
      time: videoTime ?? frame.time * timesDividedBy,
    })),
  };
}

function withMarksAt(info: RecordingInfo, toTime: (time: number) => number): RecordingInfo {
  if (!info.marks) return info;
  return { ...info, marks: info.marks.map((mark) => ({ ...mark, time: toTime(mark.time) })) };
}

/** For times that are the video's, or made up, whatever the file says. */
export function withoutDivisor({ written, ...info }: RecordingInfo): RecordingInfo {
  const { timesDividedBy: _, ...rest } = written ?? {};
  return { ...info, ...(Object.keys(rest).length > 0 && { written: rest }) };
}
