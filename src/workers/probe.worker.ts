import { serve } from '../core/port/serve.ts';
import { gatherFacts } from '../families/runtimes/gather-facts.ts';
import { probeEngines } from '../families/runtimes/probe.ts';
import type { ProbeCalls } from '../tracking/protocol.ts';
import { scope } from './scope/worker-scope.ts';
import './scope/quiet-log.ts';

serve<ProbeCalls>(scope, {
  engines: (_, assets) => probeEngines(assets),
  facts: () => gatherFacts(),
});
