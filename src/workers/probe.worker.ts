import { toSentence } from '../core/errors.ts';
import type { AssetAddresses } from '../models/assets.ts';
import { probeEngines } from '../models/runtime/probe.ts';
import { watchForeignRequests } from '../session/foreign-requests.ts';
import type { ProbeReply } from '../session/protocol.ts';
import { workerScope } from './worker-scope.ts';
import './quiet-log.ts';

const scope = workerScope<AssetAddresses, ProbeReply>();

watchForeignRequests((url) => scope.postMessage({ type: 'foreign-request', url }));

scope.onmessage = ({ data: assets }) => {
  probeEngines(assets).then(
    (engines) => scope.postMessage({ type: 'engines', engines }),
    (error: unknown) => scope.postMessage({ type: 'failed', message: toSentence(error) }),
  );
};
