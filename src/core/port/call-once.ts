import type { NamesOf, ParametersOf, ResultOf } from './messages.ts';
import type { CallOptions, Port } from './port.ts';

/** A single call through a port that is there for nothing else, and closed with it. @throws as `Port.call` */
export async function callOnce<Calls, Events, Name extends NamesOf<Calls>>(
  port: Port<Calls, Events>,
  name: Name,
  parameters: ParametersOf<Calls[Name]>,
  options?: CallOptions,
): Promise<ResultOf<Calls[Name]>> {
  try {
    return await port.call(name, parameters, options);
  } finally {
    port.close();
  }
}
