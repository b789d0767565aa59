import { effect } from '@preact/signals-core';

/**
 * Asks the browser once to keep what lies on this device, as soon as there is something: Safari deletes what a page has
 * stored when nobody has used the page for seven days, others when the disk is full. A refusal changes nothing.
 *
 * @param hasSomething reads signals: whatever it reads has it called again
 * @param storage `undefined`: an unsafe page has none
 */
export function keepStorage(
  hasSomething: () => boolean,
  storage: Partial<Pick<StorageManager, 'persist' | 'persisted'>> | undefined = navigator.storage,
): void {
  let hasAsked = false;
  effect(() => {
    if (hasAsked || !hasSomething()) return;
    hasAsked = true;
    void ask(storage);
  });
}

async function ask(
  storage: Partial<Pick<StorageManager, 'persist' | 'persisted'>> | undefined,
): Promise<void> {
  try {
    if (!(await storage?.persisted?.())) await storage?.persist?.();
  } catch {
    // Some browsers throw where others say no.
  }
}
