import { effect } from '@preact/signals-core';

/** What of the browser is needed, so that tests can give their own. */
export interface Screen {
  /** `undefined`: this browser has no wake locks (Firefox up to 125, unsafe pages). */
  readonly wakeLock: Pick<WakeLock, 'request'> | undefined;
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}

/**
 * Keeps the screen on while there is something to wait for: phones that go dark stop the page, and what it tracks.
 *
 * Browsers take the lock away when the page is hidden, so it is asked for again when the page is seen. A refusal (a low
 * battery, iPhones' installed pages up to iOS 18.3) changes nothing else and is not worth a word.
 *
 * @param isBusy reads signals: whatever it reads has it called again
 * @returns ends it
 */
export function stayAwake(
  isBusy: () => boolean,
  { wakeLock, document }: Screen = { wakeLock: navigator.wakeLock, document: globalThis.document },
): () => void {
  if (!wakeLock) return () => undefined;
  let isWanted = false;
  let isAsking = false;
  let lock: WakeLockSentinel | null = null;

  const settle = async (): Promise<void> => {
    if (!isWanted) {
      const held = lock;
      lock = null;
      await held?.release().catch(() => undefined);
      return;
    }
    const isHeld = lock !== null && !lock.released;
    if (isHeld || isAsking || document.visibilityState !== 'visible') return;
    isAsking = true;
    lock = await wakeLock.request('screen').catch(() => null);
    isAsking = false;
    // What was waited for may be over by now.
    if (!isWanted) await settle();
  };
  const onVisible = (): void => void settle();

  document.addEventListener('visibilitychange', onVisible);
  const endEffect = effect(() => {
    isWanted = isBusy();
    void settle();
  });
  return () => {
    endEffect();
    document.removeEventListener('visibilitychange', onVisible);
    isWanted = false;
    void settle();
  };
}
