import { describeFault, LimnError } from '../core/errors.ts';
import { bundledModels } from '../models/catalog.ts';
import type { WorkerFacts } from '../models/device-facts.ts';
import { networkRecords } from '../models/imported.ts';
import type { EngineProbe } from '../models/runtime/probe.ts';
import { enginesOf } from './networks/measuring.ts';
import type { ProbeReply, ProbeRequest } from './protocol.ts';
import type { Platform, WorkerFactories } from './workers.ts';

/** Looks at every engine in a worker of its own. @throws {LimnError} if the worker fails */
export async function probeEngines({ workers, assets }: Platform): Promise<readonly EngineProbe[]> {
  const { engines } = await ask({ type: 'engines', assets }, 'engines', workers);
  const here = [...bundledModels, ...networkRecords().map(({ info }) => info)].filter(
    ({ isPart }) => !isPart,
  );
  return engines.map((engine) => ({
    ...engine,
    models: here.filter((info) => enginesOf(info).includes(engine.id)).map(({ id }) => id),
  }));
}

/** Looks at what workers have to compute with. @throws {LimnError} if the worker fails */
export async function probeFacts({ workers }: Platform): Promise<WorkerFacts> {
  return (await ask({ type: 'facts' }, 'facts', workers)).facts;
}

async function ask<Type extends 'engines' | 'facts'>(
  request: ProbeRequest,
  type: Type,
  workers: WorkerFactories,
): Promise<Extract<ProbeReply, { type: Type }>> {
  const worker = workers.probe();
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ProbeReply>) => {
        // It answers what it is asked.
        if (data.type === type) resolve(data as Extract<ProbeReply, { type: Type }>);
        else if (data.type === 'failed') reject(new LimnError(data.message));
      };
      worker.onerror = (event) =>
        reject(new LimnError(`The engines could not be looked at: ${describeFault(event)}`));
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
