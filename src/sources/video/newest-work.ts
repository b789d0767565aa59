/**
 * Work of which only the newest is wanted: one runs, and one waits until it has ended. What is superseded is told to end, or
 * never begun.
 */
export class NewestWork {
  #newest: AbortController | null = null;
  /** Ends, without an error, when nothing runs any more. */
  #running: Promise<void> = Promise.resolve();

  /**
   * Begins as soon as what ran before has ended.
   *
   * @param discard lets go of a result that came too late
   * @returns `null`: something newer was wished for meanwhile, or nothing any more
   * @throws what the work throws, as long as it is wanted
   */
  async run<Result>(
    work: (signal: AbortSignal) => Promise<Result>,
    discard: (result: Result) => void = () => undefined,
  ): Promise<{ readonly result: Result } | null> {
    this.cancel();
    const own = new AbortController();
    const { signal } = own;
    this.#newest = own;
    await this.#running;
    if (signal.aborted) return null;
    const running = work(signal);
    this.#running = running.then(
      () => undefined,
      () => undefined,
    );
    try {
      const result = await running;
      if (!signal.aborted) return { result };
      discard(result);
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** Nothing that was wished for is wanted any more. */
  cancel(): void {
    this.#newest?.abort();
    this.#newest = null;
  }
}
