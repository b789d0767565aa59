import { signal } from '@preact/signals-core';
import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import type { ConventionId } from '../../formats/convention.ts';
import type { ExportFormatId } from '../../formats/exporter.ts';
import { exporterFor, isPictureFormat } from '../../formats/exporters.ts';
import { DEFAULT_RIG_STYLE, type RigStyle } from '../../motion/kinematics/rig-style.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { FilmLook } from '../../views/film/painter.ts';
import type { SeenView } from '../../views/scene3d/camera/framing.ts';
import { shownAngles } from '../measure/shown-angles.ts';
import type { Reporter } from '../reporter.ts';
import { lineWeight, type Settings } from '../settings.ts';
import type { StageParts } from '../stage/stage-parts.ts';
import type { State } from '../state.ts';
import { type BundleOrder, type WrittenBundle, writeBundle } from './bundle.ts';
import {
  type ExportChoice,
  type ExportedFile,
  type ExportRequest,
  exportInWorker,
  exportName,
  type FaceCover,
} from './export-file.ts';
import { ExportPreview } from './export-preview.ts';
import type { Videos } from './videos.ts';

/** A file that is being written. */
export interface ExportProgress {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
}

/** A recording as it is written: everything but what is chosen and what the settings say. */
export type ExportContent = Pick<ExportRequest, 'name' | 'info' | 'frames' | 'edits'> & {
  readonly video: Blob | null;
};

/** A file that was saved. */
export interface SavedFile {
  /** The id of the recording that it is of; `null`: of one that lies in memory only. */
  readonly of: string | null;
  readonly name: string;
  readonly byteLength: number;
}

/** Films with the room show it turning, where that is set: degrees a second. */
const FILM_TURNING = 20;
/** Recordings of more frames than this are written straight to the disk, where the browser can. */
const MANY_FRAMES = 5000;

/** What is told of something that is being written, and what ends it. */
interface ExportWork {
  readonly name: (name: string) => void;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Where exports find what they write. */
interface ExportsParts extends Pick<StageParts, 'subject' | 'library'> {
  readonly videos: Videos;
}

/** Writes files, one at a time. */
export class Exports {
  /** `null`: none is being written. */
  readonly progress = signal<ExportProgress | null>(null);
  /** What was saved last; `null`: nothing was yet. */
  readonly saved = signal<SavedFile | null>(null);
  readonly #platform: Platform;
  readonly #state: State;
  readonly #parts: ExportsParts;
  readonly #reporter: Reporter;
  #cancelling: AbortController | null = null;

  constructor(platform: Platform, state: State, reporter: Reporter, parts: ExportsParts) {
    this.#platform = platform;
    this.#state = state;
    this.#parts = parts;
    this.#reporter = reporter;
  }

  /**
   * The file that would be written now: its name, and whether it is better written straight to the disk. `null`: there is
   * nothing to write.
   *
   * @param id of a stored recording; else what has been tracked or opened last
   * @param choice what is written otherwise than the settings say
   */
  plan(
    id?: string,
    choice: ExportChoice | null = null,
  ): { readonly name: string; readonly isLarge: boolean } | null {
    const format = choice?.format ?? this.#state.settings.peek().format;
    const stored = this.#parts.library.recordings.list.peek()?.find((recording) => recording.id === id);
    const frames = stored?.frames ?? this.#state.recordedFrames.peek();
    const source =
      choice?.name ??
      stored?.info?.name ??
      this.#state.document.peek()?.name ??
      this.#state.source.peek()?.name ??
      'limn';
    if (frames === 0) return null;
    return { name: exportName(source, format), isLarge: isLarge(format, frames) };
  }

  /**
   * Writes a recording in the format that is set, or as it is chosen.
   *
   * @param id of a stored recording; else what has been tracked or opened last, as far as it is
   * @param target where to write; `null`: the file is given back
   * @returns `null`: there is nothing to write, it was cancelled, or could not be written, which is said as a notice
   */
  async write(
    id?: string,
    target: FileSystemFileHandle | null = null,
    choice: ExportChoice | null = null,
  ): Promise<ExportedFile | null> {
    const subject = id ?? this.#parts.subject.current;
    if (!subject) return null;
    const chosen = choice ?? this.usualChoice(id);
    const file = await this.#asTheOne(target?.name ?? '', async ({ name, onProgress, signal }) => {
      const { video, ...content } = await this.#read(subject);
      const named = { ...content, name: chosen.name ?? content.name };
      name(target?.name ?? exportName(named.name, chosen.format));
      const request = { ...named, ...this.#wanted(chosen, video, subject), target };
      return exportInWorker(request, this.#platform.workers.export, { onProgress, signal });
    });
    if (!file) return null;
    if (file.note !== null) this.#reporter.notice('info', file.note);
    const of = typeof subject === 'string' ? subject : null;
    this.saved.value = { of, name: file.name, byteLength: file.byteLength };
    return file;
  }

  /**
   * Writes several recordings in several formats each. What can't be made is left out, and said.
   *
   * @returns `null`: it was cancelled, or none of it could be made, which is said as a notice
   */
  async writeBundle(order: BundleOrder): Promise<WrittenBundle | null> {
    return this.#asTheOne(order.name, ({ onProgress, signal }) =>
      writeBundle(
        order,
        async (id, format) => {
          const subject = id ?? this.#parts.subject.current;
          if (!subject) throw new LimnError('There is nothing to be written yet.');
          const { video, ...content } = await this.#read(subject);
          const choice = { ...this.usualChoice(id ?? undefined), format };
          return { ...content, ...this.#wanted(choice, video, subject), target: null };
        },
        this.#platform.workers.export,
        { onProgress, signal },
      ),
    );
  }

  /** What the settings say. @param id as in `write` */
  usualChoice(id?: string): ExportChoice {
    const { format, smoothed, strength } = this.#state.settings.peek();
    return {
      format,
      personId: id === undefined ? this.#state.followedId.peek() : null,
      range: {},
      smooth: smoothed ? strength : false,
    };
  }

  /**
   * Looks at what files would hold, without writing any. Whoever asks closes it.
   *
   * @param id as in `write`
   */
  preview(id?: string): ExportPreview {
    const subject = id ?? this.#parts.subject.current;
    const preview = new ExportPreview(this.#platform.workers.export, async () => {
      if (!subject) throw new LimnError('There is nothing to be written yet.');
      const { video, ...content } = await this.#read(subject);
      return {
        content,
        toRequest: (choice) => ({ ...this.#wanted(choice, video, subject), target: null }),
      };
    });
    return preview;
  }

  /** Ends what is being written; nothing of it stays. */
  cancel(): void {
    this.#cancelling?.abort();
  }

  /** Does something as the one thing that is written now. @returns `null`: it has failed, which is said, or was cancelled */
  async #asTheOne<Result>(
    first: string,
    write: (work: ExportWork) => Promise<Result>,
  ): Promise<Result | null> {
    if (this.progress.peek()) return null;
    const cancelling = new AbortController();
    this.#cancelling = cancelling;
    this.progress.value = { name: first, share: 0 };
    try {
      return await write({
        name: (name) => {
          this.progress.value = { name, share: 0 };
        },
        onProgress: (share) => {
          this.progress.value = { name: this.progress.peek()?.name ?? first, share };
        },
        signal: cancelling.signal,
      });
    } catch (error) {
      this.#reporter.failure(error);
      return null;
    } finally {
      this.progress.value = null;
      this.#cancelling = null;
    }
  }

  /** What is to be made of a recording: what is chosen, and what the settings say of it. */
  #wanted(
    { format, personId, range, smooth, measures = [] }: ExportChoice,
    video: Blob | null,
    subject: Recording | string,
  ): Omit<ExportRequest, keyof ExportContent | 'target'> {
    const settings = this.#state.settings.peek();
    const isOnStage = subject === this.#state.document.peek()?.id;
    return {
      format,
      personId,
      range,
      smooth,
      spatial: settings.spatial,
      convention: chosenConvention(format, settings),
      rig: chosenRig(settings),
      film: {
        style: settings.film,
        video,
        background: settings.background,
        faces: chosenFaces(settings, this.#state.followedId.peek()),
        look: {
          threshold: settings.threshold,
          weight: lineWeight(settings),
          trails: settings.trails,
          opacity: settings.opacity,
          scheme: settings.colors,
          showIds: settings.ids,
          showSkeletons: settings.skeleton,
          showMasks: settings.masks,
          // As the stage has them, for films of what is on it.
          angles: isOnStage ? shownAngles(this.#state) : [],
          measures: isOnStage ? measures : [],
          hidden:
            personId === null && subject === this.#parts.subject.current
              ? [...this.#state.hidden.peek()]
              : [],
          spatial: settings.spatial,
          view: chosenView(settings, this.#state.seen.room),
          turning: settings.rotate ? FILM_TURNING : 0,
        },
      },
    };
  }

  async #read(subject: Recording | string): Promise<ExportContent> {
    const { library, videos } = this.#parts;
    if (typeof subject === 'string') {
      const video = videos.videoOf(subject) ?? (await library.videoOf(subject));
      return { ...(await library.read(subject)), video: video?.blob ?? null };
    }
    const { info, frames } = subject;
    return { name: info.source.name, info, frames, edits: [], video: null };
  }
}

/**
 * Is the file likely to be so large that it is better asked first where it is to go? Not where only writing it shows what
 * it will be: one file, or a ZIP of several.
 */
function isLarge(format: ExportFormatId, frames: number): boolean {
  if (isPictureFormat(format)) return format !== 'png' || frames > 1;
  return frames > MANY_FRAMES && !exporterFor(format).isPerPerson;
}

/** From where films see the room: as it is seen on the page, where that is wished and there is one. */
function chosenView({ filmView }: Settings, seen: SeenView | null): FilmLook['view'] {
  return filmView === 'seen' ? (seen ?? 'angled') : filmView;
}

/** Whose faces films cover; where nobody is followed, everybody's. */
function chosenFaces({ cover, coverWho }: Settings, followedId: number | null): FaceCover | null {
  if (cover === 'shown') return null;
  if (coverWho === 'everybody' || followedId === null) return { style: cover, who: 'everybody' };
  return {
    style: cover,
    who: coverWho === 'followed' ? { only: [followedId] } : { except: [followedId] },
  };
}

/** The convention that is set, if the format has it; else the format's usual one (`null`). */
function chosenConvention(format: ExportFormatId, { convention }: Settings): ConventionId | null {
  if (convention === 'usual' || isPictureFormat(format)) return null;
  return exporterFor(format).conventions?.includes(convention) ? convention : null;
}

/** The plain rig is one object: files say of others what they are. */
function chosenRig({ rigNames: names, restPose: rest }: Settings): RigStyle {
  const { names: usual, rest: usualRest } = DEFAULT_RIG_STYLE;
  return names === usual && rest === usualRest ? DEFAULT_RIG_STYLE : { names, rest };
}
