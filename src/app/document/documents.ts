import type { Purpose } from '../../recording/recording-handle.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { Platform } from '../../tracking/platform.ts';
import { Processor } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { State } from '../state.ts';
import { Document, type DocumentOptions } from './document.ts';

/** Opens stored recordings to be looked at, corrected, compared and written. */
export class Documents {
  readonly #store: () => StoreClient;
  readonly #options: DocumentOptions;

  constructor(
    store: () => StoreClient,
    platform: Platform,
    state: Pick<State, 'settings' | 'showsMeasured'>,
    reporter: Reporter,
  ) {
    this.#store = store;
    this.#options = {
      // What one document was worked into, another one of the same recording needn't be.
      processor: new Processor(platform),
      reporter,
      smoothing: () => {
        const { smooth, strength } = state.settings.value;
        return smooth && !state.showsMeasured.value ? strength : null;
      },
    };
  }

  /**
   * Opens a recording; whoever asks for it closes it.
   *
   * @throws {LimnError} if it is damaged, or not to be had
   */
  async open(
    id: string,
    purpose: Purpose,
    options: Pick<DocumentOptions, 'isAsMeasured'> = {},
  ): Promise<Document> {
    const handle = await this.#store().recordings.open(id, purpose);
    return new Document(handle, { ...this.#options, ...options });
  }
}
