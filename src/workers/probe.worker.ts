import { serve } from '../core/port/serve.ts';
import { gatherFacts } from '../models/runtime/gather-facts.ts';
import { probeEngines } from '../models/runtime/probe.ts';
import type { ProbeCalls } from '../session/tracking/protocol.ts';
import { scope } from './scope/worker-scope.ts';
import './scope/quiet-log.ts';

serve<ProbeCalls>(scope, {
  engines: (_, assets) => probeEngines(assets),
  facts: () => gatherFacts(),
});
