import { toSentence } from '../core/errors.ts';
import { probeEngines } from '../models/runtime/probe.ts';
import { watchForeignRequests } from '../session/foreign-requests.ts';
import type { ProbeReply } from '../session/protocol.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<never, ProbeReply>();

watchForeignRequests((url) => scope.postMessage({ type: 'foreign-request', url }));

probeEngines().then(
  (engines) => scope.postMessage({ type: 'engines', engines }),
  (error: unknown) => scope.postMessage({ type: 'failed', message: toSentence(error) }),
);
