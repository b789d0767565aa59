import type { ExportChoice } from '../../app/jobs/export-file.ts';
import type { Session } from '../../app/session.ts';
import { chooseFile, saveFile } from '../controls/save-file.ts';
import { exportMessages, formatSize } from './export-messages.ts';

/** How long it is said that a file was saved, in milliseconds. */
const SAID_FOR_MS = 8000;

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
  const planned = session.exports.plan(id, choice);
  if (!planned || session.exports.progress.peek()) return;
  const target = planned.isLarge ? await chooseFile(planned.name) : null;
  if (target === 'cancelled') {
    say(session, exportMessages.notSaved);
    return;
  }
  const file = await session.exports.write(id, target, choice);
  if (!file) return;
  if (file.blob) saveFile({ name: file.name, blob: file.blob });
  say(session, exportMessages.saved(file.name, formatSize(file.byteLength)));
}

/** Says something for a while. */
export function say(session: Session, text: string): void {
  setTimeout(session.notices.add('info', text), SAID_FOR_MS);
}
