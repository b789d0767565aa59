import { expect, it } from 'vitest';
import { slowness } from '../../helpers/slowness.ts';
import { moreFrames } from '../../helpers/status.ts';
import { usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

/** In milliseconds, on the machine that the limit was set on. */
const LONGEST_TASK_MS = 100;

// 50 ms is the aim, and what a real GPU keeps; a software GPU shares the processor with the page's compositor.
it('blocks the main thread for no more than 100 ms at a time while tracking on a software GPU', () =>
  onPage('?source=demo&engine=wasm', async (page) => {
    await moreFrames(page, 30);
    // The median of three stretches: a task of the page's own comes in each, one that the machine broke off doesn't.
    const stretches: number[] = [];
    for (let i = 0; i < 3; i++) {
      const longest = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const durations = [0];
            const observer = new PerformanceObserver((list) => {
              for (const { duration } of list.getEntries()) durations.push(duration);
            });
            observer.observe({ type: 'longtask' });
            setTimeout(() => {
              observer.disconnect();
              resolve(Math.max(...durations));
            }, 3000);
          }),
      );
      stretches.push(longest);
    }
    const [, longest = 0] = stretches.sort((a, b) => a - b);
    const slow = await slowness(page);
    console.log(`longest tasks ${stretches.join(', ')} ms, on a machine ${slow.toFixed(2)} times as slow`);
    expect(longest).toBeLessThanOrEqual(LONGEST_TASK_MS * slow);
  }));
