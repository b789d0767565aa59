import { posesOf } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { usualFrameRate } from '../../core/time/frame-rate.ts';

/** What is said of a recording. */
export interface RecordingFacts {
  readonly name: string;
  readonly frames: number;
  /** From the first frame to the last. */
  readonly seconds: number;
  /** `null`: there are too few frames to tell. */
  readonly framesPerSecond: number | null;
  readonly width: number;
  readonly height: number;
  readonly people: readonly { readonly id: number; readonly name?: string }[];
  /** Keypoint sets, such as `blazepose-33`. */
  readonly keypoints: readonly string[];
  /** Somebody has places in space. */
  readonly isSpatial: boolean;
  readonly models: readonly string[];
  readonly engines: readonly string[];
  readonly processing: readonly string[];
  readonly notes: readonly string[];
}

export function describeRecording({ info, frames }: Recording): RecordingFacts {
  const people = frames.flatMap((frame) => frame.people);
  const poses = people.flatMap(posesOf);
  const times = frames.map(({ time }) => time);
  const ids = [...new Set(people.map(({ id }) => id))].sort((a, b) => a - b);
  const known = (words: readonly string[]): string[] =>
    [...new Set(words)].filter((word) => word !== 'unknown');
  return {
    name: info.source.name,
    frames: frames.length,
    seconds: (times.at(-1) ?? 0) - (times[0] ?? 0),
    framesPerSecond: usualFrameRate(times),
    width: info.width,
    height: info.height,
    people: ids.map((id) => {
      const name = info.names?.[id];
      return { id, ...(name !== undefined && { name }) };
    }),
    keypoints: [...new Set(poses.map(({ set }) => set))],
    isSpatial: poses.some(({ world }) => world !== null),
    models: known(info.runs.map(({ model }) => model)),
    engines: known(info.runs.map(({ engine }) => engine)),
    processing: [...(info.corrections ?? []), ...(info.processing ?? [])],
    notes: [...(info.notes ?? []), ...(info.incomplete === undefined ? [] : [info.incomplete])],
  };
}
