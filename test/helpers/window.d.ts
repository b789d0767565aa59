import type * as limn from '../../src/index.ts';

declare global {
  interface Window {
    limn: typeof limn;
  }
}
