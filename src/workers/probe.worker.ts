import { serve } from '../core/port/serve.ts';
import { gatherFacts } from '../models/runtime/gather-facts.ts';
import { probeEngines } from '../models/runtime/probe.ts';
import type { ProbeCalls } from '../session/protocol.ts';
import { scope } from './worker-scope.ts';
import './quiet-log.ts';

serve<ProbeCalls>(scope, {
  engines: (_, assets) => probeEngines(assets),
  facts: () => gatherFacts(),
});
