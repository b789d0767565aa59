import type { PersonNames } from './person-name.ts';
import type { Person } from './pose.ts';
import type { TimeMark } from './time-mark.ts';

/** Which model ran from which frame on, and where. */
export interface RunInfo {
  /** Position among the recording's frames at which this run began. */
  readonly firstFrame: number;
  /** Id from the catalogue, e.g. `mediapipe-pose-full`; `unknown` for keypoints made elsewhere. */
  readonly model: string;
  readonly hands: boolean;
  /** Faces were looked for; absent: no. */
  readonly faces?: true;
  /** What parts of the picture people cover was looked for; absent: no. */
  readonly masks?: true;
  /** Id of the model that found the people for this one; absent: it found them itself. */
  readonly finder?: string;
  readonly people: number;
  /** Engine id, e.g. `tasks-wasm`. */
  readonly engine: string;
  /** The device in words, e.g. `WASM · 1 thread`. */
  readonly device: string;
  /** SHA-256 of the weights as hexadecimal digits, by the name of their bundle. */
  readonly weights?: Readonly<Record<string, string>>;
  /** What was asked of a network of OpenPose's kind, or of MoveNet multipose. */
  readonly network?: {
    /** Columns × rows of the picture that it got; −1: by the frame's shape. */
    readonly netResolution: string;
    readonly scaleNumber?: number;
    readonly scaleGap?: number;
    readonly maximizePositives?: boolean;
    /** Thresholds other than the usual ones. */
    readonly thresholds?: Readonly<Record<string, number>>;
  };
  /** How far the engine's numbers are from the reference's, as shares of the largest number; where measured. */
  readonly parity?: { readonly largest: number; readonly mean: number };
}

/** Which frames of a video were tracked. */
export interface FrameSelection {
  /** Seconds of the video: earlier frames were left out. */
  readonly from?: number;
  /** Seconds of the video: frames at this time and later were left out. */
  readonly to?: number;
  /** n: of the source's frames only 0, n, 2n … */
  readonly everyNth?: number;
  /**
   * Seconds of the video per second of what happened, e.g. 8 for 240 fps stored as 30. Frame times are the
   * video's, and in files those of what happened: see `core/time/slow-motion.ts`.
   */
  readonly slowMotion?: number;
}

/** How a camera's angle was come by. */
export const ANGLE_ORIGINS = ['given', 'exif', 'demo', 'estimated', 'supposed'] as const;

/**
 * The camera in the room: metres, y up from the floor, z towards the viewer. It looks along its own −z, with its own y
 * up and x to the right of the picture.
 */
export interface RoomCamera {
  /** Degrees that the longer side of the picture spans. */
  readonly fieldOfView: number;
  readonly knownFrom: (typeof ANGLE_ORIGINS)[number];
  readonly position: readonly [x: number, y: number, z: number];
  /** From the camera's axes to the room's, a unit quaternion. */
  readonly rotation: readonly [x: number, y: number, z: number, w: number];
}

/** The network that lifted keypoints to 3-D, and where it ran. */
export interface LifterInfo {
  readonly model: string;
  /** SHA-256 of its weights as hexadecimal digits. */
  readonly sha256: string;
  /** Frames that one result is made of. */
  readonly receptiveField: number;
  readonly isCausal: boolean;
  /** Was the mirrored picture looked at, too, and the mean taken? */
  readonly isMirrored: boolean;
  readonly engine: string;
  readonly device: string;
  /** How far the engine's numbers are from the reference's, as shares of the largest number. */
  readonly parity: { readonly largest: number; readonly mean: number };
}

export const SIZE_ORIGINS = ['keypoints', 'shares', 'shares-of-size'] as const;

/** How a recording was made (decision 6). */
export interface RecordingInfo {
  /** Version of Limn that made it. */
  readonly limn: string;
  /** When it began, ISO 8601. */
  readonly created: string;
  readonly source: {
    readonly kind: 'camera' | 'video' | 'pictures' | 'demo' | 'recording';
    /** File name or device label. */
    readonly name: string;
    /** Size of the file, where there is one. */
    readonly byteLength?: number;
    /** SHA-256 of the file as hexadecimal digits, where there is one. */
    readonly sha256?: string;
    /** Degrees that the longer side of the picture spans, where the file says so. */
    readonly fieldOfView?: number;
    /** The demo's options, enough to draw the same frames again. */
    readonly demo?: Readonly<Record<string, number>>;
  };
  /** Frame size in pixels as displayed. */
  readonly width: number;
  readonly height: number;
  /** Whether the page showed the picture mirrored. Never applied to data (S3). */
  readonly mirrored: boolean;
  /** Which frames of a video were tracked; absent: all, as they were played. */
  readonly selection?: FrameSelection;
  /**
   * Where the frame's size is from, if no file stated it. `keypoints`: it is large enough for all of them. Else coordinates
   * were shares of a size that isn't known, and this one is supposed: `shares` of the way from the first pixel to the last,
   * i.e. of width − 1, as OpenPose has them; `shares-of-size` of the width.
   */
  readonly sizeFrom?: (typeof SIZE_ORIGINS)[number];
  /** Why frames are missing, as a sentence; absent: none are. */
  readonly incomplete?: string;
  /** What the COCO file that it was read from said beside its images and people. */
  readonly coco?: CocoDocument;
  /** What was changed, scaled, supposed or left out when it was read from a file, a sentence each. */
  readonly notes?: readonly string[];
  /** Frames per second that times were made up with, for keypoints whose file says nothing of time. */
  readonly assumedFrameRate?: number;
  /** What people are called, by their ids; whoever isn't among them has a number. */
  readonly names?: PersonNames;
  /** Moments that have names, in the order of time; absent: none has. */
  readonly marks?: readonly TimeMark[];
  /** What was done to the keypoints by hand, a sentence each, in that order. */
  readonly corrections?: readonly string[];
  /** What was done to the motion afterwards, a sentence each, in that order. */
  readonly processing?: readonly string[];
  /** Absent: nothing was lifted. */
  readonly lifter?: LifterInfo;
  /** Absent: nobody was placed in the room. */
  readonly camera?: RoomCamera;
  /** What was done when this was written to a file. */
  readonly written?: {
    /** Strength of smoothing, 0 to 1; absent: as measured. */
    readonly smoothing?: number;
    /** Only this person was written. */
    readonly personId?: number;
    /** Times in the file are the video's divided by this, its `slowMotion`: seconds of what happened. Absent: the video's. */
    readonly timesDividedBy?: number;
  };
  readonly runs: readonly RunInfo[];
}

export interface TrackedFrame {
  /** Number of the frame in its source, from 0. */
  readonly index: number;
  /** Seconds from the start of the media. */
  readonly time: number;
  /** Seconds of the video, in files whose times are those of what happened (`written.timesDividedBy`). */
  readonly videoTime?: number;
  /** The file's name, where every frame is a file of its own. */
  readonly name?: string;
  /** The frame's own size where it differs from the recording's. */
  readonly width?: number;
  readonly height?: number;
  readonly people: readonly Person[];
  /** What OpenPose's file said beside its people. */
  readonly openPose?: OpenPoseExtras;
  /** What COCO's file said of it beside its people. */
  readonly coco?: CocoFrame;
}

/** What an image is in COCO's files, kept to be written again. */
export interface CocoFrame {
  readonly imageId: number | string;
  /** The JSON text of the image's entry; absent: results have none. */
  readonly image?: string;
  /** The JSON texts of entries that have no keypoints: boxes, crowds. */
  readonly others?: readonly string[];
}

/**
 * What the third number of a keypoint is. `visibility`: 0 not labelled, 1 labelled and hidden, 2 labelled and visible;
 * `flag`: 0 not there, 1 there; `score`: 0 to 1.
 */
export const COCO_THIRDS = ['visibility', 'flag', 'score'] as const;

/** A COCO file as a whole. */
export interface CocoDocument {
  readonly kind: 'results' | 'annotations';
  readonly thirds: (typeof COCO_THIRDS)[number];
  /** The same of COCO-WholeBody's lists (`face_kpts` …); those that aren't named are as the body's. */
  readonly listThirds?: Readonly<Record<string, (typeof COCO_THIRDS)[number]>>;
  /** The JSON text of an annotations file, with its images and annotations taken out of their arrays. */
  readonly head?: string;
}

/** What OpenPose's files hold that Limn has no use for, kept to be written again. */
export interface OpenPoseExtras {
  /** People had no ids (`person_id` −1). */
  readonly isAnonymous?: boolean;
  /** All peaks of each keypoint, as x, y, score … (`--part_candidates`). */
  readonly partCandidates?: readonly (readonly number[])[];
}

/** Which model tracks, wherever it runs. */
export type RunModel = Omit<RunInfo, 'firstFrame' | 'engine' | 'device' | 'parity'>;

/** A model at work on a device. */
export function runOn(
  { model, hands, people, ...others }: RunModel,
  { engine, device, parity }: Pick<RunInfo, 'engine' | 'device' | 'parity'>,
): Omit<RunInfo, 'firstFrame'> {
  return { model, hands, people, engine, device, ...others, ...(parity && { parity }) };
}

/**
 * The info of a recording in which `run` tracks from a frame on: unchanged if that is what ran before; what was
 * noted for that frame or later ones is replaced.
 */
export function withRun(
  info: RecordingInfo,
  firstFrame: number,
  run: Omit<RunInfo, 'firstFrame'>,
): RecordingInfo {
  const earlier = info.runs.filter((existing) => existing.firstFrame < firstFrame);
  const last = earlier.at(-1);
  const goesOn =
    last !== undefined &&
    last.model === run.model &&
    last.hands === run.hands &&
    last.faces === run.faces &&
    last.masks === run.masks &&
    last.finder === run.finder &&
    last.people === run.people &&
    last.engine === run.engine &&
    last.device === run.device &&
    JSON.stringify([last.weights, last.network]) === JSON.stringify([run.weights, run.network]);
  if (goesOn && earlier.length === info.runs.length) return info;
  return { ...info, runs: goesOn ? earlier : [...earlier, { firstFrame, ...run }] };
}

/**
 * All tracked frames of a source in the order of their times.
 *
 * Grows while tracking goes on; whoever shows it compares `version` once per painted frame.
 */
export class Recording {
  info: RecordingInfo;
  readonly #frames: TrackedFrame[] = [];
  #version = 0;
  #rewrites = 0;

  constructor(info: RecordingInfo, frames: readonly TrackedFrame[] = []) {
    this.info = info;
    for (const frame of frames) this.put(frame);
  }

  get frames(): readonly TrackedFrame[] {
    return this.#frames;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Grows with every change but frames that come after all others: while it stays, whoever counts frames counts on. */
  get rewrites(): number {
    return this.#rewrites;
  }

  /** Adds a frame at its place in time; one with the same time is replaced (it was tracked anew). */
  put(frame: TrackedFrame): void {
    this.#version++;
    const last = this.#frames.at(-1);
    if (last === undefined || frame.time > last.time) {
      this.#frames.push(frame);
      return;
    }
    this.#rewrites++;
    const position = this.#firstAtOrAfter(frame.time);
    const isSame = this.#frames[position]?.time === frame.time;
    this.#frames.splice(position, isSame ? 1 : 0, frame);
  }

  /** Notes what runs from the next frame on. */
  beginRun(run: Omit<RunInfo, 'firstFrame'>): void {
    this.info = withRun(this.info, this.#frames.length, run);
  }

  /** The last frame at or before the time, else the first; `null` if there is none. */
  frameAt(time: number): TrackedFrame | null {
    const next = this.#firstAtOrAfter(time);
    const exact = this.#frames[next];
    if (exact && exact.time === time) return exact;
    return this.#frames[Math.max(0, next - 1)] ?? null;
  }

  /** The frame before or after the one that `frameAt` gives; `null` if there is none. */
  neighbour(time: number, direction: -1 | 1): TrackedFrame | null {
    const frame = this.frameAt(time);
    return (frame && this.#frames[this.#firstAtOrAfter(frame.time) + direction]) ?? null;
  }

  #firstAtOrAfter(time: number): number {
    let low = 0;
    let high = this.#frames.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#frames[middle]?.time ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
