import type { Page } from 'playwright-core';
import { tracePage } from './main-thread-tasks.ts';

/** A task of the main thread. */
export interface ScriptTask {
  /** Milliseconds of the processor that scripts took, without what they waited for WebGL. */
  readonly script: number;
  /** And those in calls of WebGL, which a software GPU carries out on the same cores. */
  readonly drawing: number;
}

/** By which times of the page are found in the trace. */
const CLOCK_MARK = 'limn-clock';
/** A call that is shorter, in milliseconds, is not worth to be kept. */
const LEAST_CALL_MS = 0.2;

/** Has a page remember when it was in calls of WebGL, or gave a canvas of it another size. To be called before the page is opened, or opened anew. */
export async function watchDrawing(page: Page): Promise<void> {
  await page.addInitScript((least) => {
    const calls: number[] = [];
    Object.assign(globalThis, { drawingCalls: calls });
    const timed = (call: (...given: unknown[]) => unknown) =>
      function (this: unknown, ...given: unknown[]) {
        const began = performance.now();
        try {
          return Reflect.apply(call, this, given);
        } finally {
          const took = performance.now() - began;
          if (took >= least) calls.push(began, took);
        }
      };
    const prototype = WebGL2RenderingContext.prototype;
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value !== 'function' || name === 'constructor') continue;
      Object.defineProperty(prototype, name, { configurable: true, writable: true, value: timed(value) });
    }
    // Another size makes the buffers of WebGL anew; where a canvas is drawn on in 2-D, it is the page's own work.
    const drawnByGpu = new WeakSet<HTMLCanvasElement>();
    const canvases = HTMLCanvasElement.prototype;
    const { getContext } = canvases;
    canvases.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
      if (given[0] === 'webgl2') drawnByGpu.add(this);
      return Reflect.apply(getContext, this, given);
    } as typeof getContext;
    for (const name of ['width', 'height']) {
      const size = Object.getOwnPropertyDescriptor(canvases, name);
      if (!size?.set) continue;
      const { set } = size;
      const timedSet = timed(set);
      Object.defineProperty(canvases, name, {
        ...size,
        set(this: HTMLCanvasElement, value: number) {
          Reflect.apply(drawnByGpu.has(this) ? timedSet : set, this, [value]);
        },
      });
    }
  }, LEAST_CALL_MS);
}

/**
 * What the tasks of a page's main thread take of the processor while something is done, longest scripts first. Needs
 * `watchDrawing`.
 */
export async function scriptTasks(page: Page, act: () => Promise<void>): Promise<ScriptTask[]> {
  let drawn: { readonly clock: number; readonly calls: readonly number[] } = { clock: 0, calls: [] };
  const actAndLook = async (): Promise<void> => {
    await act();
    drawn = await page.evaluate((mark) => {
      const { startTime } = performance.mark(mark);
      return { clock: startTime, calls: Reflect.get(globalThis, 'drawingCalls') as number[] };
    }, CLOCK_MARK);
  };
  const { events, tasks } = await tracePage(page, actAndLook, ['blink.user_timing']);
  const clock = events.find(({ name }) => name === CLOCK_MARK);
  if (!clock) throw new Error('The trace lacks the page’s clock.');
  const toTrace = (milliseconds: number): number => clock.ts + (milliseconds - drawn.clock) * 1000;
  return tasks
    .map(({ ts, dur = 0, tdur = 0 }) => {
      let inCalls = 0;
      for (let i = 0; i < drawn.calls.length; i += 2) {
        const at = toTrace(drawn.calls[i] ?? 0);
        if (at >= ts && at < ts + dur) inCalls += (drawn.calls[i + 1] ?? 0) * 1000;
      }
      // The processor's time is shared by what was waited for as the clock's is.
      const share = dur > 0 ? Math.min(1, inCalls / dur) : 0;
      return { script: (tdur / 1000) * (1 - share), drawing: (tdur / 1000) * share };
    })
    .sort((a, b) => b.script - a.script);
}
