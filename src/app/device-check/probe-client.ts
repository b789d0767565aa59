import { callOnce } from '../../core/port/call-once.ts';
import { Port } from '../../core/port/port.ts';
import { bundledModels } from '../../families/catalog/catalog.ts';
import type { WorkerFacts } from '../../families/device-facts.ts';
import type { EngineProbe } from '../../families/runtimes/probe.ts';
import type { Platform, WorkerFactories } from '../../tracking/platform.ts';
import type { ProbeCalls } from '../../tracking/protocol.ts';
import { allEnginesOf } from '../networks/measuring.ts';

/** Looks at every engine in a worker of its own. @throws {LimnError} if the worker fails */
export async function probeEngines({ workers, assets, registry }: Platform): Promise<readonly EngineProbe[]> {
  const engines = await callOnce(openPort(workers), 'engines', [assets]);
  const here = [...bundledModels, ...registry.records.map(({ info }) => info)].filter(
    ({ isPart }) => !isPart,
  );
  return engines.map((engine) => ({
    ...engine,
    models: here.filter((info) => allEnginesOf(info).includes(engine.id)).map(({ id }) => id),
  }));
}

/** Looks at what workers have to compute with. @throws {LimnError} if the worker fails */
export function probeFacts({ workers }: Platform): Promise<WorkerFacts> {
  return callOnce(openPort(workers), 'facts', []);
}

function openPort(workers: WorkerFactories): Port<ProbeCalls> {
  return new Port(workers.probe(), { name: 'The worker that looks at the engines' });
}
