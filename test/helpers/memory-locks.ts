/** As much of the Web Locks API as Limn uses, for tests under Node: all locks are shared ones. */
export class MemoryLocks {
  readonly #held = new Set<{ readonly name: string }>();

  readonly request = async (name: string, _: unknown, act: () => Promise<unknown>): Promise<unknown> => {
    const lock = { name };
    this.#held.add(lock);
    try {
      return await act();
    } finally {
      this.#held.delete(lock);
    }
  };

  readonly query = async (): Promise<{ held: { readonly name: string }[] }> => ({ held: [...this.#held] });
}
