import type { ExportChoice } from '../../app/jobs/exports.ts';
import type { Session } from '../../app/session.ts';
import { chooseFile, saveFile } from '../controls/save-file.ts';

/**
 * Exports a recording and saves the file: a large one where somebody says, if the browser can write there. To be called
 * while handling a click or a key.
 *
 * @param id of a stored recording; else what is on the stage
 * @param choice of what the settings say otherwise
 */
export async function exportRecording(
  session: Session,
  id?: string,
  choice: ExportChoice | null = null,
): Promise<void> {
  const planned = session.exports.plan(id, choice?.format);
  if (!planned || session.exports.progress.peek()) return;
  const target = planned.isLarge ? await chooseFile(planned.name) : null;
  if (target === 'cancelled') return;
  const file = await session.exports.write(id, target, choice);
  if (file?.blob) saveFile({ name: file.name, blob: file.blob });
}
