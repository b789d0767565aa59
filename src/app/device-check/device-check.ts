import { signal } from '@preact/signals-core';
import { isAbort, toSentence } from '../../core/errors.ts';
import type { Platform } from '../../tracking/platform.ts';
import { type CheckProgress, checkDevice } from './check.ts';
import { type DeviceReport, readReport } from './report.ts';

/** The check that the page shows: one at a time. */
export class DeviceCheck {
  /** What is known so far; `null`: nothing was checked yet. */
  readonly report = signal<DeviceReport | null>(null);
  /** A check is on its way. */
  readonly progress = signal<Pick<CheckProgress, 'share' | 'doing'> | null>(null);
  /** An earlier result, or another device's, to compare with. */
  readonly other = signal<DeviceReport | null>(null);
  /** Why a check ended early, or a file could not be read. */
  readonly problem = signal<string | null>(null);
  readonly #platform: Platform;
  #abort: AbortController | null = null;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * @param models their ids; `null`: all that are on this device
   * @param video is tracked on the CPU and the GPU, too
   */
  async start(models: readonly string[] | null = null, video: Blob | null = null): Promise<void> {
    if (this.#abort) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.problem.value = null;
    this.progress.value = { share: 0, doing: '' };
    try {
      this.report.value = await checkDevice(
        {
          ...(models && { models }),
          video,
          signal: abort.signal,
          onProgress: ({ share, doing, report }) => {
            this.progress.value = { share, doing };
            this.report.value = report;
          },
        },
        this.#platform,
      );
    } catch (error) {
      if (!isAbort(error)) this.problem.value = toSentence(error);
    } finally {
      this.#abort = null;
      this.progress.value = null;
    }
  }

  /** What has been measured stays. */
  cancel(): void {
    this.#abort?.abort(new DOMException('The check was cancelled.', 'AbortError'));
  }

  /** Puts a saved result beside this one. */
  async compareWith(file: Blob): Promise<void> {
    try {
      this.other.value = await readReport(file);
      this.problem.value = null;
    } catch (error) {
      this.problem.value = toSentence(error);
    }
  }
}
