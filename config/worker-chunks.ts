import type { Plugin } from 'vite';

const SUFFIX = '?worker&url';
const PREFIX = '\0limn-worker:';

/**
 * Builds workers in one graph with whoever starts them: what several of them need is there once. Vite builds each by itself, and
 * TensorFlow.js lay seven times beside the page.
 *
 * A worker's script keeps its own exports, which are none, so that nothing imports it: WebKit would run it a second time, with a
 * state of its own that takes all messages.
 */
export function workerChunks(): Plugin {
  return {
    name: 'limn-worker-chunks',
    apply: 'build',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(SUFFIX)) return null;
      const script = await this.resolve(id.slice(0, -SUFFIX.length), importer);
      return script && PREFIX + script.id;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const script = id.slice(PREFIX.length);
      const name = script.replace(/^.*\/|\.ts$/g, '');
      const chunk = this.emitFile({ type: 'chunk', id: script, name, preserveSignature: 'strict' });
      return `export default import.meta.ROLLUP_FILE_URL_${chunk};`;
    },
  };
}
