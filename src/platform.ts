import assets from 'virtual:limn-assets';
import { version } from '../package.json';
import type { Platform } from './session/workers.ts';
import { workers } from './workers/starting/create.ts';

/** The workers, weights and version of this build. */
export const platform: Platform = { workers, assets, version };
