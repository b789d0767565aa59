import { LimnError } from '../core/errors.ts';
import type { EngineProbe } from '../models/runtime/probe.ts';
import type { ProbeReply } from './protocol.ts';
import type { Platform } from './workers.ts';

/** Looks at every engine in a worker of its own. @throws {LimnError} if the worker fails */
export function probeEngines({ workers }: Platform): Promise<readonly EngineProbe[]> {
  const worker = workers.probe();
  return new Promise<readonly EngineProbe[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ProbeReply>) => {
      if (data.type === 'engines') resolve(data.engines);
      else if (data.type === 'failed') reject(new LimnError(data.message));
    };
    worker.onerror = (event) => reject(new LimnError(`The engines could not be looked at: ${event.message}`));
  }).finally(() => worker.terminate());
}
