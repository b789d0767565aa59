import { readableMoment } from '../core/texts/readable.ts';

/** What a tab has a recording open for. */
export type HeldFor = 'tracking' | 'looking';

/** A tab that has a recording open. */
export interface Holder {
  readonly heldFor: HeldFor;
  /** ISO 8601. */
  readonly since: string;
}

/** Locks that tell other tabs who has which recording: this, its id, since when, and what for, with spaces between. */
const PREFIX = 'limn-recording';

/** Tells other tabs which recordings this one has open, and knows what others say. */
export class Holders {
  /** Names of this tab's own locks: they stay for a moment when they were given back. */
  readonly #own = new Set<string>();

  /** This tab has a recording open. @returns takes it back */
  announce(id: string, heldFor: HeldFor): () => void {
    const name = [PREFIX, id, new Date().toISOString(), heldFor].join(' ');
    this.#own.add(name);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Whoever closes the worker gives it back, too.
    findLocks()
      ?.request(name, { mode: 'shared' }, () => held)
      .catch(() => undefined);
    return () => release();
  }

  /** What other tabs have open, by the recordings' ids; empty where the browser doesn't say. */
  async find(): Promise<ReadonlyMap<string, Holder>> {
    const { held = [] } = (await findLocks()?.query()) ?? {};
    return new Map(
      held.flatMap(({ name = '' }): [string, Holder][] => {
        const [prefix, id = '', since = '', heldFor] = name.split(' ');
        const isOne = prefix === PREFIX && (heldFor === 'tracking' || heldFor === 'looking');
        return isOne && !this.#own.has(name) ? [[id, { heldFor, since }]] : [];
      }),
    );
  }
}

/** A sentence that says who has a recording. @param holder `null`: it is not known */
export function describeHolder(holder: Holder | null): string {
  if (!holder) return 'It is in use in another tab of Limn.';
  const since = readableMoment(holder.since);
  return holder.heldFor === 'tracking'
    ? `It is being tracked in another tab of Limn, since ${since}.`
    : `It is open in another tab of Limn, since ${since}.`;
}

/** Pages that aren't on a safe address have none. */
function findLocks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager }).locks;
}
