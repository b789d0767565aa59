import { toSentence } from '../core/errors.ts';
import { gatherFacts } from '../models/runtime/gather-facts.ts';
import { probeEngines } from '../models/runtime/probe.ts';
import { watchForeignRequests } from '../session/foreign-requests.ts';
import type { ProbeReply, ProbeRequest } from '../session/protocol.ts';
import { workerScope } from './worker-scope.ts';
import './quiet-log.ts';

const scope = workerScope<ProbeRequest, ProbeReply>();

watchForeignRequests((url) => scope.postMessage({ type: 'foreign-request', url }));

scope.onmessage = ({ data }) => {
  answer(data).then(
    (reply) => scope.postMessage(reply),
    (error: unknown) => scope.postMessage({ type: 'failed', message: toSentence(error) }),
  );
};

async function answer(request: ProbeRequest): Promise<ProbeReply> {
  switch (request.type) {
    case 'engines':
      return { type: 'engines', engines: await probeEngines(request.assets) };
    case 'facts':
      return { type: 'facts', facts: await gatherFacts() };
  }
}
