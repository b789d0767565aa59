import type { Session } from '../app/session.ts';
import { personNumber } from '../core/person-name.ts';
import { messages } from './messages/messages.ts';

/** What somebody on the stage is called, on the page. A signal that is read tells of changes. */
export function nameOf({ state }: Pick<Session, 'state'>, id: number): string {
  return state.names.value[id] ?? messages.personNumber(personNumber(id));
}
