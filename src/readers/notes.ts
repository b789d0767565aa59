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
