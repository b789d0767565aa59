import { signal } from '@preact/signals-core';
import { expect, it } from 'vitest';
import { keepStorage } from '../../../src/browser/keep-storage.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve));

it.each([
  [false, 1],
  [true, 0],
])('asks for storage that stays once there is something to keep; is it given already? %s', async (isGiven, times) => {
  const count = signal(0);
  let asked = 0;
  keepStorage(() => count.value > 0, {
    persisted: async () => isGiven,
    persist: async () => ++asked > 0,
  });
  await settled();
  expect(asked).toBe(0);
  for (count.value = 1; count.value < 3; count.value += 1) await settled();
  expect(asked).toBe(times);
});

it('does without where the browser throws or has no storage', async () => {
  const refuse = async (): Promise<boolean> => {
    throw new TypeError('Not here');
  };
  keepStorage(() => true, { persisted: refuse, persist: refuse });
  keepStorage(() => true, {});
  await settled();
});
