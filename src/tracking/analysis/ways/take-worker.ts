import { orAborted } from '../../../core/async/async.ts';
import type { ModelOrder } from '../../protocol.ts';
import type { AnalysisEngines } from '../analysis-events.ts';
import type { AnalysisWorker } from '../analysis-worker.ts';

/** A worker for pieces of videos, unless it is given up meanwhile. @throws the signal's reason; as `takeAnalyzer` */
export async function takeWorker(
  engines: Pick<AnalysisEngines, 'takeAnalyzer'>,
  order: ModelOrder,
  signal: AbortSignal | undefined,
): Promise<AnalysisWorker> {
  const taking = engines.takeAnalyzer(order);
  try {
    return await orAborted(taking, signal);
  } catch (error) {
    // One that is still to come is not waited for.
    taking.then((worker) => worker.close()).catch(() => undefined);
    throw error;
  }
}
