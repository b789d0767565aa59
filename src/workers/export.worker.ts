import type { ZipCalls } from '../app/jobs/bundle.ts';
import type { ExportCalls } from '../app/jobs/export-file.ts';
import type { PreviewCalls } from '../app/jobs/export-preview.ts';
import { serve } from '../core/port/serve.ts';
import { Previews } from './export/previews.ts';
import { writeExport } from './export/write-export.ts';
import { Zipper } from './export/zipper.ts';
import { scope } from './scope/worker-scope.ts';

serve<ExportCalls & PreviewCalls & ZipCalls>(scope, {
  write: (call, request) => writeExport(request, call.report),
  ...new Previews().services,
  ...new Zipper().services,
});
