import { expect, it } from 'vitest';
import { createDeferred } from '../../../src/core/async/async.ts';
import { Turns } from '../../../src/core/async/turns.ts';

it('lets so many begin at once, and the others as soon as one has ended, however that ended', async () => {
  const turns = new Turns(2);
  const ends = [0, 1, 2, 3].map(() => createDeferred<number>());
  const begun: number[] = [];
  const results = ends.map(({ promise }, i) =>
    turns.take(() => {
      begun.push(i);
      return promise;
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[1]?.reject(new Error('no'));
  await expect(results[1]).rejects.toThrow('no');
  expect(begun).toEqual([0, 1, 2]);
  for (const [i, end] of ends.entries()) end.resolve(i);
  expect(await Promise.all([results[0], results[2], results[3]])).toEqual([0, 2, 3]);
});

it('whoever gives up while waiting is told at once, and takes no turn', async () => {
  const turns = new Turns(1);
  const first = createDeferred<string>();
  const running = turns.take(() => first.promise);
  const abort = new AbortController();
  const given = turns.take(async () => 'begun', abort.signal);
  const last = turns.take(async () => 'last');
  abort.abort();
  await expect(given).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  first.resolve('first');
  expect(await Promise.all([running, last])).toEqual(['first', 'last']);
  await expect(turns.take(async () => 'begun', abort.signal)).resolves.toBe('begun');
});
