import type { ExportCalls } from '../app/jobs/export-file.ts';
import { serve } from '../core/port/serve.ts';
import { writeExport } from './export/write-export.ts';
import { scope } from './scope/worker-scope.ts';

serve<ExportCalls>(scope, { write: (call, request) => writeExport(request, call.report) });
