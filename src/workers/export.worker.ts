import type { ExportCalls } from '../app/jobs/export-file.ts';
import type { PreviewCalls } from '../app/jobs/export-preview.ts';
import { serve } from '../core/port/serve.ts';
import { Previews } from './export/previews.ts';
import { writeExport } from './export/write-export.ts';
import { scope } from './scope/worker-scope.ts';

const previews = new Previews();
serve<ExportCalls & PreviewCalls>(scope, {
  write: (call, request) => writeExport(request, call.report),
  ...previews.services,
});
