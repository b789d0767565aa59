import { serve } from '../core/port/serve.ts';
import type { ExportCalls } from '../session/export-file.ts';
import { writeExport } from './export/write-export.ts';
import { scope } from './worker-scope.ts';

serve<ExportCalls>(scope, { write: (call, request) => writeExport(request, call.report) });
