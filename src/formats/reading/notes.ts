/** Somebody without a body and hands is nobody here. */
export const ONLY_A_FACE = 'People of whom there is only a face are left out: Limn needs a body or a hand.';

/** What is to be said of reading a file: sentences, each once however often it holds. */
export class Notes {
  readonly #sentences = new Set<string>();

  say(sentence: string): void {
    this.#sentences.add(sentence);
  }

  /** For `RecordingInfo`: no key where there is nothing to say. */
  get info(): { readonly notes?: readonly string[] } {
    return this.#sentences.size === 0 ? {} : { notes: [...this.#sentences] };
  }
}
