import type { Plugin } from 'vite';

/**
 * What a worker's script shares with the parts that it loads later goes into a file of its own, so that nothing imports
 * the script itself. WebKit would run it a second time, with a state of its own that takes all messages.
 */
export function loneWorkerScripts(): Plugin {
  return {
    name: 'limn-lone-worker-scripts',
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
  };
}
