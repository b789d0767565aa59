import { expect, it } from 'vitest';
import { NewestWork } from '../../../src/sources/video/newest-work.ts';

const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

/** Work that says when it runs, and ends soon after it is told to. */
function createWork() {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (wish: number) => async (signal: AbortSignal) => {
    begun.push(wish);
    most = Math.max(most, ++running);
    for (let step = 0; step < 5 && !signal.aborted; step++) await pause();
    await pause();
    running--;
    signal.throwIfAborted();
    return wish;
  };
  return { begun, work, most: () => most };
}

it('of eighty wishes two are begun, one after the other, and only the last is done', async () => {
  const wishes = new NewestWork();
  const { begun, work, most } = createWork();
  const outcomes = Array.from({ length: 40 }, (_, wish) => wishes.run(work(wish)));
  // The first has begun by now; the others come while it is being ended.
  await pause();
  outcomes.push(...Array.from({ length: 40 }, (_, wish) => wishes.run(work(40 + wish))));
  const results = (await Promise.all(outcomes)).flatMap((done) => (done ? [done.result] : []));
  expect(results).toEqual([79]);
  expect(begun).toEqual([39, 79]);
  expect(most()).toBe(1);
});

it('nothing is done any more once that is said, and what came too late is let go', async () => {
  const wishes = new NewestWork();
  const discarded: string[] = [];
  const late = wishes.run(
    async () => {
      await pause(5);
      return 'late';
    },
    (result) => discarded.push(result),
  );
  await pause();
  wishes.cancel();
  expect(await late).toBeNull();
  expect(discarded).toEqual(['late']);
});

it('what fails is told to whoever wants it, and to nobody else', async () => {
  const wishes = new NewestWork();
  const fail = async () => {
    await pause();
    throw new Error('damaged');
  };
  const superseded = wishes.run(fail);
  await pause();
  await expect(wishes.run(fail)).rejects.toThrow('damaged');
  expect(await superseded).toBeNull();
});
