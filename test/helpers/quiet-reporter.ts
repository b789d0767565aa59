import type { Reporter } from '../../src/app/reporter.ts';
import { isAbort, toSentence } from '../../src/core/errors.ts';

/** Tells nobody of anything. @param said where sentences go */
export function quietReporter(said: string[] = []): Reporter {
  const ignore = (): void => undefined;
  const notice: Reporter['notice'] = (_, text) => {
    said.push(text);
    return ignore;
  };
  return {
    notice,
    failure: (error) => {
      if (!isAbort(error)) notice('error', toSentence(error));
    },
    engineFailed: ignore,
    loading: ignore,
    device: ignore,
    foreignRequest: ignore,
  };
}
