import { isAbort } from '../../core/errors.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { PictureOptions } from '../../sources/pictures/picture-options.ts';
import { openPictureSet } from '../../sources/pictures/picture-set.ts';
import { type GivingOut, PicturesSource } from '../../sources/pictures/pictures-source.ts';
import { modelKey, toEstimatorOptions } from '../../tracking/order.ts';
import type { Truth } from '../comparison/comparison.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';
import type { State } from '../state.ts';

/** Pictures, and what they are taken for. */
interface PictureFiles {
  readonly files: readonly NamedFile[];
  readonly options: PictureOptions;
}

/** Pictures that are opened, and what they are to be scored against when they are tracked; `null`: nothing. */
export interface OpenedPictures extends PictureFiles {
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
  #thresholds = '';
  /** The pictures of recordings that were kept in this visit, by the recording's id. */
  readonly #ofRecordings = new Map<string, PictureFiles>();

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
    return this.#open(files, truth, truth ? 'single' : 'auto', { isOnce: truth !== null });
  }

  /** These take the stage. */
  begin({ source, files, truth }: OpenedPictures): void {
    this.#source = source;
    this.#truth = truth;
    const { kind, frames } = source.set;
    if (files !== this.#files) this.#meaning = truth ? 'single' : 'auto';
    this.#files = files;
    const asked = this.#ask(this.#state.settings.peek());
    this.#key = asked.key;
    this.#thresholds = asked.thresholds;
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
    if (!this.#source) return null;
    const { key, thresholds } = this.#ask(settings);
    // The X-ray puts people together anew as thresholds are moved.
    const isSame = settings.xray || settings.map >= 0 || thresholds === this.#thresholds;
    if (key === this.#key && isSame) return null;
    const givingOut = this.#truth ? { isOnce: true } : { returnTo: this.#source.position };
    return this.#open(this.#files, this.#truth, this.#meaning, givingOut);
  }

  /** A recording of pictures is kept: these are the ones. */
  remember(id: string, { files, options }: PictureFiles): void {
    this.#ofRecordings.set(id, { files, options });
  }

  /**
   * Opens the pictures that a kept recording is of, to be looked at.
   *
   * @returns `null`: it is of none that were opened in this visit
   * @throws {LimnError} if they can't be read any more
   */
  async openKept(id: string): Promise<PicturesSource | null> {
    const { files, options } = this.#ofRecordings.get(id) ?? {};
    if (!files || !options) return null;
    return PicturesSource.open(await openPictureSet(files, options), { isTracked: true });
  }

  async #open(
    files: readonly NamedFile[],
    truth: Truth | null,
    meaning: PictureOptions['meaning'],
    givingOut: GivingOut,
  ): Promise<OpenedPictures> {
    const options = { meaning, rate: this.#state.settings.peek().pictureRate };
    const source = await PicturesSource.open(await openPictureSet(files, options), givingOut);
    return { files, options, truth, source };
  }

  /** What the settings ask for: the networks at work, and the thresholds by which these put people together. */
  #ask(settings: Settings): { readonly key: string; readonly thresholds: string } {
    const taken = [this.#meaning, settings.pictureRate, this.#state.networkVersion.peek()];
    try {
      const { options, engine } = toEstimatorOptions(
        toTrackerOptions(settings, this.#registry, this.#source?.info.isStill),
        'image',
        this.#registry,
      );
      const thresholds = JSON.stringify(options.maps?.grouping ?? {});
      return { key: JSON.stringify([taken, modelKey(options, engine)]), thresholds };
    } catch (error) {
      if (isAbort(error)) throw error;
      // What isn't valid is said when it is opened.
      return { key: JSON.stringify(taken), thresholds: '' };
    }
  }
}
