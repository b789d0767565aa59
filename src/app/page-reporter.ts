import { isAbort, toSentence } from '../core/errors.ts';
import { BLENDSHAPES } from '../tracking/protocol.ts';
import type { Notices } from './notices.ts';
import type { Reporter } from './reporter.ts';
import type { State } from './state.ts';

/** A reporter that says all in the state and the notices that the page shows. */
export function createPageReporter(state: State, notices: Notices): Reporter {
  const notice: Reporter['notice'] = (kind, text) => notices.add(kind, text);
  return {
    notice,
    failure: (error) => {
      if (!isAbort(error)) notice('error', toSentence(error));
    },
    engineFailed: (engine, reason) => {
      if (engine === BLENDSHAPES) {
        notice('error', `What faces do can't be read (${reason}). They are tracked without blendshapes.`);
        return;
      }
      notice('info', `${engine} can't go on (${reason}). The next engine takes over; nothing is lost.`);
    },
    loading: (progress) => {
      state.loading.value = progress;
    },
    device: (device) => {
      state.device.value = device;
    },
    foreignRequest: () => {
      state.foreignRequests.value++;
    },
  };
}
