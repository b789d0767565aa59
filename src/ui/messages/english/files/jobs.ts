import type { Job } from '../../../../app/jobs/queue.ts';
import { engineLabel } from '../../../../families/engines/engine-catalog.ts';
import type { MeasuredWay } from '../../../../tracking/engines/remembered.ts';

/** How a video's analysis stands, in words. */
export function describeJob({ status, progress, isMeasuring, fastest, reason }: Job): string {
  const { frames, total } = progress;
  const how = fastest === null ? '' : ` by ${describeWay(fastest)}: the fastest here`;
  switch (status) {
    case 'opening':
      return 'Reading the file …';
    case 'offered':
      return `Stopped at frame ${frames} of ${total}`;
    case 'waiting':
      return 'Queued';
    case 'running':
      if (isMeasuring) return 'Finding the fastest engine for this video …';
      return total > 0 ? `${frames} of ${total} frames${how}` : 'Opening …';
    case 'paused':
      return `Paused at frame ${frames} of ${total}`;
    case 'known':
      return `Tracked before · ${frames} frames`;
    case 'finished':
      return `Done · ${total} frames${how}`;
    case 'cancelled':
      return `Cancelled at frame ${frames} of ${total}`;
    case 'broken':
      return frames < total
        ? `Breaks off after ${frames} of ${total} frames`
        : `Breaks off after ${frames} frames`;
    case 'failed':
      return reason ?? 'Failed';
  }
}

/** An engine, and how many workers it has: LiteRT · WASM with 2 workers. */
function describeWay({ engine, workers }: MeasuredWay): string {
  return `${engineLabel(engine)} with ${workers === 1 ? 'one worker' : `${workers} workers`}`;
}
