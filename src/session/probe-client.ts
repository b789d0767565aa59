import { LimnError } from '../core/errors.ts';
import { bundledModels } from '../models/catalog.ts';
import { networkRecords } from '../models/imported.ts';
import type { EngineProbe } from '../models/runtime/probe.ts';
import { enginesOf } from './networks/measuring.ts';
import type { ProbeReply } from './protocol.ts';
import type { Platform } from './workers.ts';

/** Looks at every engine in a worker of its own. @throws {LimnError} if the worker fails */
export async function probeEngines({ workers, assets }: Platform): Promise<readonly EngineProbe[]> {
  const worker = workers.probe();
  const engines = await new Promise<readonly EngineProbe[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ProbeReply>) => {
      if (data.type === 'engines') resolve(data.engines);
      else if (data.type === 'failed') reject(new LimnError(data.message));
    };
    worker.onerror = (event) => reject(new LimnError(`The engines could not be looked at: ${event.message}`));
    worker.postMessage(assets);
  }).finally(() => worker.terminate());
  const here = [...bundledModels, ...networkRecords().map(({ info }) => info)].filter(
    ({ isPart }) => !isPart,
  );
  return engines.map((engine) => ({
    ...engine,
    models: here.filter((info) => enginesOf(info).includes(engine.id)).map(({ id }) => id),
  }));
}
