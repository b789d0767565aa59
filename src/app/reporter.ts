import type { DeviceInfo } from '../families/estimator.ts';
import type { DownloadProgress } from '../families/files/assets.ts';
import type { Notice } from './notices.ts';

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
