import { toSentence } from '../core/errors.ts';
import type { ExportReply, ExportRequest } from '../session/export-file.ts';
import { writeExport } from './export/write-export.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<ExportRequest, ExportReply>();

scope.onmessage = async ({ data }) => {
  try {
    const reply = await writeExport(data, (share) => scope.postMessage({ type: 'progress', share }));
    scope.postMessage(reply);
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};
