import type { Endpoint } from '../../core/port/messages.ts';

/** A dedicated worker's own end of the conversation; the DOM library types only pages. */
export const scope = globalThis as unknown as Endpoint;
