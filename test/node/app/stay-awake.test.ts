import { signal } from '@preact/signals-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { stayAwake } from '../../../src/browser/stay-awake.ts';

/** A page that can be hidden, and a screen that can be kept on. */
class FakeScreen extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  held = 0;
  refusal: Error | null = null;
  #sentinels: { released: boolean }[] = [];

  readonly wakeLock = {
    request: async (): Promise<WakeLockSentinel> => {
      if (this.refusal) throw this.refusal;
      const sentinel = {
        released: false,
        release: async () => {
          if (!sentinel.released) this.held -= 1;
          sentinel.released = true;
        },
      };
      this.held += 1;
      this.#sentinels.push(sentinel);
      return sentinel as WakeLockSentinel;
    },
  };

  /** As browsers do: what is hidden keeps no screen on. */
  show(visibilityState: DocumentVisibilityState): void {
    this.visibilityState = visibilityState;
    if (visibilityState === 'hidden') for (const sentinel of this.#sentinels) sentinel.released = true;
    if (visibilityState === 'hidden') this.held = 0;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('The screen', () => {
  const isBusy = signal(false);
  let screen: FakeScreen;
  beforeEach(() => {
    isBusy.value = false;
    screen = new FakeScreen();
  });
  const start = () => stayAwake(() => isBusy.value, { wakeLock: screen.wakeLock, document: screen });

  it('stays on while there is something to wait for', async () => {
    const end = start();
    await settled();
    expect(screen.held).toBe(0);
    isBusy.value = true;
    await settled();
    expect(screen.held).toBe(1);
    isBusy.value = false;
    await settled();
    expect(screen.held).toBe(0);
    end();
  });

  it('stays on again when the page was hidden meanwhile', async () => {
    isBusy.value = true;
    const end = start();
    await settled();
    screen.show('hidden');
    await settled();
    expect(screen.held).toBe(0);
    screen.show('visible');
    await settled();
    expect(screen.held).toBe(1);
    end();
    await settled();
    expect(screen.held).toBe(0);
  });

  it('may go off where that was over before the browser had answered', async () => {
    const end = start();
    isBusy.value = true;
    isBusy.value = false;
    await settled();
    expect(screen.held).toBe(0);
    end();
  });

  it('goes off without a word where the browser refuses, or knows no wake locks', async () => {
    screen.refusal = new DOMException('The battery is low', 'NotAllowedError');
    isBusy.value = true;
    start()();
    stayAwake(() => isBusy.value, { wakeLock: undefined, document: screen })();
    await settled();
    expect(screen.held).toBe(0);
  });
});
