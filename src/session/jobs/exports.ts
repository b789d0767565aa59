import { signal } from '@preact/signals-core';
import type { ConventionId } from '../../formats/convention.ts';
import { exporterFor, isPictureFormat } from '../../formats/exporters.ts';
import type { Reporter } from '../reporter.ts';
import type { Settings } from '../settings.ts';
import type { Platform } from '../workers.ts';
import { type ExportedFile, type ExportRequest, exportInWorker, exportName } from './export-file.ts';

/** A file that is being written. */
export interface ExportProgress {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
}

/** What is to be written: everything but what the settings say. */
export type ExportContent = Pick<ExportRequest, 'name' | 'info' | 'frames' | 'edits' | 'personId'> & {
  readonly video: Blob | null;
};

/** Films with the room show it turning, where that is set: degrees a second. */
const FILM_TURNING = 20;
/** Recordings of more frames than this are written straight to the disk, where the browser can. */
const MANY_FRAMES = 5000;

/** Writes files, one at a time. */
export class Exports {
  /** `null`: none is being written. */
  readonly progress = signal<ExportProgress | null>(null);
  readonly #platform: Platform;
  readonly #reporter: Reporter;
  #cancelling: AbortController | null = null;

  constructor(platform: Platform, reporter: Reporter) {
    this.#platform = platform;
    this.#reporter = reporter;
  }

  /**
   * Is the file likely to be so large that it is better asked first where it is to go? Not where only writing it shows what
   * it will be: one file, or a ZIP of several.
   */
  isLarge({ format }: Settings, frames: number): boolean {
    if (isPictureFormat(format)) return format !== 'png' || frames > 1;
    return frames > MANY_FRAMES && !exporterFor(format).isPerPerson;
  }

  /**
   * @param read gives what is to be written
   * @param target where to write; `null`: the file is given back
   * @returns `null`: it was cancelled, or could not be written, which is said as a notice
   */
  async write(
    read: () => Promise<ExportContent>,
    settings: Settings,
    target: FileSystemFileHandle | null,
  ): Promise<ExportedFile | null> {
    if (this.progress.peek()) return null;
    const cancelling = new AbortController();
    this.#cancelling = cancelling;
    this.progress.value = { name: target?.name ?? '', share: 0 };
    try {
      const { video, ...content } = await read();
      const name = target?.name ?? exportName(content.name, settings.format);
      this.progress.value = { name, share: 0 };
      const file = await exportInWorker(
        {
          ...content,
          format: settings.format,
          smooth: settings.smoothed ? settings.strength : false,
          spatial: settings.spatial,
          convention: chosenConvention(settings),
          film: {
            style: settings.film,
            video,
            look: {
              threshold: settings.threshold,
              lineWidth: settings.line,
              opacity: settings.opacity,
              scheme: settings.colors,
              showIds: settings.ids,
              spatial: settings.spatial,
              turning: settings.rotate ? FILM_TURNING : 0,
            },
          },
          target,
        },
        this.#platform.workers.export,
        {
          onProgress: (share) => {
            this.progress.value = { name, share };
          },
          signal: cancelling.signal,
        },
      );
      if (file.note !== null) this.#reporter.notice('info', file.note);
      return file;
    } catch (error) {
      this.#reporter.failure(error);
      return null;
    } finally {
      this.progress.value = null;
      this.#cancelling = null;
    }
  }

  /** Ends what is being written; nothing of it stays. */
  cancel(): void {
    this.#cancelling?.abort();
  }
}

/** The convention that is set, if the format has it; else the format's usual one (`null`). */
function chosenConvention({ format, convention }: Settings): ConventionId | null {
  if (convention === 'usual' || isPictureFormat(format)) return null;
  return exporterFor(format).conventions?.includes(convention) ? convention : null;
}
