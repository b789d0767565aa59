import type { Endpoint } from '../../core/port/messages.ts';
import { keepUnder } from '../../recording/log/private-files.ts';
import { limnOf } from '../starting/worker-name.ts';

/** A dedicated worker's own end of the conversation; the DOM library types only pages. */
export const scope = globalThis as unknown as Endpoint & { readonly name: string };

keepUnder(limnOf(scope.name));
