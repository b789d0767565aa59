import type { Session } from '../../app/session.ts';
import { pickFiles } from './pick-files.ts';

/** Has a recording's video opened where it lay, or asks for it. To be called while handling a click or a key. */
export async function chooseVideo(session: Session, id: string): Promise<void> {
  if (await session.missing.reopen(id)) return;
  const [file] = await pickFiles(false);
  if (file) await session.missing.choose(id, file);
}
