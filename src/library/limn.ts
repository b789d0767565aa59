import type { Platform } from '../tracking/platform.ts';
import { demoOn, type OpenDemo } from './demo.ts';
import { type Models, modelsOn } from './models.ts';
import { type Motion, motionOn } from './motion.ts';
import { type Recordings, recordingsOn } from './recordings.ts';
import { type Tracking, trackingOn } from './tracking.ts';

/** All functions of the library that need a platform. */
export interface Limn extends Tracking, Models, Recordings, Motion {
  readonly openDemo: OpenDemo;
}

export function limnOn(platform: Platform): Limn {
  return {
    ...trackingOn(platform),
    ...modelsOn(platform),
    ...recordingsOn(platform),
    ...motionOn(platform),
    openDemo: demoOn(platform),
  };
}
