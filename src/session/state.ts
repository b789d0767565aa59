import { computed, signal } from '@preact/signals-core';
import type { Person } from '../core/pose.ts';
import type { DownloadProgress } from '../models/assets.ts';
import type { DeviceInfo, FrameImage } from '../models/estimator.ts';
import type { CameraDevice } from '../sources/camera.ts';
import type { SourceInfo, TransportState } from '../sources/source.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { NO_STATISTICS, type Statistics } from './statistics.ts';

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

/** Everything that the page shows, as signals. Only the session writes. */
export function createState() {
  const settings = signal<Settings>(DEFAULT_SETTINGS);
  const source = signal<SourceInfo | null>(null);
  return {
    settings,
    source,
    /** A source is being opened. */
    isOpening: signal(false),
    /** Frames come and are tracked. */
    isRunning: signal(false),
    /** Weights on their way. */
    loading: signal<DownloadProgress | null>(null),
    device: signal<DeviceInfo | null>(null),
    statistics: signal<Statistics>(NO_STATISTICS),
    transport: signal<TransportState | null>(null),
    recordedFrames: signal(0),
    /** Who alone is meant, chosen by a click; `null`: everybody. */
    followedId: signal<number | null>(null),
    /** The job whose video is on the stage. */
    shownJob: signal<number | null>(null),
    foreignRequests: signal(0),
    cameras: signal<readonly CameraDevice[]>([]),
    cameraId: signal<string | null>(null),
    isMirrored: computed(() => {
      const { mirror } = settings.value;
      return mirror === 'auto' ? (source.value?.prefersMirror ?? false) : mirror === 'on';
    }),
    shown: { version: 0, image: null, width: 0, height: 0, time: 0, people: [] } as Shown,
  };
}

export type State = ReturnType<typeof createState>;
