import type { Frame } from '../core/frame.ts';
import type { RecordingInfo } from '../core/recording.ts';

/** A frame of a source: VideoFrame and ImageBitmap both hold memory that must be given back. */
export type SourceFrame = Frame<VideoFrame | ImageBitmap>;

export interface SourceInfo {
  readonly kind: RecordingInfo['source']['kind'];
  /** File name, device label. */
  readonly name: string;
  /** Frames come by themselves and can't be asked for again. */
  readonly live: boolean;
  /** Every frame is a picture of its own: nobody is followed from one to the next. */
  readonly isStill: boolean;
  /** Seconds; `null` for live sources. */
  readonly duration: number | null;
  /** Frames per second, where known. */
  readonly frameRate: number | null;
  /** A picture that people expect to see mirrored, as in a mirror. */
  readonly prefersMirror: boolean;
  readonly byteLength: number | null;
  readonly demo: Readonly<Record<string, number>> | null;
  /** Degrees that the longer side of the picture spans; absent: the source doesn't say. */
  readonly fieldOfView?: number;
  /** Frames per second that times were made up with; absent: they are the source's own. */
  readonly assumedFrameRate?: number;
  /** What has to be known of how it was taken, a sentence each. */
  readonly notes?: readonly string[];
}

/** Where frames come from. */
export interface FrameSource {
  readonly info: SourceInfo;
  /** How many frames were passed over because the receiver was busy. */
  readonly dropped: number;
  /** For sources that can be played: how. */
  readonly transport: Transport | null;
  /** Why frames are missing, as a sentence; absent or `null`: none are. */
  readonly incomplete?: string | null;
  /** Called when `incomplete` has changed. */
  onMissing?: (() => void) | null;
  /**
   * The next frame to look at: of a live source the newest, of another the one that is now to be shown.
   * Waits until there is one; `null` at the end. The caller owns the frame. One caller at a time.
   *
   * @throws {LimnError} if the source breaks off, with a sentence saying why
   */
  next(): Promise<SourceFrame | null>;
  close(): void;
}

export interface TransportState {
  readonly isPlaying: boolean;
  /** Seconds. */
  readonly time: number;
  readonly duration: number;
  readonly isLooping: boolean;
  /** 1: as fast as it was recorded. */
  readonly rate: number;
  /** Number of single pictures, or `null` for what has continuous time. */
  readonly pictureCount: number | null;
}

/** Playing, for sources that are not live. */
export interface Transport {
  readonly state: TransportState;
  /** Seconds of the media at which the transport's time is 0; absent: at 0. */
  readonly startTime?: number;
  /** Called after every change of `state`. */
  onChange: (() => void) | null;
  play(): void;
  pause(): void;
  /** Shows the frame at a time in seconds. */
  seek(time: number): void;
  /** Shows a neighbouring frame: −1 the one before, 1 the next. */
  step(direction: -1 | 1): void;
  setLooping(isLooping: boolean): void;
  setRate(rate: number): void;
}
