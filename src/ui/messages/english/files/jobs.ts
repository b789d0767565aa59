import type { Job } from '../../../../app/jobs/queue.ts';
import { engineLabel } from '../../../../families/engines/engine-catalog.ts';
import type { MeasuredWay } from '../../../../tracking/engines/remembered.ts';

/** How a video's analysis stands, in words. */
export function describeJob({ status, progress, isMeasuring, fastest, reason }: Job): string {
  const { frames, total } = progress;
  const how = fastest === null ? '' : ` by ${describeWay(fastest)}: the fastest here`;
  switch (status) {
    case 'opening':
      return 'looking at the file';
    case 'offered':
      return `was tracked up to frame ${frames} of ${total}`;
    case 'waiting':
      return 'waits for its turn';
    case 'running':
      if (isMeasuring) return 'finding the fastest engine for this video …';
      return total > 0 ? `${frames} of ${total} frames${how}` : 'opening';
    case 'paused':
      return `paused at ${frames} of ${total} frames`;
    case 'known':
      return `was tracked before: ${frames} frames`;
    case 'finished':
      return `all ${total} frames are tracked${how}`;
    case 'cancelled':
      return `ended at ${frames} of ${total} frames`;
    case 'broken':
      return frames < total
        ? `breaks off after ${frames} of ${total} frames`
        : `breaks off after ${frames} frames`;
    case 'failed':
      return reason ?? 'failed';
  }
}

/** An engine, and how many workers it has: LiteRT · WASM with 2 workers. */
function describeWay({ engine, workers }: MeasuredWay): string {
  return `${engineLabel(engine)} with ${workers === 1 ? 'one worker' : `${workers} workers`}`;
}
