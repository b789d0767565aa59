import { isAbort } from '../../core/errors.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { PictureOptions } from '../../sources/pictures/picture-options.ts';
import { openPictureSet } from '../../sources/pictures/picture-set.ts';
import { PicturesSource } from '../../sources/pictures/pictures-source.ts';
import { modelKey, toEstimatorOptions } from '../../tracking/order.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';
import type { State } from '../state.ts';

/** The pictures on the stage: what they are taken for, and whether they were tracked as the settings are now. */
export class PictureShow {
  readonly #state: State;
  readonly #registry: ModelRegistry;
  #files: readonly NamedFile[] = [];
  /** What they are taken for; said by hand, it holds for these pictures only. */
  #meaning: PictureOptions['meaning'] = 'auto';
  #source: PicturesSource | null = null;
  /** What they were tracked with. */
  #key = '';

  constructor(state: State, registry: ModelRegistry) {
    this.#state = state;
    this.#registry = registry;
  }

  /** Opens pictures that were brought. @throws {LimnError} if none of them can be read */
  open(files: readonly NamedFile[]): Promise<PicturesSource> {
    return this.#open(files, 'auto', null);
  }

  /** These take the stage. */
  begin(source: PicturesSource, files: readonly NamedFile[]): void {
    this.#source = source;
    const { kind, frames } = source.set;
    if (files !== this.#files) this.#meaning = 'auto';
    this.#files = files;
    this.#key = this.#keyOf(this.#state.settings.peek());
    this.#state.pictures.value = { kind, count: frames.length };
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
  openAgain(settings: Settings): { files: readonly NamedFile[]; source: Promise<PicturesSource> } | null {
    if (!this.#source || this.#keyOf(settings) === this.#key) return null;
    const files = this.#files;
    return { files, source: this.#open(files, this.#meaning, this.#source.position) };
  }

  async #open(
    files: readonly NamedFile[],
    meaning: PictureOptions['meaning'],
    returnTo: number | null,
  ): Promise<PicturesSource> {
    const rate = this.#state.settings.peek().pictureRate;
    return PicturesSource.open(await openPictureSet(files, { meaning, rate }), { returnTo });
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
