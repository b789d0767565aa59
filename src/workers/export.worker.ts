import { toSentence } from '../core/errors.ts';
import { type ExportReply, type ExportRequest, writeExport } from '../session/export-file.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<ExportRequest, ExportReply>();

scope.onmessage = ({ data }) => {
  try {
    const bytes = writeExport(data);
    scope.postMessage({ type: 'written', bytes }, [bytes.buffer]);
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};
