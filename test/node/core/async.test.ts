import { describe, expect, it } from 'vitest';
import { NewestSlot } from '../../../src/core/async/async.ts';

const closable = () => {
  const value = {
    isClosed: false,
    close() {
      value.isClosed = true;
    },
  };
  return value;
};

describe('the newest wins', () => {
  it('closes what waits when a newer one comes, and counts it', async () => {
    const slot = new NewestSlot();
    const [old, fresh] = [closable(), closable()];
    slot.put(old);
    slot.put(fresh);
    expect(old.isClosed).toBe(true);
    expect(slot.replaced).toBe(1);
    expect(await slot.take()).toBe(fresh);
    expect(fresh.isClosed).toBe(false);
  });

  it('hands a value to whoever already waits', async () => {
    const slot = new NewestSlot();
    const taken = slot.take();
    const value = closable();
    slot.put(value);
    expect(await taken).toBe(value);
  });

  it('closes everything at its end, also what comes later', async () => {
    const slot = new NewestSlot();
    const [waiting, late] = [closable(), closable()];
    slot.put(waiting);
    slot.close();
    slot.put(late);
    expect([waiting.isClosed, late.isClosed]).toEqual([true, true]);
    expect(await slot.take()).toBeNull();
  });
});
