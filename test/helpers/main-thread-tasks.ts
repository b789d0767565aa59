import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the trace's clock. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
  /** Microseconds of the processor. */
  readonly tdur?: number;
}

export interface PageTrace {
  readonly events: readonly TraceEvent[];
  /** Of the page's main thread. */
  readonly tasks: readonly TraceEvent[];
}

/** Traces a page while something is done. @param more categories beside that of tasks */
export async function tracePage(
  page: Page,
  act: () => Promise<void>,
  more: readonly string[] = [],
): Promise<PageTrace> {
  const browser = page.context().browser();
  if (!browser) throw new Error('Only a browser of its own can be traced.');
  await browser.startTracing(page, { categories: ['toplevel', ...more] });
  let trace: Buffer;
  try {
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents: events } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const isMain = ({ name, args }: TraceEvent): boolean =>
    name === 'thread_name' && args?.name === 'CrRendererMain';
  const main = new Set(events.filter(isMain).map(threadOf));
  const tasks = events.filter((event) => event.name.includes('RunTask') && main.has(threadOf(event)));
  return { events, tasks };
}

/**
 * How long the tasks of a page's main thread take of the processor, in milliseconds, longest first. What else the machine
 * does meanwhile is not in it, as it is in the browser's own long tasks.
 */
export async function mainThreadTasks(page: Page, act: () => Promise<void>): Promise<number[]> {
  const { tasks } = await tracePage(page, act);
  return tasks.map(({ tdur = 0 }) => tdur / 1000).sort((a, b) => b - a);
}
