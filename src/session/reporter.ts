import { isAbort, toSentence } from '../core/errors.ts';
import type { DownloadProgress } from '../models/assets.ts';
import type { DeviceInfo } from '../models/estimator.ts';
import type { Notice, Notices } from './notices.ts';
import type { State } from './state.ts';

/** Where the parts of a session say what is merely to be known: nobody answers. */
export interface Reporter {
  /** Says something to whoever is at the page. @returns takes it back, when it no longer holds */
  notice(kind: Notice['kind'], text: string): () => void;
  /** Says what went wrong, unless it was given up on purpose. */
  failure(error: unknown): void;
  /** An engine has given up tracking, and another goes on. */
  engineFailed(engine: string, reason: string): void;
  /** Weights are on their way; `null`: not any more. */
  loading(progress: DownloadProgress | null): void;
  /** What tracks from now on. */
  device(device: DeviceInfo): void;
  /** Something was asked of another origin. */
  foreignRequest(): void;
}

/** One that says all of it in the state and the notices that the page shows. */
export function createReporter(state: State, notices: Notices): Reporter {
  const notice: Reporter['notice'] = (kind, text) => notices.add(kind, text);
  return {
    notice,
    failure: (error) => {
      if (!isAbort(error)) notice('error', toSentence(error));
    },
    engineFailed: (engine, reason) => {
      notice('info', `${engine} can't go on (${reason}). The next engine takes over; nothing is lost.`);
    },
    loading: (progress) => {
      state.loading.value = progress;
    },
    device: (device) => {
      state.device.value = device;
    },
    foreignRequest: () => {
      state.foreignRequests.value++;
    },
  };
}
