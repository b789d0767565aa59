import { Recording, type RecordingInfo, type TrackedFrame } from '../../core/recording.ts';
import { drainFrames, toRecording } from './columns-to-frames.ts';
import { type MotionColumns, toColumns } from './motion-columns.ts';

/**
 * What steps are done to, one after the other: a recording as frames or as columns over time, whichever the last step has
 * left. It is turned into the other only when a step wants that.
 */
export class Workpiece {
  #state:
    | {
        readonly kind: 'source';
        readonly info: RecordingInfo;
        readonly framesOf: (pass: 0 | 1) => Iterable<TrackedFrame>;
      }
    | { readonly kind: 'frames'; readonly recording: Recording }
    | { readonly kind: 'columns'; readonly columns: MotionColumns };

  /** @param framesOf the frames from the first on, each time it is called: once, or first with 0 and then with 1 */
  constructor(info: RecordingInfo, framesOf: (pass: 0 | 1) => Iterable<TrackedFrame>) {
    this.#state = { kind: 'source', info, framesOf };
  }

  get info(): RecordingInfo {
    const state = this.#state;
    if (state.kind === 'source') return state.info;
    return state.kind === 'frames' ? state.recording.info : state.columns.info;
  }

  /** A step that changes columns in place. */
  changeColumns(change: (columns: MotionColumns) => void): void {
    const state = this.#state;
    const columns =
      state.kind === 'columns'
        ? state.columns
        : state.kind === 'source'
          ? toColumns(state.info, state.framesOf)
          : toColumns(state.recording.info, () => state.recording.frames);
    this.#state = { kind: 'columns', columns };
    change(columns);
  }

  /** A step that makes another recording. */
  changeRecording(change: (recording: Recording) => Recording): void {
    this.setRecording(change(this.takeRecording()));
  }

  setRecording(recording: Recording): void {
    this.#state = { kind: 'frames', recording };
  }

  /** As it is now. */
  takeRecording(): Recording {
    const state = this.#state;
    if (state.kind === 'frames') return state.recording;
    return state.kind === 'source'
      ? new Recording(state.info, [...state.framesOf(1)])
      : toRecording(state.columns);
  }

  /** How many frames there are; `null`: nobody has counted them yet. */
  get frameCount(): number | null {
    const state = this.#state;
    if (state.kind === 'source') return null;
    return (state.kind === 'frames' ? state.recording : state.columns).frames.length;
  }

  /** The frames, one after the other, for the last time: each lasts only until `FRAMES_KEPT` more have come. */
  takeFrames(): Iterable<TrackedFrame> {
    const state = this.#state;
    if (state.kind === 'source') return state.framesOf(1);
    return state.kind === 'frames' ? state.recording.frames : drainFrames(state.columns);
  }
}

/** A step that works on columns, for a recording, which stays as it is. */
export function inColumns(recording: Recording, change: (columns: MotionColumns) => void): Recording {
  const columns = toColumns(recording.info, () => recording.frames);
  change(columns);
  return toRecording(columns);
}
