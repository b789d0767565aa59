import { describeFailures } from '../../app/jobs/bundle.ts';
import type { ExportChoice } from '../../app/jobs/export-file.ts';
import type { Session } from '../../app/session.ts';
import { baseName, type ExportFormatId } from '../../formats/exporter.ts';
import { labelledMeasures } from '../controls/measure-label.ts';
import { chooseFile, chooseFolder, saveFile } from '../controls/save-file.ts';
import { formatSize } from '../messages/format.ts';
import { exportMessages } from '../messages/messages.ts';

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
  const measures = labelledMeasures(session.staged.ruler.state.peek());
  const wanted = { ...(choice ?? session.exports.usualChoice(id)), measures };
  const planned = session.exports.plan(id, wanted);
  if (!planned || session.exports.progress.peek()) return;
  const target = planned.isLarge ? await chooseFile(planned.name) : null;
  if (target === 'cancelled') {
    say(session, exportMessages.notSaved);
    return;
  }
  const file = await session.exports.write(id, target, wanted);
  if (!file) return;
  if (file.blob) saveFile({ name: file.name, blob: file.blob });
  say(session, exportMessages.saved(file.name, formatSize(file.byteLength)));
}

/**
 * Exports recordings in several formats each, into one ZIP or a folder, and saves that. To be called while handling a click
 * or a key.
 *
 * @param ids of stored recordings; `null`: what is on the stage
 * @param name of the ZIP, without ending
 * @param isFolder asks for a folder of the user's instead
 */
export async function exportBundle(
  session: Session,
  ids: readonly (string | null)[],
  formats: readonly ExportFormatId[],
  name: string,
  isFolder = false,
): Promise<void> {
  if (session.exports.progress.peek()) return;
  const zip = `${baseName(`${name}.x`)}.zip`;
  const target = isFolder ? await chooseFolder() : await chooseFile(zip);
  if (target === 'cancelled') {
    say(session, exportMessages.notSaved);
    return;
  }
  const written = await session.exports.writeBundle({ name: zip, ids, formats, target });
  if (!written) return;
  if (written.blob) saveFile({ name: written.name, blob: written.blob });
  const failures = describeFailures(written.failed);
  if (failures !== null) session.notices.add('error', failures);
  say(session, exportMessages.savedFiles(written.files, written.name, formatSize(written.byteLength)));
}

/** Says something for a while. */
export function say(session: Session, text: string): void {
  setTimeout(session.notices.add('info', text), SAID_FOR_MS);
}
