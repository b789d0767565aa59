import { LimnError } from '../core/errors.ts';
import { catalog } from '../models/catalog.ts';
import { importedNetworks } from '../models/imported.ts';
import type { EngineProbe } from '../models/runtime/probe.ts';
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
  const bundled = catalog.map(({ id }) => id);
  const brought = importedNetworks().map(({ info }) => info.id);
  return engines.map((engine) => ({ ...engine, models: engine.id.startsWith('tasks-') ? bundled : brought }));
}
