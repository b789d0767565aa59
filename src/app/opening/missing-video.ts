import { handleOf, KeptHandles, readHandle } from '../../browser/file-handles.ts';
import { takeFingerprint } from '../../recording/log/stored-info.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Videos } from '../jobs/videos.ts';
import type { Reporter } from '../reporter.ts';
import type { StageParts } from '../stage/stage-parts.ts';
import { canGoOn, checkVideo } from './video-of.ts';

interface MissingVideoParts extends Pick<StageParts, 'runs' | 'library'> {
  readonly videos: Videos;
}

/** The videos of stored recordings, which lie where their owners have them: found again, and held against the recordings. */
export class MissingVideo {
  readonly #parts: MissingVideoParts;
  readonly #reporter: Reporter;
  readonly #kept: KeptHandles;

  constructor(platform: Pick<Platform, 'name'>, reporter: Reporter, parts: MissingVideoParts) {
    this.#parts = parts;
    this.#reporter = reporter;
    this.#kept = new KeptHandles(platform.name);
  }

  /** Remembers where a recording's video lies, if the browser says so. @param blob of the video */
  note(id: string, blob: Blob): void {
    const handle = handleOf(blob);
    if (handle) void this.#kept.keep(id, handle);
  }

  forget(id: string): void {
    void this.#kept.forget(id);
  }

  /**
   * Opens the video where it lay, if the browser remembers and somebody lets it. To be called while handling a click or a key.
   *
   * @returns whether it is there; else it has to be chosen
   */
  async reopen(id: string): Promise<boolean> {
    const handle = await this.#kept.find(id);
    const file = handle && (await readHandle(handle));
    if (!file) return false;
    return this.choose(id, { name: file.name, blob: file });
  }

  /**
   * Shows a recording with a video, if it is that which the recording was made from; goes on with one that was broken off.
   *
   * @returns whether it is; if it is not, that is said
   */
  async choose(id: string, file: NamedFile): Promise<boolean> {
    const { runs, library, videos } = this.#parts;
    const { recordings } = library;
    const listed = recordings.list.peek() ?? (await recordings.refresh());
    const stored = listed.find((each) => each.id === id);
    if (!stored?.info) return false;
    const verdict = checkVideo(stored.info, file, await takeFingerprint(file.blob));
    const { name } = stored.info.info.source;
    if (verdict.kind === 'other') {
      const how = verdict.differs === 'size' ? 'it has another size' : 'what is in it differs';
      this.#reporter.notice(
        'error',
        `${file.name} isn’t the video that this recording was made from: ${how}. Choose ${name}.`,
      );
      return false;
    }
    if (verdict.kind === 'unknown' && !verdict.isNamedSo) {
      this.#reporter.notice(
        'info',
        `The recording is of ${name}. Limn can’t tell whether ${file.name} is the same video.`,
      );
    }
    this.note(id, file.blob);
    const { order } = stored.info;
    const goesOn =
      verdict.kind === 'same' && canGoOn(stored.info, stored.frames) && stored.elsewhere === null;
    await runs.start('none', () => (goesOn ? videos.resume(file, order) : videos.openBeside(file, id)));
    return true;
  }
}
