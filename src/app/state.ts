import { computed, signal } from '@preact/signals-core';
import type { PersonNames } from '../core/person-name.ts';
import type { Person } from '../core/pose.ts';
import { knownModels } from '../families/catalog/catalog.ts';
import type { DeviceInfo } from '../families/estimator.ts';
import type { DownloadProgress } from '../families/files/assets.ts';
import type { FrameImage } from '../families/frame-image.ts';
import type { ModelInfo } from '../families/model-info.ts';
import type { Part } from '../motion/corrections/edit.ts';
import type { TimeRange } from '../motion/corrections/time-range.ts';
import type { Series } from '../motion/series/series.ts';
import type { CameraDevice } from '../sources/camera/camera.ts';
import type { PictureSet } from '../sources/pictures/picture-set.ts';
import type { SourceInfo, TransportState } from '../sources/source.ts';
import type { MeasuredEngine } from '../tracking/engines/remembered.ts';
import { WHOLE, type Zoom } from '../views/overlay/zoom.ts';
import type { SeenView } from '../views/scene3d/camera/framing.ts';
import type { Document } from './document/document.ts';
import { NO_STATISTICS, type Statistics } from './live/statistics.ts';
import { type Mode, needsDocument, needsMeasured } from './modes.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** Does the page work without a network? */
export interface Kept {
  /** Not yet or not at all; soon; from now on. */
  readonly how: 'no' | 'keeping' | 'yes';
  /** Why not. */
  readonly reason: string | null;
}

export const NOT_KEPT: Kept = { how: 'no', reason: null };

/** What is on screen. Replaced per frame, so not a signal: views compare `version` when they paint. */
export interface Shown {
  version: number;
  /** `null`: keypoints without a picture. Owned by the session. */
  image: FrameImage | null;
  width: number;
  height: number;
  time: number;
  people: readonly Person[];
}

/** How the page shows it. No signal, for it changes with every turn: whoever needs it looks at it then. */
export interface Seen {
  /** From where the room is seen; `null`: there is none. */
  room: SeenView | null;
}

/** A joint of somebody. */
export interface SelectedJoint {
  readonly personId: number;
  readonly part: Part;
  readonly keypoint: number;
}

/** A second recording that the one on the stage is compared with. */
export interface ComparisonState {
  readonly id: string;
  /** What it is called on the page. */
  readonly name: string;
  /** Over the picture on the stage, or on one beside it; recordings of two videos are always beside each other. */
  readonly layout: 'over' | 'beside';
  /** Both are of one video: frames of the same time are the same. */
  readonly isSameVideo: boolean;
  /** Seconds: what the stage shows at a time, the other one shows at that time less this. */
  readonly offset: number;
  /** The other one goes where the one on the stage goes; else it is moved by itself. */
  readonly isInStep: boolean;
  /** Whose numbers are held against those of the one on the stage; `null`: of one video the same, of two whoever is seen most. */
  readonly personId: number | null;
  /** Of another video: its picture is shown, is being opened, or nobody has its file. */
  readonly picture: 'none' | 'opening' | 'shown';
}

/** What pictures are taken for, and how many they are. */
export interface PicturesState {
  readonly kind: PictureSet['kind'];
  readonly count: number;
  /** What says who is in them, by its name, if they are tracked to be scored against it; else `null`. */
  readonly truth: string | null;
}

/** Engines were measured while a model ran, and the best has taken over. */
export interface EngineChoice {
  readonly best: MeasuredEngine;
  /** The one that ran before; `null`: it wasn't measured, or not right. */
  readonly before: MeasuredEngine | null;
}

/** How far a take is: seconds left to its beginning; or when it began, in milliseconds as `performance.now()` has them. */
export type TakeState =
  | { readonly phase: 'counting'; readonly left: number }
  | { readonly phase: 'recording'; readonly since: number }
  | { readonly phase: 'saving' };

/** A take that was kept as a recording. */
export interface KeptTake {
  readonly id: string;
  readonly name: string;
  readonly seconds: number;
}

/** Everything that the page shows, as signals. Only the session writes. */
export function createState() {
  const settings = signal<Settings>(DEFAULT_SETTINGS);
  const source = signal<SourceInfo | null>(null);
  const recordedFrames = signal(0);
  const wantedMode = signal<Mode>('look');
  const document = signal<Document | null>(null);
  const mode = computed(() =>
    needsDocument(wantedMode.value) && document.value === null ? 'look' : wantedMode.value,
  );
  const isOpening = signal(false);
  const isRunning = signal(false);
  const plots = signal<readonly Series[]>([]);
  const hiddenByHand = signal<ReadonlySet<number>>(new Set());
  const followedId = signal<number | null>(null);
  const namesInMemory = signal<PersonNames>({});
  return {
    settings,
    source,
    /** A source is being opened. */
    isOpening,
    /** Frames come and are tracked. */
    isRunning,
    /** There is nothing to be seen, and nothing is coming. */
    isStageEmpty: computed(
      () => !isRunning.value && !isOpening.value && recordedFrames.value === 0 && source.value === null,
    ),
    /** Weights on their way. */
    loading: signal<DownloadProgress | null>(null),
    /** All that can be chosen. */
    models: signal<readonly ModelInfo[]>(knownModels),
    /** Grows when a network on this device has changed. */
    networkVersion: signal(0),
    device: signal<DeviceInfo | null>(null),
    statistics: signal<Statistics>(NO_STATISTICS),
    /** Its time is that of the last jump or change; where it plays, only `Session.transport` knows how far it is. */
    transport: signal<TransportState | null>(null),
    /** While frames come, it is brought up to date with the statistics. */
    recordedFrames,
    hasRecorded: computed(() => recordedFrames.value > 0),
    /** Which part of the picture is seen. */
    zoom: signal<Zoom>(WHOLE),
    /** Those whom somebody has hidden. */
    hiddenByHand,
    /** Those who are neither on the picture nor in the room: hidden ones, unless one of them is who is followed. */
    hidden: computed<ReadonlySet<number>>(() => {
      const [all, followed] = [hiddenByHand.value, followedId.value];
      return followed !== null && all.has(followed) ? new Set([...all].filter((id) => id !== followed)) : all;
    }),
    /** The only one who is meant, chosen by a click; `null`: everybody is. */
    followedId,
    /** With whom the room's camera goes, if it follows; `null`: with who is followed, or the first. */
    companionId: signal<number | null>(null),
    /** The stored recording on the stage: what can be looked at over time, corrected and compared. */
    document,
    /** What people on the stage are called, by their ids; whoever isn't among them has a number. */
    names: computed<PersonNames>(() => document.value?.names ?? namesInMemory.value),
    /** The same of what lies in memory only. */
    namesInMemory,
    /** What is done with what is on the stage. */
    mode,
    /** What is done as soon as there is something that it can be done with. */
    wantedMode,
    /** How the recording that the one on the stage is compared with is shown; `null`: it isn't compared. */
    comparison: signal<ComparisonState | null>(null),
    /** What is plotted of the document, in this order. */
    plots,
    /** Joints can be dragged. */
    isEditing: computed(() => mode.value === 'correct'),
    /** The document is shown as it was tracked and corrected, not smoothed: for whoever corrects, measures or cleans it up. */
    showsMeasured: computed(
      () => document.value !== null && (needsMeasured(mode.value) || plots.value.length > 0),
    ),
    /** The stretch of time that corrections, measures and tables are for. */
    editRange: signal<TimeRange>({}),
    /** The joint that was taken hold of last. */
    selected: signal<SelectedJoint | null>(null),
    /** The pictures on the stage; `null`: there are none. */
    pictures: signal<PicturesState | null>(null),
    /** The job whose video is on the stage. */
    shownJob: signal<number | null>(null),
    /** What was tracked last lies only in memory, and can be kept as a recording. */
    canKeep: signal(false),
    /** What lifts keypoints to 3-D as they come, and how many seconds its 3-D is late; `null`: nothing does. */
    liveLift: signal<{ readonly label: string; readonly delay: number } | null>(null),
    /** The engine that has taken over because it was found to be faster, until that is dismissed. */
    engineChoice: signal<EngineChoice | null>(null),
    foreignRequests: signal(0),
    /** The page lies on this device. */
    kept: signal<Kept>(NOT_KEPT),
    /** What the camera gives is recorded; `null`: it isn't. */
    take: signal<TakeState | null>(null),
    /** The take that was kept last, of the camera on the stage; `null`: none was. */
    lastTake: signal<KeptTake | null>(null),
    cameras: signal<readonly CameraDevice[]>([]),
    cameraId: signal<string | null>(null),
    isMirrored: computed(() => {
      const { mirror } = settings.value;
      return mirror === 'auto' ? (source.value?.prefersMirror ?? false) : mirror === 'on';
    }),
    /** Is somebody in the frame on screen? Before the first frame of a source, nobody knows. */
    found: signal<'unknown' | 'nobody' | 'somebody'>('unknown'),
    seen: { room: null } as Seen,
    shown: { version: 0, image: null, width: 0, height: 0, time: 0, people: [] } as Shown,
  };
}

export type State = ReturnType<typeof createState>;
