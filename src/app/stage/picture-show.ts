import { isAbort } from '../../core/errors.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { PictureOptions } from '../../sources/pictures/picture-options.ts';
import { openPictureSet } from '../../sources/pictures/picture-set.ts';
import { PicturesSource } from '../../sources/pictures/pictures-source.ts';
import { modelKey, toEstimatorOptions } from '../../tracking/order.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';
import type { State } from '../state.ts';
import type { Truth } from './comparison.ts';

/** Pictures that are opened, and what they are to be scored against when they are tracked; `null`: nothing. */
export interface OpenedPictures {
  readonly files: readonly NamedFile[];
  readonly truth: Truth | null;
  readonly source: PicturesSource;
}

/** The pictures on the stage: what they are taken for, and whether they were tracked as the settings are now. */
export class PictureShow {
  readonly #state: State;
  readonly #registry: ModelRegistry;
  #files: readonly NamedFile[] = [];
  /** What they are taken for; said by hand, it holds for these pictures only. */
  #meaning: PictureOptions['meaning'] = 'auto';
  #source: PicturesSource | null = null;
  #truth: Truth | null = null;
  /** What they were tracked with. */
  #key = '';

  constructor(state: State, registry: ModelRegistry) {
    this.#state = state;
    this.#registry = registry;
  }

  /**
   * Opens pictures that were brought.
   *
   * @param truth what they are to be scored against: they are single ones then, tracked once
   * @throws {LimnError} if none of them can be read
   */
  open(files: readonly NamedFile[], truth: Truth | null): Promise<OpenedPictures> {
    return this.#open(files, truth, truth ? 'single' : 'auto', null);
  }

  /** These take the stage. */
  begin({ source, files, truth }: OpenedPictures): void {
    this.#source = source;
    this.#truth = truth;
    const { kind, frames } = source.set;
    if (files !== this.#files) this.#meaning = truth ? 'single' : 'auto';
    this.#files = files;
    this.#key = this.#keyOf(this.#state.settings.peek());
    this.#state.pictures.value = { kind, count: frames.length, truth: truth?.name ?? null };
  }

  /** They are off the stage. */
  end(): void {
    this.#source = null;
    this.#state.pictures.value = null;
  }

  /** Says what the pictures on the stage are: `openAgain` opens them so. */
  setMeaning(meaning: PictureOptions['meaning']): void {
    this.#meaning = meaning;
  }

  /** Opens them anew, if the settings ask for other tracking now; `null`: they don't, or there are none. */
  openAgain(settings: Settings): Promise<OpenedPictures> | null {
    if (!this.#source || this.#keyOf(settings) === this.#key) return null;
    return this.#open(this.#files, this.#truth, this.#meaning, this.#source.position);
  }

  async #open(
    files: readonly NamedFile[],
    truth: Truth | null,
    meaning: PictureOptions['meaning'],
    returnTo: number | null,
  ): Promise<OpenedPictures> {
    const rate = this.#state.settings.peek().pictureRate;
    const set = await openPictureSet(files, { meaning, rate });
    const source = await PicturesSource.open(set, truth ? { isOnce: true } : { returnTo });
    return { files, truth, source };
  }

  #keyOf(settings: Settings): string {
    const taken = [this.#meaning, settings.pictureRate, this.#state.networkVersion.peek()];
    try {
      const { options, engine } = toEstimatorOptions(
        toTrackerOptions(settings, this.#registry),
        'image',
        this.#registry,
      );
      return JSON.stringify([taken, modelKey(options, engine)]);
    } catch (error) {
      if (isAbort(error)) throw error;
      // What isn't valid is said when it is opened.
      return JSON.stringify(taken);
    }
  }
}
